import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { call, fixtures, inventedZone } from '../../testing/call.ts';

let zone: string;

beforeEach(() => {
  zone = mkdtempSync(join(tmpdir(), 'zone-'));
  cpSync(inventedZone, zone, { recursive: true });
  mkdirSync(join(zone, 'examples'));
  cpSync(join(fixtures, 'story.yaml'), join(zone, 'examples/story.yaml'));
});

afterEach(() => rmSync(zone, { recursive: true }));

async function check() {
  const { code, out } = await call(['zone', 'check', zone, '--json']);
  const { problems, counts } = JSON.parse(out);
  return {
    code,
    counts,
    found: problems.map((problem: { path: string; code: string }) => `${problem.path} ${problem.code}`),
  };
}

describe('the worked examples of a zone pack', () => {
  it('are counted where the content bears them out', async () => {
    expect(await check()).toMatchObject({ code: 0, found: [], counts: { examples: 1 } });
  });

  it('are faults of the pack where they name what the content lacks', async () => {
    cpSync(join(fixtures, 'broken-story.yaml'), join(zone, 'examples/broken.yaml'));
    const { code, found } = await check();
    expect(code).toBe(1);
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found.map((line: string) => line.split(' ')[0]))).toEqual(
      new Set(['examples/broken.yaml']),
    );
  });

  it('are held to their expectations, which may only speak of what the story tells', async () => {
    writeFileSync(
      join(zone, 'examples/story.expected.yaml'),
      'refused:\n  - { on: 2026-01-01, step: south-tenancy, do: fileCase, code: factsMissing }\noutcomes: {}\n',
    );
    expect(await check()).toMatchObject({ code: 1, found: ['examples/story.expected.yaml act-not-told'] });
  });
});
