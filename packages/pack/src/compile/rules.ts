import type { Expression } from '@twinpark/kernel/policy/expression.ts';
import type { Citation, Period } from '@twinpark/kernel/shared/citation.ts';
import type { TimeLimit } from '@twinpark/kernel/shared/time-limit.ts';
import type { z } from 'zod';
import { checkExpression, type FactDictionary } from '../expression.ts';
import type { cited } from '../schema/common.ts';
import type { timeLimit } from '../schema/services.ts';

/** The parts that rules of every kind are made of: where they stand, how long they hold, when they apply. */

type Cited = z.infer<z.ZodObject<typeof cited>>;

export function citationOf({ source, status, note }: Cited): Citation {
  return {
    instrument: source.instrument ?? null,
    clause: clauseOf(source.clause),
    date: source.date ?? null,
    seen: source.seen ?? [],
    status,
    ...(note && { note }),
  };
}

/** A pack says `not established` where no clause was found, so that nobody takes it for an omission. */
function clauseOf(clause: string | undefined): string | null {
  return clause === undefined || clause.trim().toLowerCase() === 'not established' ? null : clause;
}

export function periodOf({
  from,
  to,
}: {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}): Period {
  return { from: from ?? null, to: to ?? null };
}

/**
 * The kernel's tree of a condition.
 *
 * Throws: for a condition with problems; the check of the pack refuses it first.
 */
export function conditionOf(text: string | undefined, facts: FactDictionary): Expression | null {
  if (text === undefined) return null;
  const checked = checkExpression(text, facts);
  if ('expression' in checked) return checked.expression;
  const [problem] = checked.problems;
  throw new Error(`A checked pack holds a condition with a problem (${problem?.code}): ${text}`);
}

export type PackLimit = z.infer<typeof timeLimit>;

/** What a limit takes from its place in the pack when it does not say so itself. */
export interface LimitDefaults {
  readonly from: TimeLimit['from'];
  readonly calendars: readonly string[];
}

/** The limit with its defaults applied; null where the pack says that none is established. */
export function limitOf(limit: PackLimit | undefined, defaults: LimitDefaults): TimeLimit | null {
  if (limit === undefined || 'notEstablished' in limit) return null;
  const { extension } = limit;
  // A week is seven days, holidays and all.
  const [unit, factor] = limit.unit === 'weeks' ? (['calendarDays', 7] as const) : ([limit.unit, 1] as const);
  return {
    amount: limit.amount * factor,
    unit,
    starts: limit.starts ?? 'dayAfter',
    from: limit.from ?? defaults.from,
    calendars: limit.calendars ?? defaults.calendars,
    rollsForward: limit.rollsForward ?? false,
    tacit: limit.tacit ?? null,
    extension: extension
      ? { amount: extension.amount * factor, times: extension.times, citation: citationOf(extension) }
      : null,
    citation: citationOf(limit),
  };
}
