import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import type { CaseEvent } from '@twinpark/kernel/case/events.ts';
import type { Drift } from '@twinpark/kernel/dossier/render.ts';
import type { Text } from '@twinpark/kernel/shared/text.ts';
import type { JointCombination } from '@twinpark/kernel/vocabulary.ts';
import { refusalInWords } from '@twinpark/pack/words/refusal.ts';
import { pick } from '@twinpark/pack/words/words.ts';
import { type Moment, serviceOf, type Telling } from '../commands/dossier/telling.ts';
import { fill, type Messages } from '../i18n/messages.ts';
import { clockLines } from './clock-lines.ts';
import { plainDate, weekdayOf } from './dates.ts';
import { causeInWords } from './day-cause.ts';
import { eventInWords, givenInWords } from './event.ts';
import type { Line, Row } from './lanes.ts';
import { oneSidedDays } from './one-sided-days.ts';
import type { Teller } from './teller.ts';

/** The service each lane spoke of last, so that its name stands only where it changes. */
export type Headings = Map<string, string>;

/** The rows of one moment: what both calendars did since the last one, then what was done and what it set running. */
export function rowsOf(moment: Moment, since: string, headings: Headings, teller: Teller): readonly Row[] {
  return [...daysBetween(since, moment.entry.on, teller), ...actRows(moment, headings, teller)];
}

function actRows(moment: Moment, headings: Headings, teller: Teller): Row[] {
  const { m, names } = teller;
  const { entry, on } = moment;
  const date = dated(entry.on, m);
  const scripted = moment.asExpected ? [] : [unexpected(moment, m)];
  if (on === null) {
    const given = entry.act.do === 'answer' ? entry.act : { answers: {}, evidence: [] };
    const words = givenInWords(given.answers, given.evidence, { names, m });
    const lines = [{ text: fill(m.story.answers, { given: words }) }, ...scripted];
    return [{ date, across: lines }, ...driftRows(moment, date, headings, teller)];
  }
  const lanes = laneTexts(teller);
  const add = (service: ServiceDefinition, lines: readonly Line[]) =>
    lanes.add(service.park, [...headingLines(service, headings, teller), ...lines.map(indented)]);
  if (moment.refusal) add(on.service, refusalLines(moment, on.service, teller));
  else {
    for (const step of stepsOf(moment)) {
      const service = serviceOf(teller.telling.world, step);
      add(service, eventLines(step, service, moment, teller));
    }
  }
  lanes.add(on.service.park, scripted.map(indented));
  return [{ date, lanes: lanes.all() }, ...driftRows(moment, date, headings, teller)];
}

function headingLines({ id, park }: ServiceDefinition, headings: Headings, { names }: Teller): Line[] {
  if (headings.get(park) === id) return [];
  headings.set(park, id);
  return [{ text: names.service(id), tone: 'strong' }];
}

function indented(line: Line): Line {
  return { mark: '  ', ...line };
}

/** Journey steps whose cases the moment touched, the one acted on first. */
function stepsOf({ events }: Moment): readonly string[] {
  return [...new Set(events.map(({ step }) => step))];
}

function eventLines(step: string, service: ServiceDefinition, moment: Moment, teller: Teller): Line[] {
  const own = moment.events.filter((happened) => happened.step === step).map(({ event }) => event);
  // Opening and filing in one go is one act to whoever reads it.
  const told = own.length > 1 ? own.filter(({ type }) => type !== 'caseOpened') : own;
  return [
    ...told.flatMap((event) => eventText(event, step, service, moment, teller)),
    ...clockLines(step, service, own, moment, teller),
  ];
}

function eventText(
  event: CaseEvent,
  step: string,
  service: ServiceDefinition,
  moment: Moment,
  teller: Teller,
): Line[] {
  const { names, m } = teller;
  const isAwaited = moment.states.get(step)?.status === 'awaitingEvidence';
  const what = eventInWords(event, { service, names, m, isAwaited });
  if (event.type === 'jointOutcomeReached')
    return jointLines(event, what, service, moment.rows.get(step) ?? null, teller);
  const who = actorInWords(event, service, moment, teller);
  const text = fill(m.story.act, { who, what });
  return [event.type === 'caseDecided' ? { text, tone: 'good' } : { text }];
}

/** Whoever acts, by the name of the organisation; an officer told apart in the script also by that. */
function actorInWords(
  { by, type }: CaseEvent,
  service: ServiceDefinition,
  { entry }: Moment,
  { names, telling, m }: Teller,
): string {
  if (by.role === 'applicant') return pick(telling.script.applicant.name, m);
  if (by.role === 'timer') return m.law.roles.timer;
  if (type === 'contributionRecorded' && by.role === 'peer') return names.organization(service.authority);
  const person = entry.act.do === 'answer' ? null : entry.act.person;
  return officerInWords(names.organization(by.organization), person, telling, m);
}

