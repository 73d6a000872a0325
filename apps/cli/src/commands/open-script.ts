import type { DossierScript } from '@twinpark/kernel/dossier/script.ts';
import { readScript } from '@twinpark/pack/script.ts';
import { journeyWorld, type Zone } from '@twinpark/pack/zone.ts';
import { wrongUsage } from '../faults.ts';
import { readNamedFile } from '../files.ts';
import type { Fault } from '../outcome.ts';
import type { Session } from './command.ts';
import { type Expectation, expectationPath, readExpectation } from './dossier/expectation.ts';
import { type Telling, tell } from './dossier/telling.ts';
import { brokenFile, type Folder, type Opened } from './open-zone.ts';

/** A scripted dossier with what should come out of it, run in the zone; `lacking` is told where there is none. */
export async function runScript(
  command: string,
  file: Folder,
  zone: Zone,
  session: Session,
  lacking: (reason: string, session: Session) => Fault,
): Promise<Opened<{ readonly telling: Telling }>> {
  const script = await openScript(command, file, zone, session, lacking);
  if ('outcome' in script) return script;
  const expected = await openExpectation(command, file, script.script, zone, session);
  if ('outcome' in expected) return expected;
  return { telling: tell(script.script, journeyWorld(zone, script.script.journey), expected.expectation) };
}

async function openScript(
  command: string,
  file: Folder,
  zone: Zone,
  session: Session,
  lacking: (reason: string, session: Session) => Fault,
): Promise<Opened<{ readonly script: DossierScript }>> {
  const { m } = session;
  const read = await readNamedFile(file.path, file.shown, m);
  if ('reason' in read) return { outcome: wrongUsage(command, [lacking(read.reason, session)], m) };
  const found = readScript(read.source, zone);
  return 'script' in found ? found : { outcome: brokenFile(file.shown, found.problems, m) };
}

/** The expectation beside a script; without one whatever comes out is right. */
async function openExpectation(
  command: string,
  file: Folder,
  script: DossierScript,
  zone: Zone,
  { m }: Session,
): Promise<Opened<{ readonly expectation: Expectation | null }>> {
  const shown = expectationPath(file.shown);
  const read = await readNamedFile(expectationPath(file.path), shown, m);
  if ('reason' in read) {
    if (read.missing) return { expectation: null };
    const fault: Fault = { argument: shown, reason: read.reason, example: 'story.expected.yaml' };
    return { outcome: wrongUsage(command, [fault], m) };
  }
  const found = readExpectation(read.source, script, zone);
  return 'expectation' in found ? found : { outcome: brokenFile(shown, found.problems, m) };
}
