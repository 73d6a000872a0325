import { checkPack } from './check.ts';
import { compileZone } from './compile.ts';
import { readPackFolder } from './disk.ts';
import type { Problem } from './problems.ts';
import type { Zone } from './zone.ts';

/** The zone that a pack's folder describes, or everything that is wrong with the pack. */
export async function loadZone(
  folder: string,
): Promise<{ readonly zone: Zone } | { readonly problems: readonly Problem[] }> {
  const { problems, pack } = checkPack(await readPackFolder(folder));
  return pack ? { zone: compileZone(pack) } : { problems };
}
