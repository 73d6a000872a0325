import type { z } from 'zod';

/** A kind of work that waits in the database until some process of the park does it. */
export interface Queue<Data extends object> extends QueueSettings {
  /** Ids, numbers and words of closed lists alone: whoever runs the park sees them, and reads no case. */
  readonly data: z.ZodType<Data>;
}

export interface QueueSettings {
  readonly name: string;
  /** `single`: of all processes of the park one does it at a time, and asking twice for what waits is asking once. */
  readonly runs: 'manyAtOnce' | 'single';
  /** Longest time one job may take before it counts as lost. Unit: seconds. */
  readonly longestSeconds: number;
}

export interface FailedJob {
  readonly jobId: string;
  readonly queue: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly enqueuedAt: Date;
  readonly failedAt: Date;
  readonly attempts: number;
  /** What the last attempt came to. */
  readonly reason: string;
  /** `failedAt` to the microsecond, which a `Date` does not hold. */
  readonly place: string;
}

/** Where a list of failed jobs goes on. */
export type FailedJobsPosition = Pick<FailedJob, 'place' | 'jobId'>;
