import type { IsoDate } from './date.ts';
import type { Text } from './text.ts';

/**
 * How far a value of the zone pack may be trusted.
 *
 * `verified`: stated in a cited public source. `unverified`: commonly known or uncertain, shown with the doubt.
 * `illustrative`: made up to show a mechanism. `superseded`: was true until its end date.
 */
export const reviewStatuses = ['verified', 'unverified', 'illustrative', 'superseded'] as const;
export type ReviewStatus = (typeof reviewStatuses)[number];

/** Where a rule, clock, fee or fact stands: the instrument and clause, and the public texts in which it was seen. */
export interface Citation {
  /** Id of a legal resource of the pack; null where the value is stated only in a report. */
  readonly instrument: string | null;
  /** Article or paragraph as the instrument words it; null where the pack says it is not established. */
  readonly clause: string | null;
  /** Date of the cited text: a day, a month (`2024-05`) or a year (`2024`). */
  readonly date: string | null;
  /** Ids of the pack's source documents. */
  readonly seen: readonly string[];
  readonly status: ReviewStatus;
  /** The doubt, or what the value leaves out, in words for the reader. */
  readonly note?: Text;
}

/** Calendar dates between which something is in force, both included; null leaves that end open. */
export interface Period {
  readonly from: IsoDate | null;
  readonly to: IsoDate | null;
}
