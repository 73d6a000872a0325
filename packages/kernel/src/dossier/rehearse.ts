import type { RunningClock } from '../case/clock.ts';
import type { IsoDate } from '../shared/date.ts';
import type { Refusal } from '../shared/refusal.ts';
import type { Text } from '../shared/text.ts';
import type { CaseAction, DecisionOutcome } from '../vocabulary.ts';
import type { DossierScript, StoryEntry } from './script.ts';
import { type LogEntry, type Simulation, type SimulationWorld, simulate } from './simulate.ts';

/** What a change of law would have done to dossiers of the past. */
export interface Rehearsal {
  readonly dossiers: readonly RehearsedDossier[];
  readonly wins: number;
  readonly loses: number;
  readonly brokenClocks: number;
}

export interface RehearsedDossier {
  readonly title: Text;
  readonly steps: readonly RehearsedStep[];
  readonly brokenClocks: readonly BrokenClock[];
}

/** A step whose end differs, or that a different law decides. */
export interface RehearsedStep {
  readonly step: string;
  /**
   * `wins`: a grant where there was none, or one that the changed law would allow where the old one forbade it.
   * `loses`: the reverse.
   */
  readonly verdict: 'wins' | 'loses';
  readonly before: DecisionOutcome | null;
  readonly after: DecisionOutcome | null;
  /** What stands against the grant, in the law that does not allow it. */
  readonly because: Refusal | null;
}

/** An act that was in time and would have been late. */
export interface BrokenClock {
  readonly step: string;
  readonly action: CaseAction;
  readonly actedOn: IsoDate;
  readonly dueBefore: IsoDate | null;
  readonly dueAfter: IsoDate;
  readonly provisional: boolean;
}

/** Runs recorded dossiers under the law as it is and as it would be. */
export function rehearse(
  scripts: readonly DossierScript[],
  before: (journey: string) => SimulationWorld,
  after: (journey: string) => SimulationWorld,
): Rehearsal {
  const dossiers = scripts.map((script) =>
    compare(script, simulate(script, before(script.journey)), simulate(script, after(script.journey))),
  );
  const verdicts = dossiers.flatMap(({ steps }) => steps.map(({ verdict }) => verdict));
  return {
    dossiers,
    wins: verdicts.filter((verdict) => verdict === 'wins').length,
    loses: verdicts.filter((verdict) => verdict === 'loses').length,
    brokenClocks: dossiers.reduce((sum, { brokenClocks }) => sum + brokenClocks.length, 0),
  };
}

function compare(script: DossierScript, before: Simulation, after: Simulation): RehearsedDossier {
  const steps = new Set([...before.cases.keys(), ...after.cases.keys(), ...stepsActedOn(script)]);
  return {
    title: script.title,
    steps: [...steps].flatMap((step) => compareStep(step, before, after) ?? []),
    brokenClocks: script.story.flatMap(
      (entry, index) => brokenClock(entry, before.log[index], after.log[index]) ?? [],
    ),
  };
}

function compareStep(step: string, before: Simulation, after: Simulation): RehearsedStep | null {
  const outcomes = { before: outcomeOf(before, step), after: outcomeOf(after, step) };
  const was = rank(outcomes.before);
  const is = rank(outcomes.after);
  if (is > was) return { step, verdict: 'wins', ...outcomes, because: refusedOnlyIn(before, after, step) };
  if (is < was) return { step, verdict: 'loses', ...outcomes, because: refusedOnlyIn(after, before, step) };
  // A refusal on record stays a refusal when it is run again; the question is what the law would have allowed.
  const forbade = againstGrant(before, step);
  const forbids = againstGrant(after, step);
  if (was > 0 || (forbade === null) === (forbids === null)) return null;
  return forbade === null
    ? { step, verdict: 'loses', ...outcomes, because: refusedOnlyIn(after, before, step) ?? forbids }
    : { step, verdict: 'wins', ...outcomes, because: refusedOnlyIn(before, after, step) ?? forbade };
}

const ranks: Record<DecisionOutcome, number> = { granted: 2, grantedWithConditions: 1, refused: 0 };

function rank(outcome: DecisionOutcome | null): number {
  return outcome === null ? 0 : ranks[outcome];
}

function outcomeOf({ dossier }: Simulation, step: string): DecisionOutcome | null {
  return dossier.filings[step]?.outcome ?? null;
}

/** The first act on a step's case that one law refuses and the other does not: where the two part. */
function refusedOnlyIn(here: Simulation, there: Simulation, step: string): Refusal | null {
  const parted = here.log.find(
    ({ entry, refusal }, index) => refusal && stepOf(entry) === step && !there.log[index]?.refusal,
  );
  return parted?.refusal ?? null;
}

function againstGrant({ log }: Simulation, step: string): Refusal | null {
  return (
    log.findLast((logged) => isDecision(logged.entry) && stepOf(logged.entry) === step)?.againstGrant ?? null
  );
}

const timedActs: ReadonlySet<string> = new Set([
  'acceptCase',
  'declineAcceptance',
  'supplyEvidence',
  'decideCase',
  'approveDecision',
]);

function brokenClock(
  entry: StoryEntry,
  before: LogEntry | undefined,
  after: LogEntry | undefined,
): BrokenClock | null {
  const { act, on } = entry;
  const now = after?.clock;
  if (act.do === 'answer' || !timedActs.has(act.do) || before?.refusal !== null || !now) return null;
  if (!isLate(now, on) || isLate(before.clock, on)) return null;
  const dueBefore = before.clock?.dueOn ?? null;
  const { dueOn: dueAfter, provisional } = now;
  return { step: act.step, action: act.do, actedOn: on, dueBefore, dueAfter, provisional };
}

function isLate(clock: RunningClock | null, on: IsoDate): boolean {
  return clock !== null && on > clock.dueOn;
}

function isDecision({ act }: StoryEntry): boolean {
  return act.do === 'decideCase' || act.do === 'proposeDecision';
}

function stepOf({ act }: StoryEntry): string | null {
  return act.do === 'answer' ? null : act.step;
}

function stepsActedOn({ story }: DossierScript): readonly string[] {
  return story.flatMap((entry) => stepOf(entry) ?? []);
}
