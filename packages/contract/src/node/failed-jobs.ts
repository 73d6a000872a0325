import { z } from 'zod';
import { idSchema, instantSchema, pageOf, pageQuery } from '../common.ts';
import { endpoint } from '../endpoint.ts';

const failedJobSchema = z
  .object({
    jobId: idSchema,
    queue: z.string(),
    data: z.record(z.string(), z.unknown()).describe('Ids and numbers of what the job is about'),
    enqueuedAt: instantSchema,
    failedAt: instantSchema,
    attempts: z.int(),
    reason: z.string().describe('What the last attempt came to, in the words of the program'),
  })
  .meta({ id: 'FailedJob' });

export const listFailedJobs = endpoint({
  id: 'listFailedJobs',
  method: 'GET',
  path: '/api/failed-jobs',
  tag: 'Node',
  summary: 'Work of the node that failed for good, the oldest first',
  access: ['operator'],
  query: z.object(pageQuery),
  success: { status: 200, body: pageOf(failedJobSchema) },
  effect: false,
  problems: ['cursorInvalid'],
});

export const retryJob = endpoint({
  id: 'retryJob',
  method: 'POST',
  path: '/api/failed-jobs/:jobId/retry',
  tag: 'Node',
  summary: 'Lets a failed job begin again, with all its attempts',
  access: ['operator'],
  params: z.object({ jobId: idSchema }),
  success: { status: 204, body: null },
  effect: true,
  problems: ['notFound'],
});
