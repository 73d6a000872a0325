import { describe, expect, it } from 'vitest';
import { isTest, listFiles, read } from './source-files.ts';

const places = /shen[\s_-]?zhen|hong[\s_-]?kong|hetao|深圳|香港|河套/i;

/** Files that the platform is made of, as opposed to prose about it. */
const code = /\.(ts|tsx|js|mjs|cjs|json|sql|css|html|yaml|yml|sh)$/;

describe('the zone is content, not code', () => {
  it('no code outside the zone pack names a place of the zone', () => {
    const offences = ['apps', 'packages', 'scripts']
      .flatMap(listFiles)
      .filter((path) => code.test(path) && !isTest(path))
      .flatMap((path) =>
        read(path)
          .split('\n')
          .flatMap((line, index) => (places.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
      );
    expect(offences).toEqual([]);
  });

  it('the zone that is run by default is named in the root package.json alone', () => {
    const manifest = JSON.parse(read('package.json')) as { twinpark: { zone: string } };
    const { twinpark, ...rest } = manifest;
    expect(twinpark).toEqual({ zone: expect.stringMatching(/^zone\/[a-z0-9-]+$/) });
    expect(JSON.stringify(rest)).not.toMatch(places);
    for (const path of listFiles('').filter((file) => !file.includes('/') && code.test(file))) {
      if (path !== 'package.json') expect(read(path), path).not.toMatch(places);
    }
  });
});
