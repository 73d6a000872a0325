import { checkPack } from '@twinpark/pack/check.ts';
import { compileZone } from '@twinpark/pack/compile.ts';
import { readPackFolder } from '@twinpark/pack/disk.ts';
import type { Problem } from '@twinpark/pack/problems.ts';
import type { PackSource } from '@twinpark/pack/source.ts';
import type { Zone } from '@twinpark/pack/zone.ts';
import { faultOf } from '../dispatch.ts';
import { wrongUsage } from '../faults.ts';
import { defaultZoneOf } from '../home.ts';
import { fill, type Messages, plural } from '../i18n/messages.ts';
import { type Fault, failed, type Outcome } from '../outcome.ts';
import { describeProblems, problemLines } from '../render/problems.ts';
import { type Command, type Input, nameOf, optionValue, type Session } from './command.ts';

export type Opened<Value> = Value | { readonly outcome: Outcome };

export interface Folder {
  readonly path: string;
  /** As the reader wrote it, or would. */
  readonly shown: string;
}

/** The folder of the zone pack that is meant: the one written, or the one this copy of Twinpark runs by default. */
export async function zoneFolder(written: string | undefined, session: Session): Promise<Folder | null> {
  if (written !== undefined) return { path: session.resolve(written), shown: written };
  const own = await defaultZoneOf(session.home);
  return own === undefined ? null : session.inHome(own);
}

/** The zone that a command works on, or the answer that it cannot be had or that the arguments cannot be used. */
export async function openZone(command: Command, input: Input, session: Session): Promise<Opened<FoundZone>> {
  const found = await findZone(input, session);
  const zone = 'zone' in found ? found.zone : null;
  const faults = [
    ...input.faults,
    ...('fault' in found ? [found.fault] : []),
    ...((await command.judge?.(input, session, zone)) ?? []),
  ];
  if (faults.length > 0) return { outcome: wrongUsage(nameOf(command), faults, session.m) };
  if ('problems' in found) return { outcome: broken(found.folder, found.problems, session) };
  return found as FoundZone;
}

interface FoundZone {
  readonly zone: Zone;
  readonly folder: Folder;
}

async function findZone(
  input: Input,
  session: Session,
): Promise<
  FoundZone | { readonly problems: readonly Problem[]; readonly folder: Folder } | { readonly fault: Fault }
> {
  const folder = await zoneFolder(optionValue(input, 'zone'), session);
  if (folder === null) return { fault: faultOf('zone', session.m.faults.noDefaultZone) };
  const sources = await readPackFolder(folder.path);
  const missing = missingFolder(sources, folder, session);
  if (missing !== null) return { fault: faultOf('zone', missing) };
  const { problems, pack } = checkPack(sources);
  return pack === null ? { problems, folder } : { zone: compileZone(pack), folder };
}

/** Why there is no folder to read, in words; null where there is one. */
export function missingFolder(
  sources: readonly PackSource[],
  { shown }: Folder,
  { m }: Session,
): Fault['reason'] | null {
  const [first] = sources;
  if (!first || !('fault' in first)) return null;
  if (first.fault.code === 'folder-missing') return fill(m.faults.folderMissing, { path: shown });
  return first.fault.code === 'not-a-folder' ? fill(m.faults.notAFolder, { path: shown }) : null;
}

const problemsShown = 5;

function broken(folder: Folder, problems: readonly Problem[], { m }: Session): Outcome {
  const count = problems.length;
  const hidden = count - problemsShown;
  const lines = [
    plural(m.problems.zoneBroken, count, { path: folder.shown }),
    ...problemLines(problems.slice(0, problemsShown), folder.shown, m),
    ...(hidden > 0 ? [plural(m.problems.andMore, hidden)] : []),
    fill(m.problems.seeAll, { command: `twinpark zone check ${folder.shown}` }),
  ];
  return failed(1, `${lines.join('\n')}\n`, { problems: describeProblems(problems, m) });
}

/** Everything that is wrong with a file that the reader named. */
export function brokenFile(shown: string, problems: readonly Problem[], m: Messages): Outcome {
  const lines = [
    plural(m.problems.fileBroken, problems.length, { path: shown }),
    ...problemLines(problems, '', m),
  ];
  return failed(1, `${lines.join('\n')}\n`, { problems: describeProblems(problems, m) });
}
