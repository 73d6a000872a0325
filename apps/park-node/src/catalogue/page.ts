import { cursorAt, readCursor } from '../platform/http/cursor.ts';
import { type Problem, problem } from '../platform/http/problem.ts';

interface Wanted {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** One page of a list that lies in memory, told apart by the ids of its items. */
export function pageOf<Item extends { readonly id: string }>(
  list: string,
  items: readonly Item[],
  { limit, cursor }: Wanted,
): { items: Item[]; nextCursor: string | null } | Problem {
  let start = 0;
  if (cursor !== undefined) {
    const [after] = readCursor(list, cursor) ?? [];
    start = items.findIndex(({ id }) => id === after) + 1;
    if (start === 0) return problem('cursorInvalid');
  }
  const page = items.slice(start, start + limit);
  const last = page.at(-1);
  const more = start + limit < items.length;
  return { items: page, nextCursor: more && last ? cursorAt(list, [last.id]) : null };
}
