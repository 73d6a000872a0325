import type { JourneyDefinition } from '@twinpark/kernel/dossier/journey.ts';
import type { CalendarDefinition } from '@twinpark/kernel/shared/working-calendar.ts';
import { citationOf, conditionOf } from './compile/rules.ts';
import { compileService } from './compile/service.ts';
import type { FactDictionary } from './expression.ts';
import { hashOf } from './hash.ts';
import type { Pack, Placed, Records, ZoneRecord } from './pack.ts';
import type { Park, Zone } from './zone.ts';

/**
 * A checked pack as a zone that runs.
 *
 * Throws: where a record refers to what the pack lacks; the check refuses such a pack first.
 */
export function compileZone(pack: Pack): Zone {
  const { value: zone } = pack.zone;
  const parks = new Map(zone.parks.map((park) => [park.id, compilePark(park)]));
  const facts = valuesOf(pack.facts);
  const services = mapValues(pack.services, (service) =>
    compileService(service, { facts, calendar: present(parks.get(service.park), service.park).calendar }),
  );
  return {
    id: zone.id,
    name: zone.name,
    summary: zone.summary,
    languages: zone.languages,
    areaSquareMetres: zone.areaSquareMetres ?? null,
    citation: citationOf(zone),
    parks,
    calendars: mapValues(pack.calendars, compileCalendarDefinition),
    services,
    listings: mapValues(pack.services, ({ summary, flow }) => ({ summary, flow })),
    journeys: mapValues(pack.journeys, (journey) =>
      compileJourney(journey, facts, (id) => present(services.get(id), id).hash),
    ),
    facts,
    evidenceTypes: valuesOf(pack.evidenceTypes),
    agreements: valuesOf(pack.agreements),
    organizations: valuesOf(pack.organizations),
    pilotPlatforms: valuesOf(pack.pilotPlatforms),
    spaces: valuesOf(pack.spaces),
    sources: valuesOf(pack.sources),
    instruments: valuesOf(pack.instruments),
    terms: valuesOf(pack.terms),
    indicators: valuesOf(pack.indicators),
    targets: valuesOf(pack.targets),
    conflicts: valuesOf(pack.conflicts),
    systemGroups: valuesOf(pack.systemGroups),
    systems: valuesOf(pack.systems),
  };
}

function compilePark(park: ZoneRecord['parks'][number]): Park {
  return {
    id: park.id,
    name: park.name,
    shortName: park.shortName,
    mark: park.mark,
    tone: park.tone,
    timeZone: park.timeZone,
    currency: park.currency,
    languages: park.languages,
    calendar: park.calendar,
    operator: park.operator ?? null,
    areaSquareMetres: park.areaSquareMetres ?? null,
    citation: citationOf(park),
  };
}

function compileCalendarDefinition(calendar: Records['calendars']): CalendarDefinition {
  return {
    id: calendar.id,
    park: calendar.park,
    workingWeekdays: calendar.workingWeekdays,
    holidayNames: calendar.holidayNames,
    years: calendar.years.map((year) => ({
      year: year.year,
      holidays: year.holidays.map(({ holiday, from, to = from }) => ({ holiday, from, to })),
      makeUpDays: year.makeUpDays ?? [],
      citation: citationOf(year),
    })),
  };
}

/** A journey's hash covers those of its services: a change of any law it runs under is a change of the journey. */
function compileJourney(
  journey: Records['journeys'],
  facts: FactDictionary,
  hashOfService: (id: string) => string,
): JourneyDefinition {
  const definition: Omit<JourneyDefinition, 'hash'> = {
    id: journey.id,
    name: journey.name,
    summary: journey.summary,
    steps: journey.steps.map(({ id, service, after = [], when }) => ({
      id: id ?? service,
      service,
      after,
      when: conditionOf(when, facts),
    })),
    form: journey.form.map(({ id, title, facts: asked }) => ({ id, title, facts: asked })),
  };
  const services = Object.fromEntries(
    definition.steps.map(({ service }) => [service, hashOfService(service)]),
  );
  return { ...definition, hash: hashOf({ ...definition, services }) };
}

function valuesOf<Value>(records: ReadonlyMap<string, Placed<Value>>): ReadonlyMap<string, Value> {
  return mapValues(records, (record) => record);
}

function mapValues<Value, Result>(
  records: ReadonlyMap<string, Placed<Value>>,
  compile: (value: Value) => Result,
): ReadonlyMap<string, Result> {
  return new Map([...records].map(([id, { value }]) => [id, compile(value)]));
}

function present<Value>(value: Value | undefined, id: string): Value {
  if (value === undefined) throw new Error(`A checked pack refers to what it lacks: ${id}`);
  return value;
}
