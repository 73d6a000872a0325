import { z } from 'zod';
import { calendar, organization, pilotPlatform, space } from './places.ts';
import { agreement, evidenceType, fact, journey, service } from './services.ts';
import {
  conflict,
  indicator,
  instrument,
  sourceDocument,
  system,
  systemGroup,
  target,
  term,
} from './sources.ts';
import { zone } from './zone.ts';

/** One file of a zone pack. Any file may hold any collections; the folders are for people. */
export const packFile = z
  .strictObject({
    zone: zone.optional(),
    sources: z.array(sourceDocument).optional(),
    instruments: z.array(instrument).optional(),
    terms: z.array(term).optional(),
    organizations: z.array(organization).optional(),
    pilotPlatforms: z.array(pilotPlatform).optional(),
    spaces: z.array(space).optional(),
    calendars: z.array(calendar).optional(),
    facts: z.array(fact).optional(),
    evidenceTypes: z.array(evidenceType).optional(),
    services: z.array(service).optional(),
    journeys: z.array(journey).optional(),
    agreements: z.array(agreement).optional(),
    indicators: z.array(indicator).optional(),
    conflicts: z.array(conflict).optional(),
    targets: z.array(target).optional(),
    systemGroups: z.array(systemGroup).optional(),
    systems: z.array(system).optional(),
  })
  .describe('A file of a zone pack.');

export type PackFile = z.infer<typeof packFile>;
