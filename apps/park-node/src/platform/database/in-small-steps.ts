import type { RawBuilder } from 'kysely';
import type { Store } from './store.ts';

/**
 * Repeats a statement that changes a bounded number of rows until it finds fewer, each time in a transaction of its own,
 * so that nobody waits for a long one. Returns how many rows it changed in all.
 */
export async function inSmallSteps(
  store: Store,
  rowsAtOnce: number,
  statement: RawBuilder<unknown>,
): Promise<number> {
  let changed = 0;
  for (;;) {
    const { numAffectedRows } = await store.write((tx) => statement.execute(tx));
    const count = Number(numAffectedRows ?? 0);
    changed += count;
    if (count < rowsAtOnce) return changed;
  }
}
