import { createHash } from 'node:crypto';
import { isId } from '../ids.ts';

/** Where a list goes on: the sort values of the last row, bound to the list that they come from. */
type Position = readonly (string | number | null)[];

/**
 * A place in a list as text that tells a caller nothing. `list` names the list with its sort and filters, so that a
 * cursor of one list is of no use in another.
 */
export function cursorAt(list: string, position: Position): string {
  return Buffer.from(JSON.stringify([fingerprint(list), ...position])).toString('base64url');
}

/** The position that a cursor stands for; null when it is none of this list. */
export function readCursor(list: string, cursor: string): Position | null {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (!Array.isArray(parsed) || parsed[0] !== fingerprint(list)) return null;
    const position = parsed.slice(1);
    return position.every((value) => value === null || ['string', 'number'].includes(typeof value))
      ? position
      : null;
  } catch {
    return null;
  }
}

/** What a part of a position is: the id of a row, an instant since 1970 in UTC, or a text of our own. */
type PartKind = 'id' | 'instant' | 'text';

/**
 * The position that a cursor stands for, in a list whose rows are sorted by parts of these kinds; null when it is none
 * of this list. Anybody can make a cursor, so one that the database could not read is none either.
 */
export function readPlace<const Kinds extends readonly PartKind[]>(
  list: string,
  cursor: string,
  kinds: Kinds,
): { readonly [Index in keyof Kinds]: string } | null {
  const position = readCursor(list, cursor) ?? [];
  const fits = position.length === kinds.length && kinds.every((kind, index) => isOf(kind, position[index]));
  return fits ? (position as { readonly [Index in keyof Kinds]: string }) : null;
}

const utcInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,6}Z$/;

function isOf(kind: PartKind, part: Position[number] | undefined): boolean {
  if (typeof part !== 'string') return false;
  switch (kind) {
    case 'id':
      return isId(part);
    case 'instant':
      return utcInstant.test(part) && Date.parse(part) >= 0;
    case 'text':
      return part.isWellFormed() && !part.includes('\0');
    default:
      return kind satisfies never;
  }
}

function fingerprint(list: string): string {
  return createHash('sha256').update(list).digest('base64url').slice(0, 12);
}
