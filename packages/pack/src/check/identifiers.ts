import { collectionNames, type Draft, type Entry, mayBeUnread, placesAt } from '../draft.ts';
import { lineOf, type Raise } from '../findings.ts';
import { inside, type Place, packRoot } from '../tree.ts';
import { valueAt } from './structure.ts';

/** Lists within records whose entries must differ in `id`. */
const innerLists: Partial<Record<Entry['collection'], readonly (readonly string[])[]>> = {
  zone: [['parks']],
  services: [['criteria'], ['steps'], ['specialProcedures'], ['fees'], ['remedies']],
  journeys: [['form']],
};

/** Ids that are used twice, and a zone that is described twice or not at all. */
export function checkIdentifiers(draft: Draft, raise: Raise): void {
  const seen = new Map(collectionNames.map((name) => [name, new Map<string, Place>()]));
  for (const entry of draft.entries) {
    if (entry.collection !== 'zone' && entry.id !== null) {
      unique(entry.id, inside(entry.place, 'id'), seen.get(entry.collection) ?? new Map(), raise);
    }
    for (const list of innerLists[entry.collection] ?? []) {
      const within = new Map<string, Place>();
      for (const { value, place } of placesAt(entry, [...list, '*', 'id']))
        unique(value, place, within, raise);
    }
    if (entry.collection === 'journeys') checkJourneySteps(entry, raise);
  }
  checkZone(draft, raise);
}

function unique(id: unknown, place: Place, seen: Map<string, Place>, raise: Raise): void {
  if (typeof id !== 'string') return;
  const first = seen.get(id);
  if (first) raise('duplicate-id', place, { id, file: first.tree.file, line: lineOf(first) });
  else seen.set(id, place);
}

/** A journey's step goes by the id of its service unless it has a name of its own. */
function checkJourneySteps(entry: Entry, raise: Raise): void {
  const seen = new Map<string, Place>();
  for (const { value, place } of placesAt(entry, ['steps', '*'])) {
    const own = valueAt(value, ['id']);
    const field = own === undefined ? 'service' : 'id';
    unique(valueAt(value, [field]), inside(place, field), seen, raise);
  }
}

function checkZone(draft: Draft, raise: Raise): void {
  const [first, ...others] = draft.entries.filter(({ collection }) => collection === 'zone');
  if (!first) {
    // A pack of which a part could not be read may have its zone there.
    if (!mayBeUnread(draft, 'zone')) raise('zone-missing', { tree: packRoot, path: [] }, {});
    return;
  }
  for (const other of others) {
    raise('zone-twice', other.place, { file: first.place.tree.file, line: lineOf(first.place) });
  }
}
