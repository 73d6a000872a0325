import { join } from 'node:path';
import { faultOf } from '../../dispatch.ts';
import { done, type Outcome } from '../../outcome.ts';
import { shownInWords } from '../../render/shown.ts';
import { storyInWords } from '../../render/story.ts';
import { tellerOf } from '../../render/teller.ts';
import { type Command, type Input, nameOf, type Session } from '../command.ts';
import { wentAsExpected } from '../dossier/telling.ts';
import { runScript } from '../open-script.ts';
import { openZone } from '../open-zone.ts';

/** The worked example of a zone that is told to whoever meets Twinpark first. */
const script = join('examples', 'set-up-in-the-zone.yaml');

/** Tells a scripted dossier as a story; fails where it does not come out as it should, so that it is a check as well. */
export const demo: Command = {
  words: ['demo'],
  summary: (m) => m.commands.demo,
  operands: [],
  options: [{ name: 'zone', about: (m) => m.options.zone }],
  examples: ['twinpark demo', 'twinpark demo --lang zh-Hant'],
  run,
};

async function run(input: Input, session: Session): Promise<Outcome> {
  const { m, terminal } = session;
  const opened = await openZone(demo, input, session);
  if ('outcome' in opened) return opened.outcome;
  const { zone, folder } = opened;
  const file = { path: join(folder.path, script), shown: join(folder.shown, script) };
  // Whoever asks for the demo names a zone, not a file: one without a worked example cannot be told.
  const noExample = (reason: string) => faultOf('zone', reason);
  const run = await runScript(nameOf(demo), file, zone, session, noExample);
  if ('outcome' in run) return run.outcome;
  const teller = tellerOf(run.telling, zone, m);
  const lines = [...storyInWords(teller, terminal), '', ...shownInWords(teller, file.shown, terminal)];
  return done(`${lines.join('\n')}\n`, wentAsExpected(run.telling) ? 0 : 1);
}
