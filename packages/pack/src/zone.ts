import type { CaseContext } from '@twinpark/kernel/case/context.ts';
import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import type { JourneyDefinition } from '@twinpark/kernel/dossier/journey.ts';
import type { SimulationWorld } from '@twinpark/kernel/dossier/simulate.ts';
import {
  compileCalendar,
  intersectCalendars,
  type WorkingCalendar,
} from '@twinpark/kernel/shared/calendar.ts';
import type { Citation } from '@twinpark/kernel/shared/citation.ts';
import type { Text } from '@twinpark/kernel/shared/text.ts';
import type { CalendarDefinition } from '@twinpark/kernel/shared/working-calendar.ts';
import type { Records } from './pack.ts';

/** A zone ready to be run: kernel values for what is decided by, checked records for what is only shown. */
export interface Zone {
  readonly id: string;
  readonly name: Text;
  readonly summary: Text;
  /** Languages in which every text of the zone is written. */
  readonly languages: readonly string[];
  readonly areaSquareMetres: number | null;
  readonly citation: Citation;
  /** The two parks by id, in the order of the pack. */
  readonly parks: ReadonlyMap<string, Park>;
  readonly calendars: ReadonlyMap<string, CalendarDefinition>;
  readonly services: ReadonlyMap<string, ServiceDefinition>;
  /** What the catalogue says of a service besides its law, by service id. */
  readonly listings: ReadonlyMap<string, ServiceListing>;
  readonly journeys: ReadonlyMap<string, JourneyDefinition>;
  readonly facts: ZoneCollection<'facts'>;
  readonly evidenceTypes: ZoneCollection<'evidenceTypes'>;
  readonly agreements: ZoneCollection<'agreements'>;
  readonly organizations: ZoneCollection<'organizations'>;
  readonly pilotPlatforms: ZoneCollection<'pilotPlatforms'>;
  readonly spaces: ZoneCollection<'spaces'>;
  readonly sources: ZoneCollection<'sources'>;
  readonly instruments: ZoneCollection<'instruments'>;
  readonly terms: ZoneCollection<'terms'>;
  readonly indicators: ZoneCollection<'indicators'>;
  readonly targets: ZoneCollection<'targets'>;
  readonly conflicts: ZoneCollection<'conflicts'>;
  readonly systemGroups: ZoneCollection<'systemGroups'>;
  readonly systems: ZoneCollection<'systems'>;
}

type ZoneCollection<Name extends keyof Records> = ReadonlyMap<string, Records[Name]>;

/** One side of the zone. */
export interface Park {
  readonly id: string;
  readonly name: Text;
  readonly shortName: Text;
  /** One character that stands for this side on screens. */
  readonly mark: string;
  readonly tone: 'tide' | 'sail';
  readonly timeZone: string;
  readonly currency: string;
  /** Languages in which its authorities act, first one first. */
  readonly languages: readonly string[];
  readonly calendar: string;
  readonly operator: string | null;
  readonly areaSquareMetres: number | null;
  readonly citation: Citation;
}

export interface ServiceListing {
  readonly summary: Text;
  readonly flow: Records['services']['flow'];
}

/** A look-up that promises a result; to look for what may be missing, ask the zone's maps. */
export function getPark(zone: Zone, id: string): Park {
  return promised(zone.parks.get(id), 'park', id);
}

/** The park across the border from the one named. */
export function otherPark(zone: Zone, id: string): Park {
  const park = getPark(zone, id);
  return promised(
    [...zone.parks.values()].find((candidate) => candidate !== park),
    'park other than',
    id,
  );
}

export function getService(zone: Zone, id: string): ServiceDefinition {
  return promised(zone.services.get(id), 'service', id);
}

export function getJourney(zone: Zone, id: string): JourneyDefinition {
  return promised(zone.journeys.get(id), 'journey', id);
}

/** The zone's working days, compiled once: of one calendar, or those common to several. */
export function calendarsOf(zone: Zone): CaseContext['calendarFor'] {
  const compiled = new Map<string, WorkingCalendar>();
  const remember = (key: string, compile: () => WorkingCalendar): WorkingCalendar => {
    const known = compiled.get(key) ?? compile();
    compiled.set(key, known);
    return known;
  };
  const single = (id: string): WorkingCalendar =>
    remember(id, () => compileCalendar(promised(zone.calendars.get(id), 'calendar', id)));
  return (ids) => remember([...ids].sort().join('+'), () => intersectCalendars(ids.map(single)));
}

/** What a dossier of one journey runs in. */
export function journeyWorld(zone: Zone, journey: string): SimulationWorld {
  return {
    journey: getJourney(zone, journey),
    services: zone.services,
    calendarFor: calendarsOf(zone),
    timeZoneOf: (park) => getPark(zone, park).timeZone,
  };
}

function promised<Value>(value: Value | undefined, kind: string, id: string): Value {
  if (value === undefined) throw new Error(`The zone has no ${kind} ${id}`);
  return value;
}
