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

/** A scripted dossier with what should come out of it, run in the zone. */
export async function runScript(
  command: string,
  file: Folder,
  zone: Zone,
  session: Session,
): Promise<Opened<{ readonly telling: Telling }>> {
  const script = await openScript(command, file, zone, session);
  if ('outcome' in script) return script;
  const expected = await openExpectation(file, session);
  if ('outcome' in expected) return expected;
  return { telling: tell(script.script, journeyWorld(zone, script.script.journey), expected.expectation) };
}

async function openScript(
  command: string,
  file: Folder,
  zone: Zone,
  { m }: Session,
): Promise<Opened<{ readonly script: DossierScript }>> {
  const read = await readNamedFile(file.path, file.shown, m);
  if ('reason' in read) {
    const example = 'twinpark dossier simulate story.yaml';
    const fault: Fault = { argument: m.values.file, reason: read.reason, example };
    return { outcome: wrongUsage(command, [fault], m) };
  }
  const found = readScript(read.source, zone);
  return 'script' in found ? found : { outcome: brokenFile(file.shown, found.problems, m) };
}

/** The expectation beside a script; without one whatever comes out is right. */
async function openExpectation(
  file: Folder,
  { m }: Session,
): Promise<Opened<{ readonly expectation: Expectation | null }>> {
  const shown = expectationPath(file.shown);
  const read = await readNamedFile(expectationPath(file.path), shown, m);
  if ('reason' in read) return { expectation: null };
  const found = readExpectation(read.source);
  return 'expectation' in found ? found : { outcome: brokenFile(shown, found.problems, m) };
}
