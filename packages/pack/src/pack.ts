import type { z } from 'zod';
import type { calendar, organization, pilotPlatform, space } from './schema/places.ts';
import type { agreement, evidenceType, fact, journey, service } from './schema/services.ts';
import type {
  conflict,
  indicator,
  instrument,
  sourceDocument,
  system,
  systemGroup,
  target,
  term,
} from './schema/sources.ts';
import type { zone } from './schema/zone.ts';
import type { Place } from './tree.ts';

/** A record's type by the collection that holds it. */
export interface Records {
  readonly sources: z.infer<typeof sourceDocument>;
  readonly instruments: z.infer<typeof instrument>;
  readonly terms: z.infer<typeof term>;
  readonly organizations: z.infer<typeof organization>;
  readonly pilotPlatforms: z.infer<typeof pilotPlatform>;
  readonly spaces: z.infer<typeof space>;
  readonly calendars: z.infer<typeof calendar>;
  readonly facts: z.infer<typeof fact>;
  readonly evidenceTypes: z.infer<typeof evidenceType>;
  readonly services: z.infer<typeof service>;
  readonly journeys: z.infer<typeof journey>;
  readonly agreements: z.infer<typeof agreement>;
  readonly indicators: z.infer<typeof indicator>;
  readonly conflicts: z.infer<typeof conflict>;
  readonly targets: z.infer<typeof target>;
  readonly systemGroups: z.infer<typeof systemGroup>;
  readonly systems: z.infer<typeof system>;
}

export type Collection = keyof Records;
export type ZoneRecord = z.infer<typeof zone>;

/** A record together with where it stands in the pack. */
export interface Placed<Value> {
  readonly value: Value;
  readonly place: Place;
}

/** The records of all files of a pack, merged: every collection by id, in the order of the files. */
export type Pack = { readonly zone: Placed<ZoneRecord> } & {
  readonly [Name in Collection]: ReadonlyMap<string, Placed<Records[Name]>>;
};
