import type { Facts } from '@twinpark/kernel/policy/expression.ts';
import { openFile } from '@twinpark/pack/check.ts';
import { findings } from '@twinpark/pack/findings.ts';
import { nearest } from '@twinpark/pack/nearest.ts';
import { inReadingOrder, type Problem } from '@twinpark/pack/problems.ts';
import { checkAnswers } from '@twinpark/pack/script/answers.ts';
import type { PackSource } from '@twinpark/pack/source.ts';
import { listOf } from '@twinpark/pack/words/words.ts';
import { journeyWorld, type Zone } from '@twinpark/pack/zone.ts';
import { type Read, readDate } from '../../arguments/values.ts';
import { faultOf } from '../../dispatch.ts';
import { wrongUsage } from '../../faults.ts';
import { readNamedFile } from '../../files.ts';
import { fill } from '../../i18n/messages.ts';
import { done, type Fault, json, type Outcome } from '../../outcome.ts';
import { outlineInWords } from '../../render/outline.ts';
import { describeOutline } from '../../render/outline-json.ts';
import { type Command, type Input, nameOf, optionValue, type Session } from '../command.ts';
import { brokenFile, type Opened, openZone } from '../open-zone.ts';
import { outlineOf } from './outline.ts';

/** Shows what a journey will ask and take, before anything is filed. */
export const journeyPlan: Command = {
  words: ['journey', 'plan'],
  summary: (m) => m.commands.journeyPlan,
  operands: [{ value: 'journey', required: true, example: 'JOURNEY' }],
  options: [
    { name: 'answers', about: (m) => m.options.answers },
    { name: 'from', about: (m) => m.options.begin },
    { name: 'json', about: (m) => m.options.json },
    { name: 'zone', about: (m) => m.options.zone },
  ],
  examples: [
    'twinpark journey plan JOURNEY --from 2026-03-02',
    'twinpark journey plan JOURNEY --answers answers.yaml',
  ],
  judge,
  run,
};

async function judge(input: Input, session: Session, zone: Zone | null): Promise<readonly Fault[]> {
  const { m } = session;
  const [named] = input.operands;
  const from = optionValue(input, 'from');
  const answers = optionValue(input, 'answers');
  return [
    ...(named && zone ? faultsOf(readJourney(named, zone, session)) : []),
    ...(from === undefined ? [] : faultsOf(readDate('--from', from, m))),
    ...(answers === undefined ? [] : faultsOf(await readAnswersFile(answers, session))),
  ];
}

function faultsOf(read: Read<unknown>): readonly Fault[] {
  return 'fault' in read ? [read.fault] : [];
}

async function run(input: Input, session: Session): Promise<Outcome> {
  const { m, terminal } = session;
  const opened = await openZone(journeyPlan, input, session);
  if ('outcome' in opened) return opened.outcome;
  const { zone } = opened;
  const journey = readJourney(input.operands[0] ?? '', zone, session);
  const from = readBegin(optionValue(input, 'from'), zone, session);
  if (!('value' in journey) || !('value' in from)) {
    return wrongUsage(nameOf(journeyPlan), [...faultsOf(journey), ...faultsOf(from)], m);
  }
  const answers = await readAnswers(optionValue(input, 'answers'), zone, session);
  if ('outcome' in answers) return answers.outcome;
  const outline = outlineOf(journeyWorld(zone, journey.value), answers.known, from.value);
  return input.flags.has('json')
    ? json(describeOutline(outline, zone, m))
    : done(outlineInWords(outline, zone, m, terminal));
}

function readJourney(value: string, { journeys }: Zone, { m }: Session): Read<string> {
  if (journeys.has(value)) return { value };
  const known = [...journeys.keys()];
  const suggestion = nearest(value, known);
  const reason = fill(m.faults.unknownJourney, { value, suggestion, known: listOf(m, known) });
  return {
    fault: {
      argument: m.values.journey,
      reason,
      example: `twinpark journey plan ${suggestion || (known[0] ?? '')}`,
    },
  };
}

/** Today where the first park is, unless a day was given: the one answer of the command line that a clock decides. */
function readBegin(
  written: string | undefined,
  { parks }: Zone,
  { m, today }: Session,
): Read<Temporal.PlainDate> {
  if (written !== undefined) return readDate('--from', written, m);
  const [first] = parks.values();
  return { value: today(first?.timeZone ?? 'UTC') };
}

async function readAnswersFile(shown: string, { m, resolve }: Session): Promise<Read<PackSource>> {
  const read = await readNamedFile(resolve(shown), shown, m);
  return 'source' in read ? { value: read.source } : { fault: faultOf('answers', read.reason) };
}

async function readAnswers(
  shown: string | undefined,
  zone: Zone,
  session: Session,
): Promise<Opened<{ readonly known: Facts }>> {
  if (shown === undefined) return { known: {} };
  const { m } = session;
  const read = await readAnswersFile(shown, session);
  if ('fault' in read) return { outcome: wrongUsage(nameOf(journeyPlan), [read.fault], m) };
  const { problems, raise } = findings();
  const { tree } = openFile(read.value, problems as Problem[]);
  const known = (tree?.value ?? {}) as Facts;
  if (tree) checkAnswers(known, { tree, path: [] }, zone.facts, raise);
  if (problems.length === 0) return { known };
  return { outcome: brokenFile(shown, problems.toSorted(inReadingOrder), m) };
}
