import { type Draft, type Entry, mayBeUnread, placesAt } from '../draft.ts';
import type { Raise } from '../findings.ts';
import type { Collection } from '../pack.ts';
import { factId, id, sourceId } from '../schema/common.ts';
import { inside, type Place } from '../tree.ts';
import { suggester } from './suggest.ts';
import { isRecord } from './walk.ts';

type Target = Collection | 'parks';

/** Which fields name which records. `*` stands for each entry of a list. */
const references: Partial<Record<Entry['collection'], Readonly<Record<string, Target>>>> = {
  zone: { 'parks.*.calendar': 'calendars', 'parks.*.operator': 'organizations' },
  instruments: { park: 'parks', supersededBy: 'instruments' },
  organizations: { park: 'parks', 'relations.*.park': 'parks', 'relations.*.space': 'spaces' },
  pilotPlatforms: { park: 'parks' },
  spaces: { park: 'parks', within: 'spaces', operator: 'organizations' },
  calendars: { park: 'parks' },
  services: {
    park: 'parks',
    authority: 'organizations',
    'needs.*': 'facts',
    'needs.*.fact': 'facts',
    'provides.*': 'facts',
    'evidence.*.type': 'evidenceTypes',
    'acceptance.limit.calendars.*': 'calendars',
    'limit.calendars.*': 'calendars',
    'supplement.limit.calendars.*': 'calendars',
    'steps.*.by': 'organizations',
    'steps.*.limit.calendars.*': 'calendars',
    'steps.*.joint.with.park': 'parks',
    'steps.*.joint.with.authority': 'organizations',
    'steps.*.joint.shares.*': 'facts',
    'specialProcedures.*.by': 'organizations',
    'remedies.*.body': 'organizations',
    'remedies.*.limit.calendars.*': 'calendars',
  },
  journeys: { 'steps.*.service': 'services', 'form.*.facts.*': 'facts' },
  agreements: {
    from: 'parks',
    to: 'parks',
    'fields.*': 'facts',
    'evidenceTypes.*': 'evidenceTypes',
  },
  indicators: { park: 'parks' },
  conflicts: { 'values.*.source.instrument': 'instruments', 'values.*.source.seen.*': 'sources' },
  targets: { park: 'parks' },
  systems: {
    group: 'systemGroups',
    'servedBy.*.service': 'services',
    'servedBy.*.journey': 'journeys',
  },
};

/** Fields that name a record which no file of the pack defines. */
export function checkReferences(draft: Draft, raise: Raise): void {
  const suggest = suggester();
  const check = (target: Target, name: unknown, place: Place) => {
    if (typeof name !== 'string') return;
    const known = draft.ids.get(target);
    if (!known || known.has(name) || !isWellFormed(target, name)) return;
    if (draft.nameless.has(target) || mayBeUnread(draft, name)) return;
    const suggestion = suggest(name, known.keys());
    // What is near may be the very record, with a slip in its own id.
    if (suggestion !== '' && !isWellFormed(target, suggestion)) return;
    raise('unknown-reference', place, { collection: target, id: name, suggestion });
  };

  for (const entry of draft.entries) {
    for (const [pattern, target] of Object.entries(references[entry.collection] ?? {})) {
      for (const { value, place } of placesAt(entry, pattern.split('.'))) check(target, value, place);
    }
    for (const { kind, value, path } of entry.parts) {
      if (kind !== 'cited' || !isRecord(value) || !isRecord(value['source'])) continue;
      const { instrument, seen } = value['source'];
      const source = inside(entry.place, ...path, 'source');
      check('instruments', instrument, inside(source, 'instrument'));
      if (!Array.isArray(seen)) continue;
      for (const [index, document] of seen.entries())
        check('sources', document, inside(source, 'seen', index));
    }
  }
}

/** Whether an id has the form of its kind; what has not is reported as that and not looked for. */
function isWellFormed(target: Target, name: string): boolean {
  if (target === 'facts') return factId.safeParse(name).success;
  return (target === 'sources' ? sourceId : id).safeParse(name).success;
}
