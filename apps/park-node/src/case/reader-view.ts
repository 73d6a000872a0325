import type { Language } from '@twinpark/contract/common.ts';
import type { MemberRole } from '@twinpark/contract/identity/roles.ts';
import { type Member, readerOf } from '../platform/auth/caller.ts';
import type { Reader, Tx } from '../platform/database/store.ts';
import { listColleagues } from './queries/list-colleagues.ts';

/** For whom a case is presented, and which people it may know by name. */
export interface ReaderView {
  readonly reader: Reader;
  readonly role: MemberRole;
  readonly language: Language;
  /** People of the reader's own organisation, by id. */
  readonly colleagues: ReadonlyMap<string, string>;
}

/** Somebody as this reader may know it; null for people of other organisations. */
export function personFor(
  { reader, colleagues }: ReaderView,
  person: string,
  organization: string,
): { personId: string; name: string | null } | null {
  if (reader.kind === 'oversight') return { personId: person, name: null };
  if (organization !== reader.organization) return null;
  return { personId: person, name: colleagues.get(person) ?? null };
}

export async function readerView(
  tx: Tx,
  reader: Reader,
  { acting }: Member,
  language: Language,
): Promise<ReaderView> {
  const people = reader.kind === 'oversight' ? [] : await listColleagues(tx);
  const colleagues = new Map(people.map(({ personId, name }) => [personId, name]));
  return { reader, role: acting.role, language, colleagues };
}

/** A caller of an endpoint that the body which runs the park may not call. */
export function caseReaderOf(caller: Member): Reader {
  const reader = readerOf(caller);
  if (reader === null) throw new Error('The operator of the park reads no case');
  return reader;
}
