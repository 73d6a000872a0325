import type { Language } from '@twinpark/contract/common.ts';
import type {
  DossierStepView,
  DossierSummary,
  DossierView,
  Lack,
} from '@twinpark/contract/dossier/dossiers.ts';
import { factsOf, getService, type JourneyWorld } from '@twinpark/kernel/dossier/dossier.ts';
import type { JourneyDefinition, JourneyStep } from '@twinpark/kernel/dossier/journey.ts';
import { planJourney, type StepUnderWay } from '@twinpark/kernel/dossier/plan.ts';
import { type Drift, findDrift, type Gap, listGaps } from '@twinpark/kernel/dossier/render.ts';
import { type Standing, standingOf } from '@twinpark/kernel/dossier/standing.ts';
import type { FactValue } from '@twinpark/kernel/policy/expression.ts';
import type { Zone } from '@twinpark/pack/zone.ts';
import { presentAct } from '../case/present-act.ts';
import { presentPlannedStep } from '../catalogue/present-journey.ts';
import { dateIn } from '../platform/clock.ts';
import type { Services } from '../services.ts';
import { type FilingRow, isLive } from './dossier-value.ts';
import type { HeldDossier } from './held-dossier.ts';
import type { ListedDossier } from './queries/dossiers.ts';
import type { FiledCase } from './queries/filings.ts';

/** A dossier as its applicant sees it, judged on the calendar date of this park. */
export function presentDossier(
  { zone, park, clock, calendarFor }: Pick<Services, 'zone' | 'park' | 'clock' | 'calendarFor'>,
  held: HeldDossier,
  language: Language,
): DossierView {
  const { row, dossier, filings, world } = held;
  const today = dateIn(park.timeZone, clock.now());
  const plan = planJourney(world, factsOf(dossier), today, { calendarFor }, underWay(filings, today));
  const gaps = listGaps(dossier, world);
  const drift = findDrift(dossier, world);
  return {
    ...presentHead(row, world.journey),
    journeyChanged: zone.journeys.get(row.journey)?.hash !== row.journeyHash,
    answers: Object.fromEntries(
      Object.entries(dossier.answers).map(([fact, { value, since }]) => [
        fact,
        { value: shown(value), since },
      ]),
    ),
    evidence: presentPapers(held),
    steps: plan.flatMap((planned): DossierStepView[] => {
      const step = world.journey.steps.find(({ id }) => id === planned.step);
      if (!step) return [];
      return [
        {
          ...presentPlannedStep(zone, world, planned),
          standing: presentStanding(standingOf(dossier, step, world)),
          filing: presentFiledCase(zone, filings.get(step.id), world, step, language),
          lack: presentLack(gaps, step),
          drift: drift.filter((difference) => difference.step === step.id).map(presentDrift),
        },
      ];
    }),
  };
}

export function presentDossierSummary(
  row: ListedDossier,
  journey: JourneyDefinition,
  filings: Iterable<FilingHead>,
): DossierSummary {
  return {
    ...presentHead(row, journey),
    filings: [...filings].map((filing) => ({ step: filing.step, ...presentFiling(filing) })),
  };
}

export type FilingHead = Omit<FilingRow, 'answers' | 'evidence'>;

/** What is missing for a step; nothing where it can take no more. */
export function presentLack(gaps: readonly Gap[], step: Pick<JourneyStep, 'id'>): Lack | null {
  const gap = gaps.find((candidate) => candidate.step === step.id);
  if (!gap) return null;
  return {
    facts: [...gap.facts],
    awaited: gap.awaited.map(({ fact, from }) => ({ fact, from: [...from] })),
    evidence: [...gap.evidence],
    mayFollow: [...gap.mayFollow],
  };
}

/** A value as it goes over the wire. */
export function shown(value: FactValue): string | number | boolean | string[] {
  return typeof value === 'object' ? [...value] : value;
}

function presentHead(row: ListedDossier, journey: JourneyDefinition) {
  return {
    dossierId: row.dossierId,
    journey: { id: row.journey, name: journey.name },
    title: row.title,
    // Only the contract's languages are ever stored.
    language: row.language as Language,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    changedAt: row.changedAt.toISOString(),
  };
}

function presentPapers({ dossier, papers }: HeldDossier): DossierView['evidence'] {
  return Object.values(dossier.evidence).flatMap(({ value: { type, name, digest }, since }) => {
    const paper = papers.get(digest);
    if (!paper) return [];
    const { evidenceId, sizeBytes, mediaType } = paper;
    return [{ type, name, sha256: digest, since, evidenceId, sizeBytes, mediaType }];
  });
}

function presentStanding(standing: Standing): DossierStepView['standing'] {
  switch (standing.state) {
    case 'undetermined':
      return { state: standing.state, facts: [...standing.facts] };
    case 'waits':
      return { state: standing.state, for: [...standing.for] };
    case 'blocked':
      return { state: standing.state, by: [...standing.by] };
    case 'incomplete':
      return { state: standing.state, facts: [...standing.facts], evidence: [...standing.evidence] };
    default:
      return { state: standing.state };
  }
}

function presentFiledCase(
  zone: Zone,
  filing: FiledCase | undefined,
  world: JourneyWorld,
  step: JourneyStep,
  language: Language,
): DossierStepView['filing'] {
  if (!filing) return null;
  const { caseNumber, waitingFor, applicantDueOn, decidedOn, act, definitionHash, service } = filing;
  const current = zone.services.get(service)?.hash;
  return {
    ...presentFiling(filing),
    caseNumber,
    waitingFor,
    applicantDueOn,
    decidedOn,
    act: act && presentAct(zone, act, getService(world, step), language),
    definitionChanged: definitionHash !== null && definitionHash !== current,
  };
}

function presentFiling({ caseId, attempt, service, park, filedOn, status, outcome }: FilingHead) {
  return { caseId, attempt, service, park, filedOn, status, outcome };
}

function presentDrift({ field, kind, filed, current, since }: Drift): DossierStepView['drift'][number] {
  return { field, kind, filed: filed === null ? null : shown(filed), current: shown(current), since };
}

/** The days that running and decided cases have; a case that ended without a grant is planned anew. */
function underWay(filings: ReadonlyMap<string, FiledCase>, today: string): ReadonlyMap<string, StepUnderWay> {
  return new Map(
    [...filings]
      .filter(([, filing]) => isLive(filing))
      .map(([step, { filedOn, decidedOn, outcome }]) => [
        step,
        { filedOn, decidedOn: decidedOn ?? (outcome === null ? null : today) },
      ]),
  );
}
