import type { IsoDate } from '../shared/date.ts';
import { refuse } from '../shared/refusal.ts';
import { limitFrom } from './clock.ts';
import type { CaseContext } from './context.ts';
import { missingEvidence } from './filing.ts';
import { accept, always, decline, event, type Handler } from './handler.ts';
import type { FiledCase } from './state.ts';

/** Acceptance (受理): the authority takes the filing on, with minor papers owed if the rule allows, or declines it. */

export const acceptCase: Handler<'acceptCase'> = {
  ready: always,
  decide: (_, state, context) =>
    accept(event(context, 'caseAccepted', { debts: debtsOf(state, context), tacit: false })),
};

export const declineAcceptance: Handler<'declineAcceptance'> = {
  ready: always,
  decide(command, _, context) {
    if (command.reasons.length === 0) return decline(refuse('reasonMissing', context.service.citation));
    return accept(event(context, 'acceptanceDeclined', { reasons: command.reasons }));
  },
};

/** Minor papers still owed (容缺受理) and the day each is due, counted from the acceptance. */
export function debtsOf(state: FiledCase, context: CaseContext): Readonly<Record<string, IsoDate>> {
  const debts: Record<string, IsoDate> = {};
  for (const { type, debt } of missingEvidence(context.service, state.answers, state.evidence)) {
    if (debt === null) continue;
    debts[type] = limitFrom(debt, context.today, context).dueOn;
  }
  return debts;
}
