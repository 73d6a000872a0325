import { readNamedFile } from '../../files.ts';
import { done, type Fault, json, type Outcome } from '../../outcome.ts';
import { storyInWords } from '../../render/story.ts';
import { describeStory } from '../../render/story-json.ts';
import { tellerOf } from '../../render/teller.ts';
import { type Command, type Input, nameOf, type Session } from '../command.ts';
import { runScript } from '../open-script.ts';
import { openZone } from '../open-zone.ts';
import { wentAsExpected } from './telling.ts';

/** Runs a scripted dossier and shows what happens on both sides. */
export const dossierSimulate: Command = {
  words: ['dossier', 'simulate'],
  summary: (m) => m.commands.dossierSimulate,
  operands: [{ value: 'file', required: true, example: 'story.yaml' }],
  options: [
    { name: 'json', about: (m) => m.options.json },
    { name: 'zone', about: (m) => m.options.zone },
  ],
  examples: ['twinpark dossier simulate story.yaml', 'twinpark dossier simulate story.yaml --json'],
  judge,
  run,
};

async function judge({ operands: [shown] }: Input, session: Session): Promise<readonly Fault[]> {
  if (!shown) return [];
  const read = await readNamedFile(session.resolve(shown), shown, session.m);
  return 'reason' in read ? [noScript(read.reason, session)] : [];
}

function noScript(reason: string, { m }: Session): Fault {
  return { argument: m.values.file, reason, example: 'twinpark dossier simulate story.yaml' };
}

async function run(input: Input, session: Session): Promise<Outcome> {
  const { m, terminal } = session;
  const opened = await openZone(dossierSimulate, input, session);
  if ('outcome' in opened) return opened.outcome;
  const shown = input.operands[0] ?? '';
  const file = { path: session.resolve(shown), shown };
  const run = await runScript(nameOf(dossierSimulate), file, opened.zone, session, noScript);
  if ('outcome' in run) return run.outcome;
  const teller = tellerOf(run.telling, opened.zone, m);
  const code = wentAsExpected(run.telling) ? 0 : 1;
  return input.flags.has('json')
    ? json(describeStory(teller), code)
    : done(`${storyInWords(teller, terminal).join('\n')}\n`, code);
}
