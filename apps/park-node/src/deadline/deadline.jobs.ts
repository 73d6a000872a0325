import { z } from 'zod';
import type { Queue } from '../platform/jobs/queue.ts';

/** Rings what is due. */
export const ringQueue: Queue<Record<never, never>> = {
  name: 'ring-deadlines',
  data: z.object({}),
  runs: 'single',
  longestSeconds: 6 * 3_600,
};

/** Counts provisional limits anew when the calendars have changed. */
export const recountQueue: Queue<Record<never, never>> = {
  name: 'recount-provisional-deadlines',
  data: z.object({}),
  runs: 'single',
  longestSeconds: 6 * 3_600,
};
