import type { z } from 'zod';
import { valueAt } from './check/structure.ts';
import { isRecord, type Part, partsOf, type Schema } from './check/walk.ts';
import type { Collection, Placed, Records, ZoneRecord } from './pack.ts';
import { packFile } from './schema/file.ts';
import { inside, type Path, type Place } from './tree.ts';

/** A record as it stands in a file, whether or not it fits its schema. */
export interface Entry {
  readonly collection: Collection | 'zone';
  /** Null where it has none that could be read. */
  readonly id: string | null;
  readonly raw: unknown;
  readonly place: Place;
  readonly faulty: boolean;
  /** Texts, dates, conditions and cited values in it. */
  readonly parts: readonly Part[];
}

type ValidRecords = { readonly [Name in Collection]: ReadonlyMap<string, Placed<Records[Name]>> };

/** The records of a pack under check: what fits its schema, and what is there all the same. */
export interface Draft {
  readonly entries: readonly Entry[];
  /** Every id that is there, of faulty records too: naming one of these is no unknown reference. */
  readonly ids: ReadonlyMap<Collection | 'parks', ReadonlyMap<string, Entry>>;
  /** Collections with a record whose id is missing: nothing can be said to be absent from them. */
  readonly nameless: ReadonlySet<Collection | 'parks'>;
  readonly records: ValidRecords;
  readonly zone: Placed<ZoneRecord> | null;
  /** Texts of files that could not be parsed; null for a file without a text. What they hold is not known. */
  readonly unread: readonly (string | null)[];
}

export const collectionNames = Object.keys(packFile.shape).filter(
  (name): name is Collection => name !== 'zone',
);

/** The schema of one record of a collection. */
export const recordSchemas = Object.fromEntries(
  Object.entries(packFile.shape).map(([name, schema]) => {
    const inner: Schema = schema._zod.def.innerType;
    const { def } = inner._zod as z.core.$ZodTypes['_zod'];
    return [name, def.type === 'array' ? def.element : inner];
  }),
) as Readonly<Record<Collection | 'zone', z.ZodType>>;

export function entryOf(collection: Collection | 'zone', raw: unknown, place: Place, faulty: boolean): Entry {
  const id = valueAt(raw, ['id']);
  const parts = partsOf(recordSchemas[collection], raw);
  return { collection, id: typeof id === 'string' ? id : null, raw, place, faulty, parts };
}

/** Sorts the entries of all files into a draft; of two records with one id the first counts. */
export function draftOf(entries: readonly Entry[], unread: Draft['unread']): Draft {
  const ids = new Map<Collection | 'parks', Map<string, Entry>>();
  for (const name of [...collectionNames, 'parks' as const]) ids.set(name, new Map());
  const records = Object.fromEntries(
    collectionNames.map((name) => [name, new Map<string, Placed<unknown>>()]),
  );
  let zone: Placed<ZoneRecord> | null = null;
  const nameless = new Set<Collection | 'parks'>();
  // Without a zone no park is known; that is one problem, not hundreds.
  if (!entries.some(({ collection }) => collection === 'zone')) nameless.add('parks');
  for (const entry of entries) {
    if (entry.collection === 'zone') {
      if (!entry.faulty && zone === null) zone = { value: entry.raw as ZoneRecord, place: entry.place };
      const parks = parkIds(entry.raw);
      for (const park of parks) ids.get('parks')?.set(park, entry);
      if (new Set(parks).size < 2) nameless.add('parks');
      continue;
    }
    if (entry.id === null) nameless.add(entry.collection);
    const known = ids.get(entry.collection);
    if (entry.id === null || known?.has(entry.id)) continue;
    known?.set(entry.id, entry);
    if (!entry.faulty) records[entry.collection]?.set(entry.id, { value: entry.raw, place: entry.place });
  }
  return { entries, ids, nameless, records: records as unknown as ValidRecords, zone, unread };
}

function parkIds(zone: unknown): string[] {
  const parks = valueAt(zone, ['parks']);
  return Array.isArray(parks)
    ? parks.flatMap((park) => (isRecord(park) && typeof park['id'] === 'string' ? [park['id']] : []))
    : [];
}

/** Whether an id that no file defines may stand in a file that could not be read. */
export function mayBeUnread(draft: Draft, id: string): boolean {
  return draft.unread.some((text) => text === null || text.includes(id));
}

/**
 * Everything at a path pattern of a record, in which `*` stands for each entry of a list.
 * Leaves out what is not there, so that it works on faulty records, too.
 */
export function placesAt(entry: Entry, pattern: readonly string[]): { value: unknown; place: Place }[] {
  let found: { value: unknown; path: Path }[] = [{ value: entry.raw, path: [] }];
  for (const step of pattern) {
    found = found.flatMap(({ value, path }) => {
      if (step === '*') {
        return Array.isArray(value)
          ? value.map((item, index) => ({ value: item, path: [...path, index] }))
          : [];
      }
      return isRecord(value) && Object.hasOwn(value, step)
        ? [{ value: value[step], path: [...path, step] }]
        : [];
    });
  }
  return found.map(({ value, path }) => ({ value, place: inside(entry.place, ...path) }));
}
