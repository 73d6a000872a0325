import { explainAuthorityClock, isPending } from '@twinpark/kernel/case/clock.ts';
import { replay } from '@twinpark/kernel/case/evolve.ts';
import { listPauses, noCase } from '@twinpark/kernel/case/state.ts';
import type { Pause, TimeLimit } from '@twinpark/kernel/shared/time-limit.ts';
import { getPark } from '@twinpark/pack/zone.ts';
import { serviceOf, wentAsExpected } from '../commands/dossier/telling.ts';
import { fill, plural } from '../i18n/messages.ts';
import type { Terminal } from '../terminal.ts';
import { contextOf } from './clock-lines.ts';
import { plainDate } from './dates.ts';
import { oneSidedDays } from './one-sided-days.ts';
import type { Teller } from './teller.ts';
import { commandLines, hang, wrap } from './width.ts';

/** What the story has shown, counted from the run itself, and where to look next. */
export function shownInWords(teller: Teller, script: string, { width, paint }: Terminal): string[] {
  const { m } = teller;
  const clocks = [...clocksOf(teller)];
  const commands = [
    ...clockCommand(clocks, teller).map((command) => [m.demo.next, command] as const),
    [m.demo.again, `twinpark dossier simulate ${script}`] as const,
  ];
  return [
    ...wrap(m.demo.shown, width).map((line) => paint('notable', paint('strong', line))),
    ...countsOf(teller, clocks).flatMap((line) => hang(line, width, '  ', '• ')),
    ...hang(m.demo.illustrative, width, '  ', '• '),
    '',
    ...commands.flatMap(([about, command]) => [...wrap(about, width), ...commandLines(command, width)]),
    ...(wentAsExpected(teller.telling)
      ? []
      : ['', ...wrap(m.demo.failed, width).map((line) => paint('bad', line))]),
  ];
}

function countsOf(teller: Teller, clocks: readonly CountedClock[]): string[] {
  const { telling, sidesOn, m } = teller;
  const { dossier, cases } = telling.simulation;
  const stopped = clocks.reduce((sum, { stoodDays }) => sum + stoodDays, 0);
  const last = telling.moments.at(-1)?.entry.on ?? telling.script.startOn;
  const oneSided = oneSidedDays(sidesOn, plainDate(telling.script.startOn), plainDate(last)).reduce(
    (sum, { from, to }) => sum + from.until(to).days + 1,
    0,
  );
  const counted = (forms: { readonly one: string; readonly other: string }, count: number) =>
    count === 0 ? [] : [plural(forms, count)];
  return [
    fill(m.demo.once, {
      facts: String(Object.keys(dossier.answers).filter((fact) => isAsked(fact, teller)).length),
      papers: String(Object.keys(dossier.evidence).length),
      cases: String(cases.size),
    }),
    ...counted(m.demo.joint, panelsOf(teller)),
    ...counted(m.demo.stopped, stopped),
    ...counted(m.demo.oneSided, oneSided),
    ...counted(
      m.demo.drifted,
      new Set(telling.moments.flatMap(({ apart }) => apart.map(({ step }) => step))).size,
    ),
    ...counted(m.demo.refused, telling.moments.filter(({ refusal }) => refusal !== null).length),
  ];
}

/** Whether the applicant writes a fact; others come out of decisions. */
function isAsked(fact: string, { zone }: Teller): boolean {
  return zone.facts.get(fact)?.suppliedBy !== 'output';
}

/** Joint panels in which an outcome was reached, each counted once for both sides. */
function panelsOf({ telling }: Teller): number {
  const panels = telling.moments.flatMap(({ events }) =>
    events.flatMap(({ step, event }) => {
      if (event.type !== 'jointOutcomeReached') return [];
      const own = serviceOf(telling.world, step).steps.find(({ id }) => id === event.step);
      return own?.joint ? [own.joint.id] : [];
    }),
  );
  return new Set(panels).size;
}

interface CountedClock {
  readonly park: string;
  readonly startedOn: string;
  readonly limit: TimeLimit;
  readonly pauses: readonly Pause[];
  /** Days that would have counted, had the clock not stood. */
  readonly stoodDays: number;
}

/** The authority's clock of every decision that a limit bound. */
function* clocksOf({ telling }: Teller): Iterable<CountedClock> {
  for (const { entry, clock, events, on } of telling.moments) {
    if (clock === null || on === null || !events.some(({ event }) => event.type === 'caseDecided')) continue;
    const { decisionLimit: limit, park } = on.service;
    const before = telling.moments
      .flatMap((moment) => moment.events)
      .filter(({ step }) => step === on.step)
      .map(({ event }) => event);
    const decided = before.findIndex(({ type }) => type === 'caseDecided');
    const state = replay(before.slice(0, decided), noCase);
    if (limit === null || !isPending(state)) continue;
    const days = explainAuthorityClock(state, contextOf(on.service, entry.on, telling.world));
    const stoodDays = days.filter(({ cause }) => cause.kind === 'pause').length;
    yield { park, startedOn: clock.startedOn, limit, pauses: listPauses(state.pauses), stoodDays };
  }
}

/** A call that counts the most telling of the clocks again: the one that stood longest. */
function clockCommand(clocks: readonly CountedClock[], { zone }: Teller): string[] {
  const [clock] = clocks
    .filter(({ limit, park }) => {
      const { unit, calendars, starts } = limit;
      const ownCalendar = calendars.length === 1 && calendars[0] === getPark(zone, park).calendar;
      return unit === 'workingDays' && starts === 'dayAfter' && ownCalendar;
    })
    .toSorted((one, other) => other.stoodDays - one.stoodDays);
  if (!clock) return [];
  const { park, startedOn, limit, pauses } = clock;
  const stops = pauses.map(({ from, to }) => `--stop ${from}..${to}`);
  return [
    ['twinpark clock due', `--park ${park}`, `--from ${startedOn}`, `--days ${limit.amount}`, ...stops].join(
      ' ',
    ),
  ];
}
