import type { IsoDate } from '../shared/date.ts';
import { refuse } from '../shared/refusal.ts';
import { limitFrom } from './clock.ts';
import type { CaseContext } from './context.ts';
import type { CaseEvent } from './events.ts';
import { incomplete, missingEvidence } from './filing.ts';
import { accept, decline, event, type Handler } from './handler.ts';
import { tooLateToAct } from './silence.ts';
import type { FiledCase } from './state.ts';

/** Acceptance (受理): the authority takes the filing on, with minor papers owed if the rule allows, or declines it. */

export const acceptCase: Handler<'acceptCase'> = {
  ready: (state, context) =>
    tooLateToAct(state, context) ?? incomplete(state, context.service, ({ debt }) => debt !== null),
  decide: (_, state, context) => accept(accepted(state, context.today, false, context)),
};

export const declineAcceptance: Handler<'declineAcceptance'> = {
  ready: tooLateToAct,
  decide(command, _, context) {
    if (command.reasons.length === 0) return decline(refuse('reasonMissing', context.service.citation));
    return accept(event(context, 'acceptanceDeclined', { reasons: command.reasons }));
  },
};

/** The acceptance and the minor papers that it leaves owed (容缺受理), each due so long after it. */
export function accepted(
  state: FiledCase,
  acceptedOn: IsoDate,
  tacit: boolean,
  context: CaseContext,
): CaseEvent {
  const debts: Record<string, IsoDate> = {};
  for (const { type, debt } of missingEvidence(context.service, state.answers, state.evidence)) {
    if (debt !== null) debts[type] = limitFrom(debt, acceptedOn, context).dueOn;
  }
  return event(context, 'caseAccepted', { acceptedOn, debts, tacit });
}
