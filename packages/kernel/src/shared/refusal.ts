import type { RefusalCode } from '../vocabulary.ts';
import type { Citation } from './citation.ts';

/** Why a command changes nothing: a value, never an exception. */
export interface Refusal {
  readonly code: RefusalCode;
  /** The rule that decides; null where no rule of law but the state of things stands in the way. */
  readonly clause: Citation | null;
  /** What the reader needs to understand it: ids, dates, names, by name. */
  readonly facts: Readonly<Record<string, string | number | readonly string[]>>;
}

export function refuse(
  code: RefusalCode,
  clause: Citation | null = null,
  facts: Refusal['facts'] = {},
): Refusal {
  return { code, clause, facts };
}
