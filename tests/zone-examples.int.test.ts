import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { call, home } from '../apps/cli/src/testing/call.ts';
import { listFiles, read } from './source-files.ts';

const { twinpark } = JSON.parse(read('package.json')) as { twinpark: { zone: string } };
const files = listFiles(`${twinpark.zone}/examples`);
const scripts = files.filter((path) => !path.endsWith('.expected.yaml'));

describe('the worked examples of the zone', () => {
  it('each say what must come out', () => {
    const missing = scripts.filter((path) => !files.includes(path.replace('.yaml', '.expected.yaml')));
    expect(missing).toEqual([]);
  });

  it.each(scripts)('%s comes out as it says', async (path) => {
    const { code, err } = await call(['dossier', 'simulate', join(home, path)]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });
});
