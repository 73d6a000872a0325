import { join } from 'node:path';
import { readPackFolder } from '@twinpark/pack/disk.ts';
import type { Problem } from '@twinpark/pack/problems.ts';
import { readScript } from '@twinpark/pack/script.ts';
import type { PackSource } from '@twinpark/pack/source.ts';
import type { Zone } from '@twinpark/pack/zone.ts';
import { expectationPath, readExpectation } from '../dossier/expectation.ts';

const folderName = 'examples';

/** What is wrong with the worked examples of a pack: scripts that its content does not bear out, and their expectations. */
export async function checkExamples(
  pack: string,
  zone: Zone,
): Promise<{ readonly count: number; readonly problems: readonly Problem[] }> {
  const sources = (await readPackFolder(join(pack, folderName))).map(inFolder);
  if (sources.some((source) => 'fault' in source && source.fault.code === 'folder-missing')) {
    return { count: 0, problems: [] };
  }
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const scripts = sources.filter(({ path }) => !path.endsWith('.expected.yaml'));
  const problems = scripts.flatMap((source) => {
    const read = readScript(source, zone);
    if ('problems' in read) return read.problems;
    const expected = byPath.get(expectationPath(source.path));
    const found = expected ? readExpectation(expected, read.script, zone) : null;
    return found && 'problems' in found ? found.problems : [];
  });
  return { count: scripts.length, problems };
}

function inFolder(source: PackSource): PackSource {
  return { ...source, path: `${folderName}/${source.path}` };
}
