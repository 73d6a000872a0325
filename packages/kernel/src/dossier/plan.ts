import { limitFrom } from '../case/clock.ts';
import type { CaseContext } from '../case/context.ts';
import type { ServiceDefinition } from '../case/definition.ts';
import { evaluate } from '../policy/evaluate.ts';
import type { FactId, Facts } from '../policy/expression.ts';
import type { IsoDate } from '../shared/date.ts';
import { getService, type JourneyWorld } from './dossier.ts';
import type { JourneyStep } from './journey.ts';

/** What a journey will take: who decides, in which order, and when at the earliest and by law at the latest. */
export interface PlannedStep {
  readonly step: string;
  readonly service: string;
  readonly park: string;
  readonly authority: string;
  readonly needed: 'yes' | 'no' | 'unknown';
  /** Facts that would settle whether the step is needed. */
  readonly settledBy: readonly FactId[];
  readonly after: readonly string[];
  /** Day on which it can be filed at the latest of all it follows; null for a step that is not needed. */
  readonly fileOn: IsoDate | null;
  /** Last day for the decision if it is filed on that day; null where no time limit is established. */
  readonly decidedBy: IsoDate | null;
  /** Whether a date is a lower bound, because this or an earlier step has a limit that is not established. */
  readonly atLeast: boolean;
  readonly provisional: boolean;
}

/** A step whose case runs or is decided already. */
export interface StepUnderWay {
  readonly filedOn: IsoDate;
  readonly decidedOn: IsoDate | null;
}

/**
 * Runs the journey forward from a day, each authority taking all the time its law gives it.
 * Steps that may be needed are planned as if they were; those under way keep the days they have.
 */
export function planJourney(
  world: JourneyWorld,
  known: Facts,
  startOn: IsoDate,
  calendars: Pick<CaseContext, 'calendarFor'>,
  underWay: ReadonlyMap<string, StepUnderWay> = new Map(),
): readonly PlannedStep[] {
  const planned = new Map<string, PlannedStep>();
  for (const step of inOrder(world.journey.steps)) {
    const service = getService(world, step);
    const begun = underWay.get(step.id);
    planned.set(
      step.id,
      begun
        ? planBegun(step, service, begun, startOn, calendars)
        : planStep(step, service, known, startOn, planned, calendars),
    );
  }
  return [...planned.values()];
}

/** Steps in an order in which each comes after all it follows; the pack check has refused cycles. */
export function inOrder(steps: readonly JourneyStep[]): readonly JourneyStep[] {
  const ordered: JourneyStep[] = [];
  const done = new Set<string>();
  let left = steps;
  while (left.length > 0) {
    const ready = left.filter((step) => step.after.every((id) => done.has(id)));
    if (ready.length === 0)
      throw new Error(`Steps wait for each other: ${left.map(({ id }) => id).join(', ')}`);
    for (const step of ready) done.add(step.id);
    ordered.push(...ready);
    left = left.filter((step) => !done.has(step.id));
  }
  return ordered;
}

function planStep(
  step: JourneyStep,
  service: ServiceDefinition,
  known: Facts,
  startOn: IsoDate,
  planned: ReadonlyMap<string, PlannedStep>,
  calendars: Pick<CaseContext, 'calendarFor'>,
): PlannedStep {
  const needed = step.when === null ? null : evaluate(step.when, known);
  const after = effectiveAfter(step, planned);
  const common = {
    step: step.id,
    service: service.id,
    park: service.park,
    authority: service.authority,
    needed: needed?.value ?? 'yes',
    settledBy: needed?.missing ?? [],
    after: step.after,
  };
  const before = after.map((earlier) => earlier.decidedBy ?? earlier.fileOn ?? startOn);
  const fileOn = before.reduce((latest, day) => (day > latest ? day : latest), startOn);
  const atLeast = after.some((earlier) => earlier.atLeast);
  const provisional = after.some((earlier) => earlier.provisional);
  if (common.needed === 'no') {
    return { ...common, fileOn: null, decidedBy: null, atLeast, provisional };
  }
  const span = spanOf(service, fileOn, calendars);
  return {
    ...common,
    fileOn,
    decidedBy: span?.dueOn ?? null,
    atLeast: atLeast || (span?.atLeast ?? true),
    provisional: provisional || (span?.provisional ?? false),
  };
}

/** What is not decided yet is decided today at the earliest, whatever day its limit would have ended on. */
function planBegun(
  step: JourneyStep,
  service: ServiceDefinition,
  { filedOn, decidedOn }: StepUnderWay,
  today: IsoDate,
  calendars: Pick<CaseContext, 'calendarFor'>,
): PlannedStep {
  const common = {
    step: step.id,
    service: service.id,
    park: service.park,
    authority: service.authority,
    needed: 'yes' as const,
    settledBy: [],
    after: step.after,
    fileOn: filedOn,
  };
  if (decidedOn !== null) return { ...common, decidedBy: decidedOn, atLeast: false, provisional: false };
  const span = spanOf(service, filedOn, calendars);
  if (span === null) return { ...common, decidedBy: null, atLeast: true, provisional: false };
  if (span.dueOn >= today) {
    return { ...common, decidedBy: span.dueOn, atLeast: span.atLeast, provisional: span.provisional };
  }
  return { ...common, decidedBy: today, atLeast: true, provisional: span.provisional };
}

/** Earlier steps that hold this one back; a step that is not needed passes on what it waited for itself. */
function effectiveAfter(
  step: Pick<PlannedStep, 'after'>,
  planned: ReadonlyMap<string, PlannedStep>,
): readonly PlannedStep[] {
  return step.after.flatMap((id) => {
    const earlier = planned.get(id);
    if (!earlier) return [];
    return earlier.needed === 'no' ? effectiveAfter(earlier, planned) : [earlier];
  });
}

function spanOf(service: ServiceDefinition, fileOn: IsoDate, calendars: Pick<CaseContext, 'calendarFor'>) {
  const { acceptanceLimit, decisionLimit } = service;
  if (decisionLimit === null) return null;
  const runsFromFiling = decisionLimit.from === 'filing';
  const accepted =
    acceptanceLimit === null || runsFromFiling
      ? { dueOn: fileOn, provisional: false }
      : limitFrom(acceptanceLimit, fileOn, calendars);
  const decided = limitFrom(decisionLimit, accepted.dueOn, calendars);
  return {
    dueOn: decided.dueOn,
    // The law counts from an acceptance for which it sets no day.
    atLeast: acceptanceLimit === null && !runsFromFiling,
    provisional: accepted.provisional || decided.provisional,
  };
}
