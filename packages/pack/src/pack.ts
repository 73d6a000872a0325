import type { PackFile } from './schema/file.ts';
import type { Place } from './tree.ts';

/** A record's type by the collection that holds it. */
export type Records = {
  readonly [Name in Exclude<keyof PackFile, 'zone'>]-?: NonNullable<PackFile[Name]>[number];
};

export type Collection = keyof Records;
export type ZoneRecord = NonNullable<PackFile['zone']>;

/** A record together with where it stands in the pack. */
export interface Placed<Value> {
  readonly value: Value;
  readonly place: Place;
}

/** The records of all files of a pack, merged: every collection by id, in the order of the files. */
export type Pack = { readonly zone: Placed<ZoneRecord> } & {
  readonly [Name in Collection]: ReadonlyMap<string, Placed<Records[Name]>>;
};
