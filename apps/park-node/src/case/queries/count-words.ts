import { sql } from 'kysely';
import type { Tx } from '../../platform/database/store.ts';

/** About how many cases hold the words of a `tsquery`. */
export async function estimateCasesWithWords(tx: Tx, words: string): Promise<number> {
  const { rows } = await sql<{ number: number }>`
    select estimate_cases_with_words(${words}::tsquery) as number`.execute(tx);
  return rows[0]?.number ?? 0;
}

/** How many cases hold the words of a `tsquery`, counted no further than `most`. */
export async function countCasesWithWords(tx: Tx, words: string, most: number): Promise<number> {
  const { rows } = await sql<{ number: number }>`
    select count_cases_with_words(${words}::tsquery, ${most}::integer) as number`.execute(tx);
  return rows[0]?.number ?? 0;
}
