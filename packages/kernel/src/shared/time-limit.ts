import type { TimeUnit } from '../vocabulary.ts';
import type { Citation } from './citation.ts';

/** A legal time limit as its clause words it. */
export interface TimeLimit {
  readonly amount: number;
  readonly unit: TimeUnit;
  /** Whether the day of the triggering act counts. */
  readonly starts: 'sameDay' | 'dayAfter';
  /** The act that sets the limit running. */
  readonly from: 'filing' | 'acceptance';
  /** Calendars whose working days count. Two ids mean that a day must be a working day in both. */
  readonly calendars: readonly string[];
  /** Whether a limit that ends on a day that is not a working day runs to the next working day. */
  readonly rollsForward: boolean;
  /** What silence means in law once the limit has passed; null where it means nothing. */
  readonly tacit: 'granted' | 'refused' | null;
  readonly extension: {
    /** In the unit of the limit. */
    readonly amount: number;
    readonly times: number;
    readonly citation: Citation;
  } | null;
  readonly citation: Citation;
}

/** Days that a limit leaves out, both ends included: the applicant supplies evidence, or a special procedure runs. */
export interface Pause {
  readonly from: string;
  readonly to: string;
  readonly cause: PauseCause;
}

export type PauseCause =
  | { readonly kind: 'evidence' }
  | { readonly kind: 'specialProcedure'; readonly procedure: string };
