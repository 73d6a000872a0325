import { evaluate } from '../policy/evaluate.ts';
import type { FactId } from '../policy/expression.ts';
import { type Refusal, refuse } from '../shared/refusal.ts';
import {
  type Dossier,
  endedWithoutGrant,
  type FilingRecord,
  factsOf,
  getService,
  getStep,
  type JourneyWorld,
} from './dossier.ts';
import type { JourneyStep } from './journey.ts';
import { lackingFor } from './needs.ts';

/** Where a step of a dossier stands: what may be filed now, and what waits for what. */
export type Standing =
  /** Not needed for these answers. */
  | { readonly state: 'notNeeded' }
  /** Nobody can tell yet whether it is needed: these facts would settle it. */
  | { readonly state: 'undetermined'; readonly facts: readonly FactId[] }
  | { readonly state: 'filed'; readonly filing: FilingRecord }
  /** Earlier steps are not granted yet, or have not served the output whose facts this one needs. */
  | { readonly state: 'waits'; readonly for: readonly string[] }
  /** An earlier step ended without a grant; this one cannot follow unless that one is filed anew and granted. */
  | { readonly state: 'blocked'; readonly by: readonly string[] }
  /** Only the applicant's facts or papers are missing. */
  | { readonly state: 'incomplete'; readonly facts: readonly FactId[]; readonly evidence: readonly string[] }
  | { readonly state: 'ready' };

/** A step whose filing ended without a grant stands as if it had not been filed, for it may be filed anew. */
export function standingOf(dossier: Dossier, step: JourneyStep, world: JourneyWorld): Standing {
  const filing = dossier.filings[step.id];
  if (filing && !endedWithoutGrant(filing)) return { state: 'filed', filing };
  const needed = step.when === null ? null : evaluate(step.when, factsOf(dossier));
  if (needed?.value === 'no') return { state: 'notNeeded' };
  if (needed?.value === 'unknown') return { state: 'undetermined', facts: needed.missing };

  const earlier = earlierSteps(step, dossier, world);
  const known: KnownProgress = new Map();
  const inProgress = (progress: Progress) =>
    earlier.filter((other) => progressOf(other, dossier, world, known) === progress).map(({ id }) => id);
  const failed = inProgress('failed');
  if (failed.length > 0) return { state: 'blocked', by: failed };
  const pending = inProgress('pending');
  if (pending.length > 0) return { state: 'waits', for: pending };

  const { facts, evidence } = lackingFor(getService(world, step), dossier);
  const providers = new Set(facts.flatMap((fact) => listProviders(fact, dossier, step, world)));
  if (providers.size > 0) return { state: 'waits', for: [...providers] };
  return facts.length + evidence.length > 0 ? { state: 'incomplete', facts, evidence } : { state: 'ready' };
}

/**
 * Why the order of the journey does not let a step be filed now; null where it does. Facts and papers that are missing
 * are the case's own to refuse for.
 *
 * Refuses: `serviceNotNeeded`, `earlierServicesOutstanding`, `earlierServicesFailed`.
 */
export function outOfOrder(dossier: Dossier, step: JourneyStep, world: JourneyWorld): Refusal | null {
  const standing = standingOf(dossier, step, world);
  const { citation } = getService(world, step);
  const services = (steps: readonly string[]) => steps.map((id) => getStep(world, id).service);
  switch (standing.state) {
    case 'notNeeded':
      return refuse('serviceNotNeeded', citation);
    case 'waits':
      return refuse('earlierServicesOutstanding', citation, { services: services(standing.for) });
    case 'blocked':
      return refuse('earlierServicesFailed', citation, { services: services(standing.by) });
    default:
      return null;
  }
}

/** Steps whose output may still establish a fact for this step. One that comes after it cannot. */
export function listProviders(
  fact: FactId,
  dossier: Dossier,
  step: JourneyStep,
  world: JourneyWorld,
): readonly string[] {
  const known: KnownProgress = new Map();
  return world.journey.steps
    .filter((other) => other !== step && getService(world, other).provides.includes(fact))
    .filter((other) => mayStillProvide(other, dossier, world, known) && !comesAfter(other, step, world))
    .map(({ id }) => id);
}

/** A step that nobody has filed holds later ones back; a filed one does until it is granted. */
type Progress = 'passed' | 'pending' | 'failed';
type KnownProgress = Map<JourneyStep, Progress>;

function progressOf(
  step: JourneyStep,
  dossier: Dossier,
  world: JourneyWorld,
  known: KnownProgress,
): Progress {
  const found = known.get(step) ?? findProgress(step, dossier, world, known);
  known.set(step, found);
  return found;
}

function findProgress(
  step: JourneyStep,
  dossier: Dossier,
  world: JourneyWorld,
  known: KnownProgress,
): Progress {
  const filing = dossier.filings[step.id];
  if (filing) {
    if (endedWithoutGrant(filing) || filing.outcome === 'refused') return 'failed';
    return filing.outcome === null ? 'pending' : 'passed';
  }
  const earlier = earlierSteps(step, dossier, world);
  return earlier.some((other) => progressOf(other, dossier, world, known) === 'failed')
    ? 'failed'
    : 'pending';
}

/** Steps that this one directly follows. One that is not needed passes on what it would have followed itself. */
function earlierSteps(step: JourneyStep, dossier: Dossier, world: JourneyWorld): readonly JourneyStep[] {
  const steps = new Set<JourneyStep>();
  const visited = new Set<string>();
  const visit = (id: string): void => {
    if (visited.has(id)) return;
    visited.add(id);
    const earlier = getStep(world, id);
    if (isSkipped(earlier, dossier)) earlier.after.forEach(visit);
    else steps.add(earlier);
  };
  step.after.forEach(visit);
  return [...steps];
}

function isSkipped(step: JourneyStep, dossier: Dossier): boolean {
  if (dossier.filings[step.id] || step.when === null) return false;
  return evaluate(step.when, factsOf(dossier)).value === 'no';
}

const outputIsOut = new Set(['served', 'closed']);

function mayStillProvide(
  step: JourneyStep,
  dossier: Dossier,
  world: JourneyWorld,
  known: KnownProgress,
): boolean {
  if (isSkipped(step, dossier) || outputIsOut.has(dossier.filings[step.id]?.status ?? '')) return false;
  return progressOf(step, dossier, world, known) !== 'failed';
}

function comesAfter(step: JourneyStep, other: JourneyStep, world: JourneyWorld): boolean {
  const visited = new Set<string>();
  const reaches = (id: string): boolean => {
    if (id === other.id) return true;
    if (visited.has(id)) return false;
    visited.add(id);
    return getStep(world, id).after.some(reaches);
  };
  return step.after.some(reaches);
}
