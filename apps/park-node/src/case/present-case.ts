import type { CaseView } from '@twinpark/contract/case/case-view.ts';
import type { CaseContext } from '@twinpark/kernel/case/context.ts';
import { availableActions } from '@twinpark/kernel/case/decide.ts';
import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import { missingEvidence, missingFacts } from '@twinpark/kernel/case/filing.ts';
import { type CaseState, type EvidenceItem, noCase } from '@twinpark/kernel/case/state.ts';
import { evaluate } from '@twinpark/kernel/policy/evaluate.ts';
import type { Refusal } from '@twinpark/kernel/shared/refusal.ts';
import { namesOf } from '@twinpark/pack/words/names.ts';
import { refusalInWords } from '@twinpark/pack/words/refusal.ts';
import { wordsIn } from '@twinpark/pack/words/words.ts';
import { getPark, type Zone } from '@twinpark/pack/zone.ts';
import { citeLaw } from '../catalogue/present-law.ts';
import { dateIn } from '../platform/clock.ts';
import type { PeerAct } from '../platform/database/tables.ts';
import type { Services } from '../services.ts';
import { actionsOf, actorFor } from './case-actor.ts';
import { type CaseNotes, noNotes } from './case-notes.ts';
import { presentAct } from './present-act.ts';
import { nameEvidence, nameFact, presentCaseFacts } from './present-case-fields.ts';
import { presentCaseSummary, type ShownCase } from './present-case-summary.ts';
import { presentClocks } from './present-clocks.ts';
import { presentRemedies } from './present-remedies.ts';
import { presentSteps } from './present-steps.ts';
import type { OpenedCase } from './project-case.ts';
import { personFor, type ReaderView } from './reader-view.ts';

export interface PresentedCase {
  readonly row: ShownCase;
  readonly state: OpenedCase;
  readonly service: ServiceDefinition;
  /** The applicant's newest act, where the other park decides. */
  readonly act?: PeerAct | null;
  readonly notes?: CaseNotes;
}

type World = Pick<Services, 'zone' | 'clock' | 'calendarFor'>;

/** A case as one reader may know it, with what that reader may do with it today. */
export function presentCase(
  world: World,
  { row, state, service, act, notes = noNotes }: PresentedCase,
  view: ReaderView,
): CaseView {
  const { zone } = world;
  const context = contextFor(world, service, view);
  const held = state.status === 'underRemedy' ? state.challenged : state;
  return {
    ...presentCaseSummary(zone, row, service, view),
    language: row.language,
    definition: { hash: service.hash, inForce: zone.services.get(service.id)?.hash === service.hash },
    facts: presentCaseFacts(zone, state.answers, service),
    evidence: Object.values(state.evidence).map((item) => ({
      ...presentPaper(zone, item),
      onItsWay: notes.onTheirWay.includes(item.digest),
    })),
    missing: {
      facts: missingFacts(service, state.answers).map((fact) => nameFact(zone, fact)),
      evidence: missingEvidence(service, state.answers, state.evidence).map(({ type }) =>
        nameEvidence(zone, type),
      ),
    },
    request: presentRequest(zone, state),
    debts: presentDebts(zone, held),
    criteria: presentCriteria(zone, service, state),
    steps: presentSteps(zone, { caseId: row.caseId, service, state: held, words: notes.words }, view.reader),
    clocks: presentClocks(zone, service, state, context),
    procedure: presentProcedure(service, state),
    proposal: mayKnowProposal(row, view) ? presentProposal(held, row, view) : null,
    decision: 'decision' in held ? mutable(held.decision) : null,
    notAccepted: held.status === 'notAccepted' ? { reasons: [...held.reasons], on: held.servedOn } : null,
    remedies: presentRemedies(zone, service, state, context),
    output:
      'receiptNumber' in held
        ? {
            receiptNumber: held.receiptNumber,
            servedOn: held.servedOn,
            href: `/api/cases/${row.caseId}/output`,
          }
        : null,
    // Of a filing that the other park refused there is no case with which anything could be done.
    actions: presentActions(zone, service, row.status === 'none' ? noCase : state, context, view),
    act: act ? presentAct(zone, act, service, view.language) : null,
  };
}

