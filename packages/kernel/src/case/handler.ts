import type { Refusal } from '../shared/refusal.ts';
import type { CaseAction, CaseEventType } from '../vocabulary.ts';
import type { actionTable } from './action-table.ts';
import type { CommandOf } from './commands.ts';
import type { CaseContext } from './context.ts';
import type { CaseEvent, EventOf } from './events.ts';
import type { CaseState } from './state.ts';

/** The states in which the action table allows an action. */
export type StateFor<Action extends CaseAction> = Extract<
  CaseState,
  { readonly status: (typeof actionTable)[Action]['in'][number] }
>;

export type Outcome = { readonly events: readonly CaseEvent[] } | { readonly refusal: Refusal };

/** One action: what must hold before anybody knows the details, and what follows from the details. */
export interface Handler<Action extends CaseAction> {
  /** The reason why the action is not open now, whatever its details; null where it is. */
  readonly ready: (state: StateFor<Action>, context: CaseContext) => Refusal | null;
  readonly decide: (command: CommandOf<Action>, state: StateFor<Action>, context: CaseContext) => Outcome;
}

type FieldsOf<Type extends CaseEventType> = Omit<EventOf<Type>, 'type' | 'on' | 'at' | 'by'>;

/** An event of this moment and actor. */
export function event<Type extends CaseEventType>(
  context: CaseContext,
  type: Type,
  fields: FieldsOf<Type>,
): CaseEvent {
  return { type, on: context.today, at: context.at, by: context.actor, ...fields } as unknown as CaseEvent;
}

export function accept(...events: CaseEvent[]): Outcome {
  return { events };
}

export function decline(refusal: Refusal): Outcome {
  return { refusal };
}

export const always = (): null => null;
