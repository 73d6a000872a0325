import { type Member, readerOf } from '../platform/auth/caller.ts';
import type { Tx } from '../platform/database/store.ts';
import { type Problem, problem } from '../platform/http/problem.ts';
import type { Services } from '../services.ts';

/** Reads in one transaction under the caller's right. */
export async function readOwn<Result>(
  { store }: Pick<Services, 'store'>,
  caller: Member,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result | Problem> {
  const reader = readerOf(caller);
  return reader === null ? problem('notFound') : await store.read(reader, work);
}
