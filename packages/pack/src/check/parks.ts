import type { Draft } from '../draft.ts';
import type { Raise } from '../findings.ts';
import type { ZoneRecord } from '../pack.ts';
import { inside, type Place } from '../tree.ts';

/** What a zone says of its parks, and records that are taken from the wrong one. */
export function checkParks(draft: Draft, raise: Raise): void {
  const { records, zone } = draft;
  const ofPark =
    (collection: 'organizations' | 'calendars' | 'spaces') =>
    (id: string, expected: string, place: Place) => {
      const park = records[collection].get(id)?.value.park;
      // An organisation without a park belongs to both sides or to neither; it may act for either.
      if (park !== undefined && park !== expected) raise('wrong-park', place, { id, park, expected });
    };
  const organization = ofPark('organizations');
  const calendar = ofPark('calendars');
  const space = ofPark('spaces');

  if (zone) {
    checkZone(zone.value, zone.place, raise);
    // Of two parks with one id nobody can say which one a calendar belongs to.
    const parks = draft.nameless.has('parks') ? [] : zone.value.parks;
    for (const [index, park] of parks.entries()) {
      const place = inside(zone.place, 'parks', index);
      calendar(park.calendar, park.id, inside(place, 'calendar'));
      if (park.operator !== undefined) organization(park.operator, park.id, inside(place, 'operator'));
    }
  }
  checkSpaces(draft, space);
  for (const { value, place } of records.services.values()) {
    organization(value.authority, value.park, inside(place, 'authority'));
    for (const [index, step] of value.steps.entries()) {
      organization(step.by, value.park, inside(place, 'steps', index, 'by'));
    }
    for (const [index, { by }] of (value.specialProcedures ?? []).entries()) {
      organization(by, value.park, inside(place, 'specialProcedures', index, 'by'));
    }
    for (const [index, { body }] of (value.remedies ?? []).entries()) {
      organization(body, value.park, inside(place, 'remedies', index, 'body'));
    }
  }
}

function checkSpaces({ records }: Draft, check: (id: string, expected: string, place: Place) => void): void {
  for (const { value, place } of records.spaces.values()) {
    if (value.within !== undefined) check(value.within, value.park, inside(place, 'within'));
  }
  for (const { value, place } of records.organizations.values()) {
    for (const [index, { space, park }] of value.relations.entries()) {
      if (space !== undefined) check(space, park, inside(place, 'relations', index, 'space'));
    }
  }
}

function checkZone({ parks, languages }: ZoneRecord, place: Place, raise: Raise): void {
  for (const [index, language] of languages.entries()) {
    if (!isLanguageTag(language)) {
      raise('bad-language-tag', inside(place, 'languages', index), { value: language });
    }
  }
  const [first] = parks;
  for (const [index, park] of parks.entries()) {
    const spot = inside(place, 'parks', index);
    if (park.mark.trim() === '') raise('empty-text', inside(spot, 'mark'), {});
    if (!isTimeZone(park.timeZone))
      raise('unknown-time-zone', inside(spot, 'timeZone'), { value: park.timeZone });
    if (!currencies.has(park.currency)) {
      raise('unknown-currency', inside(spot, 'currency'), { value: park.currency });
    }
    if (!first || index === 0) continue;
    if (park.mark === first.mark) raise('parks-look-alike', inside(spot, 'mark'), { value: park.mark });
    if (park.tone === first.tone) raise('parks-look-alike', inside(spot, 'tone'), { value: park.tone });
  }
}

const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

function isLanguageTag(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}

function isTimeZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    // An offset such as +08:00 is accepted by the runtime but knows no law of summer time.
    return /^[A-Za-z]/.test(text);
  } catch {
    return false;
  }
}
