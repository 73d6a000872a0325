import { sqlStateOf } from './sql.ts';

/** Attempts that a transaction is given in all. */
const mostAttempts = 4;

/**
 * Runs a transaction, and again while another process of the park was on the same row or key in the same moment: what
 * is found then is settled. Work that is repeated has left nothing behind.
 *
 * Throws: what stood in the way of the last attempt, and at once what a repetition would not change.
 */
export async function repeated<Result>(transaction: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt === mostAttempts || !isWorthRepeating(error)) throw error;
    }
  }
}

/** PostgreSQL: unique_violation, deadlock_detected, serialization_failure. */
function isWorthRepeating(error: unknown): boolean {
  return ['23505', '40P01', '40001'].includes(sqlStateOf(error) ?? '');
}
