import { type Refusal, refuse } from '../shared/refusal.ts';
import { type CaseAction, caseActions } from '../vocabulary.ts';
import { acceptCase, declineAcceptance } from './acceptance.ts';
import { actionTable } from './action-table.ts';
import { closeCase, decideRemedy, lodgeRemedy, serveOutput } from './closing.ts';
import type { CaseCommand } from './commands.ts';
import type { CaseContext } from './context.ts';
import {
  approveDecision,
  decideCase,
  declareTacitEffect,
  proposeDecision,
  returnProposal,
} from './decision.ts';
import { amendCase, declareLapse, requestEvidence, supplyEvidence } from './evidence.ts';
import { fileCase, openCase, withdrawCase } from './filing.ts';
import { decline, type Handler, type Outcome } from './handler.ts';
import { contribute, recordContribution } from './joint.ts';
import type { CaseState } from './state.ts';
import { completeStep } from './steps.ts';
import { extendLimit, resumeCase, suspendCase } from './suspension.ts';

const handlers: { readonly [Action in CaseAction]: Handler<Action> } = {
  openCase,
  amendCase,
  fileCase,
  withdrawCase,
  acceptCase,
  declineAcceptance,
  requestEvidence,
  supplyEvidence,
  declareLapse,
  completeStep,
  contribute,
  recordContribution,
  suspendCase,
  resumeCase,
  extendLimit,
  decideCase,
  proposeDecision,
  returnProposal,
  approveDecision,
  declareTacitEffect,
  serveOutput,
  closeCase,
  lodgeRemedy,
  decideRemedy,
};

/**
 * What a command does to a case: the events that follow, or the reason why nothing does.
 *
 * Refuses: by the action table first (status, role, desk), then by what the action itself requires.
 */
export function decide(command: CaseCommand, state: CaseState, context: CaseContext): Outcome {
  const refusal = whyNot(command.type, state, context);
  if (refusal) return decline(refusal);
  return handlerOf(command.type).decide(command as never, state as never, context);
}

export interface Availability {
  readonly action: CaseAction;
  /** Null where the action is open to this actor today. */
  readonly refusal: Refusal | null;
}

/** Every action with, for those not open to this actor today, the reason. */
export function availableActions(state: CaseState, context: CaseContext): readonly Availability[] {
  return caseActions.map((action) => ({ action, refusal: whyNot(action, state, context) }));
}

function whyNot(action: CaseAction, state: CaseState, context: CaseContext): Refusal | null {
  return (
    forbiddenByTable(action, state, context) ??
    outOfStep(state, context) ??
    handlerOf(action).ready(state as never, context)
  );
}

function forbiddenByTable(
  action: CaseAction,
  state: CaseState,
  { actor, service }: CaseContext,
): Refusal | null {
  const rule = actionTable[action];
  if (!(rule.by as readonly string[]).includes(actor.role)) {
    return refuse('roleMayNot', service.citation, { action, role: actor.role, roles: rule.by });
  }
  if (!(rule.in as readonly string[]).includes(state.status)) {
    return refuse('actionNotInStatus', service.citation, { action, status: state.status, statuses: rule.in });
  }
  if (rule.desk === 'applicant' && state.status !== 'none' && state.applicant !== actor.organization) {
    return refuse('notYourCase', service.citation);
  }
  if (rule.desk === 'authority' && actor.role === 'officer' && actor.organization !== service.authority) {
    return refuse('notYourDesk', service.citation, { desk: service.authority });
  }
  return null;
}

/** A case keeps to its own definition, and its acts to the order of their dates. */
function outOfStep(state: CaseState, { service, today }: CaseContext): Refusal | null {
  if (state.status === 'none') return null;
  if (state.definition.hash !== service.hash) {
    return refuse('definitionNotPinned', service.citation, {
      filedUnder: state.definition.hash,
      given: service.hash,
    });
  }
  return today < state.lastOn ? refuse('dateBeforeLastEvent', null, { lastOn: state.lastOn, today }) : null;
}

// The table ties each action to the states its handler takes; a mapped look-up cannot carry that tie.
function handlerOf(action: CaseAction): Handler<never> {
  return handlers[action] as unknown as Handler<never>;
}
