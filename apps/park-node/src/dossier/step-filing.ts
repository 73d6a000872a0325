import { actionTable } from '@twinpark/kernel/case/action-table.ts';
import type { CaseCommand } from '@twinpark/kernel/case/commands.ts';
import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import { type CaseState, type EvidenceItem, noCase } from '@twinpark/kernel/case/state.ts';
import { factsOf, getService } from '@twinpark/kernel/dossier/dossier.ts';
import type { JourneyStep } from '@twinpark/kernel/dossier/journey.ts';
import { amendmentFor, renderFiling } from '@twinpark/kernel/dossier/render.ts';
import { outOfOrder } from '@twinpark/kernel/dossier/standing.ts';
import type { Facts } from '@twinpark/kernel/policy/expression.ts';
import { type Refusal, refuse } from '@twinpark/kernel/shared/refusal.ts';
import type { Zone } from '@twinpark/pack/zone.ts';
import { isLive } from './dossier-value.ts';
import type { HeldDossier } from './held-dossier.ts';

/** What a step sends to its authority, as its preview shows it and as it goes out. */
export interface StepFiling {
  readonly step: JourneyStep;
  readonly kind: 'filing' | 'amendment';
  readonly service: ServiceDefinition;
  readonly fields: Facts;
  readonly papers: readonly EvidenceItem[];
  readonly commands: readonly CaseCommand[];
  /** Why the journey or the state of the step stands against it; the case has its own say. */
  readonly refusal: Refusal | null;
}

/** The case of a step from its beginning, with what its service needs from the dossier as it stands. */
export function filingOf(
  held: HeldDossier,
  step: JourneyStep,
  caseId: string,
  { zone, today }: { readonly zone: Zone; readonly today: string },
): StepFiling {
  const { dossier, world, filings } = held;
  const service = getService(world, step);
  const { answers, evidence } = renderFiling(dossier, step.id, service);
  const filing = filings.get(step.id);
  return {
    step,
    kind: 'filing',
    service,
    fields: answers,
    papers: evidence,
    commands: [{ type: 'openCase', caseId, dossier: dossier.id, answers, evidence }, { type: 'fileCase' }],
    refusal:
      filing && isLive(filing)
        ? notInStatus('fileCase', filing.status, service)
        : (noLongerOffered(service, zone, today) ?? outOfOrder(dossier, step, world)),
  };
}

/** What the filed case of a step does not have as the dossier does, and what its authority asked for. */
export function amendmentOf(held: HeldDossier, step: JourneyStep, state: CaseState): StepFiling {
  const { dossier, world, filings } = held;
  const service = getService(world, step);
  const filing = filings.get(step.id);
  const known = state.status === 'none' ? filing : state;
  const amendment = known
    ? withAsked(amendmentFor(dossier, service, known), held, state)
    : { answers: {}, evidence: [] };
  return {
    step,
    kind: 'amendment',
    service,
    fields: amendment.answers,
    papers: amendment.evidence,
    commands: [{ type: isOwing(state) ? 'supplyEvidence' : 'amendCase', ...amendment }],
    refusal: isLive(filing) ? null : notInStatus('amendCase', filing?.status ?? noCase.status, service),
  };
}

interface Amendment {
  readonly answers: Facts;
  readonly evidence: readonly EvidenceItem[];
}

/**
 * Adds what the authority asked for by name, even where these answers would not need it. A fact may be confirmed as it
 * stands; a paper that the case has already answers nothing.
 */
function withAsked(amendment: Amendment, { dossier }: HeldDossier, state: CaseState): Amendment {
  if (state.status !== 'awaitingEvidence') return amendment;
  const { facts, evidence: types } = state.request;
  const known = factsOf(dossier);
  const answers = facts.flatMap((fact) => {
    const value = known[fact];
    return value === undefined ? [] : [[fact, value] as const];
  });
  const papers = types
    .filter((type) => !amendment.evidence.some((item) => item.type === type))
    .flatMap((type) => {
      const paper = dossier.evidence[type]?.value;
      return paper && state.evidence[type]?.digest !== paper.digest ? [paper] : [];
    });
  return {
    answers: { ...amendment.answers, ...Object.fromEntries(answers) },
    evidence: [...amendment.evidence, ...papers],
  };
}

/** Whether the applicant owes the case something: what was asked for, or a paper that could follow. */
function isOwing(state: CaseState): boolean {
  if (state.status === 'awaitingEvidence') return true;
  if (state.status !== 'inExamination' && state.status !== 'suspended') return false;
  return Object.keys(state.debts).length > 0;
}

/** A service that the zone pack has dropped takes no filing, even from a dossier that was begun when it was there. */
function noLongerOffered({ id, citation }: ServiceDefinition, zone: Zone, today: string): Refusal | null {
  return zone.services.has(id) ? null : refuse('serviceNotInForce', citation, { service: id, on: today });
}

function notInStatus(
  action: 'fileCase' | 'amendCase',
  status: CaseState['status'],
  { citation }: ServiceDefinition,
): Refusal {
  return refuse('actionNotInStatus', citation, { action, status, statuses: actionTable[action].in });
}