/** Officers of one desk have no names; a number in the order of the script tells them apart. */
function officerInWords(
  organization: string,
  person: string | null,
  { script }: Telling,
  m: Messages,
): string {
  if (person === null) return organization;
  const persons = script.story.flatMap(({ act }) => (act.do === 'answer' ? [] : [act.person]));
  const number = [...new Set(persons.filter((other) => other !== null))].indexOf(person) + 1;
  return fill(m.story.officer, { organization, number: String(number) });
}

/** The joint outcome, and which row of the step's own table led to it. */
function jointLines(
  event: Extract<CaseEvent, { type: 'jointOutcomeReached' }>,
  what: string,
  service: ServiceDefinition,
  row: JointCombination | null,
  { m }: Teller,
): Line[] {
  const outcomes = service.steps.find(({ id }) => id === event.step)?.joint?.outcomes;
  const explanation: Text = (row && outcomes?.[row].explanation) ?? {};
  return [
    { text: what, tone: 'notable' },
    ...(row === null
      ? []
      : [
          {
            text: fill(m.story.tableRow, { row: m.law.combinations[row], explanation: pick(explanation, m) }),
            tone: 'quiet' as const,
          },
        ]),
  ];
}

function refusalLines(moment: Moment, service: ServiceDefinition, teller: Teller): Line[] {
  const { names, m, telling } = teller;
  const { refusal, entry } = moment;
  if (refusal === null || entry.act.do === 'answer') return [];
  const { act } = entry;
  const who =
    act.by === 'applicant'
      ? pick(telling.script.applicant.name, m)
      : officerInWords(names.organization(service.authority), act.person, telling, m);
  const clause =
    refusal.clause === null ? [] : [fill(m.story.clause, { clause: names.citation(refusal.clause) })];
  return [
    { text: fill(m.story.refusedAct, { who, action: m.law.actions[act.do] }), tone: 'bad' },
    { text: refusalInWords(refusal, service, names, m), tone: 'bad' },
    ...clause.map((text) => ({ text, tone: 'quiet' as const })),
  ];
}

function unexpected({ expectedRefusal: code }: Moment, m: Messages): Line {
  const expectation = code === null ? m.story.expectedAcceptance : fill(m.story.expectedRefusal, { code });
  return { text: fill(m.story.unexpected, { expectation }), tone: 'bad' };
}

function driftRows(moment: Moment, date: string, headings: Headings, teller: Teller): Row[] {
  const { m, telling } = teller;
  const lanes = laneTexts(teller);
  for (const drift of moment.apart) {
    const service = serviceOf(telling.world, drift.step);
    lanes.add(drift.park, [...headingLines(service, headings, teller), indented(driftLine(drift, teller))]);
  }
  const apart = moment.apart.length > 0 ? [{ date, lanes: lanes.all() }] : [];
  const mended = moment.mended ? [{ date, across: [{ text: m.story.mended, tone: 'good' as const }] }] : [];
  return [...apart, ...mended];
}

function driftLine({ field, kind, filed, current }: Drift, { names, m }: Teller): Line {
  const isFact = kind === 'fact';
  const shown = (value: Drift['current']) => (isFact ? names.value(field, value) : String(value));
  const parameters = {
    field: isFact ? names.fact(field) : names.evidence(field),
    filed: filed === null ? m.story.driftNone : shown(filed),
    current: shown(current),
  };
  return { text: fill(m.story.drift, parameters), tone: 'bad' };
}

/** Days since the last moment on which only one side worked. */
function daysBetween(since: string, until: string, { sidesOn, zone, m }: Teller): Row[] {
  if (since >= until) return [];
  const days = oneSidedDays(sidesOn, plainDate(since).add({ days: 1 }), plainDate(until));
  return days.map(({ from, to, sides }) => ({
    date: from.equals(to) ? dated(from.toString(), m) : `${from}..${to.toString().slice(5)}`,
    lanes: sides.map(({ works, cause }): Line[] => {
      const because = causeInWords(cause, zone, false, m);
      const text = works
        ? cause.kind === 'workingDay'
          ? m.story.worksHere
          : because
        : fill(m.plan.closed, { cause: because });
      return [{ text, tone: 'quiet' }];
    }),
  }));
}

/** A date with its day of the week, as a line begins with it. */
function dated(date: string, m: Messages): string {
  return `${date} ${weekdayOf(plainDate(date), m)}`;
}

/** Collects what is said in each park's lane. */
export function laneTexts({ zone }: Pick<Teller, 'zone'>) {
  const parks = [...zone.parks.keys()];
  const texts = new Map<string, Line[]>(parks.map((park) => [park, []]));
  return {
    add: (park: string, lines: readonly Line[]) => texts.get(park)?.push(...lines),
    all: (): Line[][] => [...texts.values()],
  };
}
