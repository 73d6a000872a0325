import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** A transaction in which queries run. */
export type Tx = Transaction<Tables>;

/**
 * For whom a transaction reads. The database itself keeps each reader to its own rows (row-level security).
 * `applicant`: `organization` is the id of the applicant's organisation; `authority`: its id in the zone pack;
 * `oversight` reads every filed case and the audit.
 */
export interface Reader {
  readonly kind: 'applicant' | 'authority' | 'oversight';
  readonly organization: string;
  readonly person: string;
}

/** SQL for the jobs library, in a transaction of the node or on its own. */
export interface SqlRunner {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
}

/** One park's database, embedded or on a server. */
export interface Store {
  readonly kind: 'embedded' | 'server';
  /** Reads under a reader's right and nothing else. */
  read<Result>(reader: Reader, work: (tx: Tx) => Promise<Result>): Promise<Result>;
  /** The node's own work: everything but changing or deleting an event. */
  write<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
  /** The sign-in library's tables, and no others. */
  readonly identity: Kysely<Record<string, never>>;
  /** The jobs library's own queries. */
  readonly jobs: SqlRunner;
  /** Answers when the database does. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
