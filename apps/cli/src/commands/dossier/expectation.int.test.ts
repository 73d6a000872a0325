import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { call, fixtures, inventedZone } from '../../testing/call.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'twinpark-'));
  copyFileSync(join(fixtures, 'story.yaml'), join(folder, 'story.yaml'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const simulate = () => call(['dossier', 'simulate', join(folder, 'story.yaml'), '--zone', inventedZone]);
const expected = (text: string) => writeFileSync(join(folder, 'story.expected.yaml'), text);

describe('the expectation beside a script', () => {
  it('may be absent', async () => {
    expect((await simulate()).code).toBe(0);
  });

  it('is not passed over where it is there and cannot be read', async () => {
    mkdirSync(join(folder, 'story.expected.yaml'));
    const { code, out, err } = await simulate();
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('story.expected.yaml” is a folder');
  });

  it('names acts that the story tells and steps that the journey has', async () => {
    expected(`refused:
  - { on: 2026-06-19, step: south-tenancy, do: fileCase, code: earlierServicesFailed }
  - { on: 2026-06-18, step: south-tenanci, do: fileCase, code: earlierServicesFailed }
outcomes:
  south-tenanci: refused
`);
    const { code, err } = await simulate();
    expect(code).toBe(1);
    expect(err.match(/expected\.yaml:\S+ \S+/g)).toEqual([
      'expected.yaml:2:5 act-not-told',
      'expected.yaml:3:5 act-not-told',
      'expected.yaml:5:3 wrong-value',
    ]);
    expect(err).toContain('Did you mean “south-tenancy”?');
  });
});
