import type { StepDefinition } from '@twinpark/kernel/case/definition.ts';
import type { CaseEvent } from '@twinpark/kernel/case/events.ts';
import { type CarryOutOptions, carryOut } from '../case/carry-out.ts';
import type { CaseOrder, RecordedCase } from '../case/case-order.ts';
import type { Tx } from '../platform/database/store.ts';
import { peerAuthority } from './peer-order.ts';
import {
  type DossierWord,
  listJointWords,
  listPendingCases,
  lockJointDossiers,
  markHeard,
} from './queries/joint-words.ts';

/**
 * What the other side says in a joint step reaches this side's case in the transaction that takes it, or later in the one
 * that opens the case to it: each word in its turn, so that none is taken for the answer of another round.
 *
 * Source: docs/decisions/0022-joint-words.md; the model is kernel/dossier/simulate.ts.
 */
type Hearing = { readonly caseId: string; readonly step: StepDefinition; readonly word: DossierWord };

/** Lets the newest pending case of each dossier hear what was just said there. The dossiers are locked. */
export async function hearNewWords(
  tx: Tx,
  places: readonly Pick<DossierWord, 'dossierId' | 'panel'>[],
  options: CarryOutOptions,
): Promise<void> {
  const dossierIds = places.map(({ dossierId }) => dossierId);
  const cases = await listPendingCases(tx, dossierIds);
  if (cases.length === 0) return;
  await options.definitions.load(
    tx,
    cases.map(({ definitionHash }) => definitionHash),
  );
  const words = await listJointWords(tx, dossierIds);
  const hearings = places.flatMap((place): readonly Hearing[] => {
    const word = words.find((each) => each.dossierId === place.dossierId && each.panel === place.panel);
    if (!word) return [];
    for (const { caseId, dossierId, definitionHash } of cases) {
      const step =
        dossierId === word.dossierId && twinOf(word, options.definitions.service(definitionHash).steps);
      if (step) return isFor(word, caseId) ? [{ caseId, step, word }] : [];
    }
    return [];
  });
  await hear(tx, hearings, options);
}

/** Lets cases hear what was said before they were open to it: as they are filed, come back, or the panel meets again. */
export async function hearWaitingWords(
  tx: Tx,
  recorded: readonly RecordedCase[],
  options: CarryOutOptions,
): Promise<void> {
  const opened = recorded.flatMap(({ row, service, events }) => {
    const { caseId, dossierId } = row;
    const steps = service.steps.filter(({ joint }) => joint?.otherPark === options.peer);
    const concerns = options.peer !== null && steps.length > 0 && events.some(opensToWords);
    return concerns && dossierId !== null ? [{ caseId, dossierId, steps }] : [];
  });
  if (opened.length === 0) return;
  const dossierIds = opened.map(({ dossierId }) => dossierId);
  await lockJointDossiers(tx, dossierIds);
  const words = await listJointWords(tx, dossierIds);
  const hearings = opened.flatMap(({ caseId, dossierId, steps }) =>
    words.flatMap((word) => {
      const step = word.dossierId === dossierId && isFor(word, caseId) ? twinOf(word, steps) : null;
      return step ? [{ caseId, step, word }] : [];
    }),
  );
  await hear(tx, hearings, options);
}

function opensToWords(event: CaseEvent): boolean {
  return (
    event.type === 'caseFiled' ||
    event.type === 'caseReopened' ||
    (event.type === 'jointOutcomeReached' && event.consequence === 'deliberateAgain')
  );
}

/** The joint step of this side that the word is for. */
function twinOf({ panel }: DossierWord, steps: readonly StepDefinition[]): StepDefinition | null {
  return steps.find(({ joint }) => joint?.id === panel) ?? null;
}

/**
 * Whether a case is still to hear a word. What a case of the other side said that has ended was for the one that has
 * heard it, and is not for a case that is filed anew.
 */
function isFor({ answer, heardBy, ended }: DossierWord, caseId: string): boolean {
  return answer !== null && heardBy !== caseId && !(ended && heardBy !== null);
}

/** A word that the case does not take, such as a second one in one round, stays noted. */
async function hear(tx: Tx, hearings: readonly Hearing[], options: CarryOutOptions): Promise<void> {
  for (const turn of inTurns(hearings)) {
    // Marked before, because recording it may open the case to the next word.
    for (const { word, caseId } of turn) await markHeard(tx, word, caseId);
    const results = await carryOut(tx, turn.map(orderOf), options);
    for (const [index, { word }] of turn.entries()) {
      if (results[index]?.kind !== 'done') await markHeard(tx, word, word.heardBy);
    }
  }
}

/** One word for each case at a time. */
function inTurns(hearings: readonly Hearing[]): readonly (readonly Hearing[])[] {
  const ofCase = [...Map.groupBy(hearings, ({ caseId }) => caseId).values()];
  const longest = Math.max(0, ...ofCase.map(({ length }) => length));
  return Array.from({ length: longest }, (_, turn) => ofCase.flatMap((each) => each[turn] ?? []));
}

function orderOf({ caseId, step, word }: Hearing): CaseOrder {
  const { panel, answer, conditions } = word;
  if (answer === null) throw new Error('Only an answer can be heard');
  // As this side's law names it, which may be by the body that decides or by the one that holds the step.
  const organization = step.joint?.otherAuthority ?? '';
  return {
    caseId,
    reader: null,
    actor: peerAuthority(organization),
    commands: [{ type: 'recordContribution', step: step.id, answer, conditions }],
    opening: null,
    output: null,
    idempotency: null,
    audit: {
      action: 'case.recordContribution',
      personId: null,
      organization,
      role: null,
      subjectKind: 'case',
      subjectId: caseId,
      requestId: null,
      details: { panel },
    },
    answer: () => ({ status: 200, body: null }),
  };
}
