import { type Problem, problem, refused } from '../platform/http/problem.ts';
import type { OrderResult } from './case-order.ts';

/** What a caller is told of an order's end: the answer, that of the first time for a repetition, or why nothing was done. */
export function answerOfOrder<Body>(result: OrderResult): Body | Problem {
  switch (result.kind) {
    case 'done':
    case 'repeated':
      return result.answer.body as Body;
    case 'refused':
      return refused(result.refusal, result.service);
    case 'notFound':
      return problem('notFound');
    case 'versionConflict':
      return problem('versionConflict', { version: result.version });
    case 'keyReused':
      return problem('idempotencyKeyReused');
    case 'keyInFlight':
      return problem('idempotencyKeyInFlight');
    case 'stepFiled':
      return problem('versionConflict');
    case 'shuttingDown':
      return problem('shuttingDown');
    default:
      return result satisfies never;
  }
}