/** What the kernel is asked for a reader: today, in the park that decides. */
export function contextFor(
  { zone, clock, calendarFor }: World,
  service: ServiceDefinition,
  { reader }: Pick<ReaderView, 'reader'>,
): CaseContext {
  const now = clock.now();
  return {
    actor: actorFor(reader, 'withdrawCase'),
    today: dateIn(getPark(zone, service.park).timeZone, now),
    at: now.toString(),
    service,
    calendarFor,
  };
}

function presentActions(
  zone: Zone,
  service: ServiceDefinition,
  state: CaseState,
  context: CaseContext,
  { reader, role, language }: ReaderView,
): CaseView['actions'] {
  const words = wordsIn[language];
  const names = namesOf(zone, words);
  const inWords = (refusal: Refusal) => ({
    code: refusal.code,
    detail: refusalInWords(refusal, service, names, words),
    clause: refusal.clause && citeLaw(zone, refusal.clause),
  });
  const actions = actionsOf(role, service, reader);
  const refusals = new Map(
    (['withdrawCase', 'decideRemedy'] as const).flatMap((capacity) => {
      const availability = availableActions(state, { ...context, actor: actorFor(reader, capacity) });
      return availability
        .filter(({ action }) => (action === 'decideRemedy') === (capacity === 'decideRemedy'))
        .map(({ action, refusal }) => [action, refusal] as const);
    }),
  );
  return actions.map((action) => {
    const refusal = refusals.get(action) ?? null;
    return { action, refusal: refusal && inWords(refusal) };
  });
}

function presentRequest(zone: Zone, state: OpenedCase): CaseView['request'] {
  if (state.status !== 'awaitingEvidence') return null;
  const { facts, evidence, requestedOn, dueOn } = state.request;
  return {
    facts: facts.map((fact) => nameFact(zone, fact)),
    evidence: evidence.map((type) => nameEvidence(zone, type)),
    requestedOn,
    dueOn,
  };
}

function presentDebts(zone: Zone, held: OpenedCase): CaseView['debts'] {
  const debts = 'debts' in held ? Object.entries(held.debts) : [];
  return debts.map(([type, dueOn]) => ({ type: nameEvidence(zone, type), dueOn }));
}

function presentCriteria(
  zone: Zone,
  { criteria }: ServiceDefinition,
  { answers }: OpenedCase,
): CaseView['criteria'] {
  return criteria.map(({ id, name, test, citation }) => {
    const { value, missing } =
      test === null ? { value: 'judged' as const, missing: [] } : evaluate(test, answers);
    return {
      id,
      name,
      value,
      missing: missing.map((fact) => nameFact(zone, fact)),
      law: citeLaw(zone, citation),
    };
  });
}

function presentProcedure(
  { specialProcedures }: ServiceDefinition,
  state: OpenedCase,
): CaseView['procedure'] {
  if (state.status !== 'suspended') return null;
  const name = specialProcedures.find(({ id }) => id === state.procedure)?.name ?? {};
  return { id: state.procedure, name, since: state.suspendedOn };
}

/** What goes on between two officers of the authority stays with them until the decision is out. */
function mayKnowProposal({ authority }: ShownCase, { reader }: ReaderView): boolean {
  return reader.kind === 'oversight' || reader.organization === authority;
}

function presentProposal(held: OpenedCase, { authority }: ShownCase, view: ReaderView): CaseView['proposal'] {
  const proposal = 'proposal' in held ? held.proposal : null;
  if (!proposal) return null;
  const by = personFor(view, proposal.by, authority);
  return by && { ...mutable(proposal), by };
}

function presentPaper(zone: Zone, { type, name, digest }: EvidenceItem) {
  return { type: nameEvidence(zone, type), name, sha256: digest };
}

function mutable<
  Decided extends { readonly reasons: readonly string[]; readonly conditions: readonly string[] },
>(decided: Decided) {
  return { ...decided, reasons: [...decided.reasons], conditions: [...decided.conditions] };
}
