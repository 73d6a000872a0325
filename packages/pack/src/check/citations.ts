import type { Draft, Entry } from '../draft.ts';
import { keyOf, type Raise } from '../findings.ts';
import type { ProblemCode } from '../problem-codes.ts';
import { inside, type Path, type Place } from '../tree.ts';
import { isDay, periodPath } from './dates.ts';
import { valueAt } from './structure.ts';
import { isRecord } from './walk.ts';

/** Values without a source, rules without a clause, and rules that do not fit the time of their instrument. */
export function checkCitations(draft: Draft, raise: Raise): void {
  for (const entry of draft.entries) {
    const begunLater = new Set<string>();
    for (const { kind, value, path } of entry.parts) {
      if (kind !== 'cited' || !isRecord(value) || !isRecord(value['source'])) continue;
      const cited = { value, source: value['source'], place: inside(entry.place, ...path), path };
      checkSource(cited, raise);
      checkInForce(draft, entry, cited, begunLater, raise);
    }
    checkSuperseded(entry, raise);
  }
}

interface Cited {
  readonly value: Record<string, unknown>;
  readonly source: Record<string, unknown>;
  readonly place: Place;
  readonly path: Path;
}

/** The words that a pack uses where its sources do not name the clause. */
const notEstablished = /^not established$/i;

function checkSource({ value, source, place, path }: Cited, raise: Raise): void {
  const { instrument, clause } = source;
  const { status } = value;
  const spot = keyOf(inside(place, 'source'));
  // What is made up to show a mechanism has no source; as soon as it names an instrument it is bound by it.
  const isFree = status === 'illustrative' && instrument === undefined;
  const code = clauseCode(path, value);
  // Where a rule lacks its clause, too, that says it more exactly.
  const isRuleWithoutClause = code !== null && clause === undefined;
  if (!isFree && !isRuleWithoutClause && !hasSource(value, source)) raise('source-missing', spot, {});
  if (code === null || isFree) return;
  if (typeof clause !== 'string') raise(code, spot, {});
  else if (status === 'verified' && (instrument === undefined || notEstablished.test(clause))) {
    raise('verified-without-clause', spot, {});
  }
}

/** An uncertain value may be common knowledge, if the pack says so beside it. */
function hasSource({ status, note }: Cited['value'], { instrument, clause, seen }: Cited['source']): boolean {
  if (instrument !== undefined || (Array.isArray(seen) && seen.length > 0)) return true;
  return status === 'unverified' && (note !== undefined || typeof clause === 'string');
}

type ClauseCode = Extract<ProblemCode, `${string}-without-clause`>;

/** The problem of a rule of this kind without a clause; null for what needs none. */
function clauseCode(path: Path, value: Record<string, unknown>): ClauseCode | null {
  if ('notEstablished' in value) return null;
  const field = path.findLast((step) => typeof step === 'string');
  return codeOfField.get(field) ?? null;
}

const codeOfField = new Map<unknown, ClauseCode>([
  ['limit', 'clock-without-clause'],
  ['extension', 'clock-without-clause'],
  ['fees', 'fee-without-clause'],
  ['criteria', 'criterion-without-clause'],
  ['remedies', 'remedy-without-clause'],
  ['fourEyes', 'four-eyes-without-clause'],
  ['debt', 'debt-without-clause'],
]);

/**
 * Compares a record's time in force with that of the instrument on which it, or a rule within it, rests.
 *
 * @param begunLater Instruments already reported: one wrong date at the head of a record is one problem.
 */
function checkInForce(draft: Draft, entry: Entry, cited: Cited, begunLater: Set<string>, raise: Raise): void {
  const period = periodOf(entry, cited.path);
  const id = cited.source['instrument'];
  const instrument = typeof id === 'string' ? draft.records.instruments.get(id) : undefined;
  if (!period || !instrument) return;
  const { from: began, to: ended } = instrument.value;
  const spot = inside(cited.place, 'source', 'instrument');
  const parameters = { instrument: instrument.value.id };
  if (isDay(ended) && period.to === null) raise('expired-instrument', spot, { ...parameters, ended });
  if (isDay(ended) && period.to !== null && period.to > ended) {
    raise('rule-outlives-instrument', spot, { ...parameters, ended, until: period.to });
  }
  if (isDay(began) && period.from !== null && period.from < began && !begunLater.has(instrument.value.id)) {
    begunLater.add(instrument.value.id);
    raise('rule-before-instrument', spot, { ...parameters, began, from: period.from });
  }
}

function periodOf(entry: Entry, path: Path): { from: string | null; to: string | null } | null {
  if (entry.collection === 'calendars') {
    const year = path[0] === 'years' ? valueAt(entry.raw, [...path.slice(0, 2), 'year']) : undefined;
    return typeof year === 'number' ? { from: `${year}-01-01`, to: `${year}-12-31` } : null;
  }
  if (entry.collection !== 'services' && entry.collection !== 'agreements') return null;
  const from = valueAt(entry.raw, [...periodPath(entry), 'from']);
  const to = valueAt(entry.raw, [...periodPath(entry), 'to']);
  return { from: isDay(from) ? from : null, to: isDay(to) ? to : null };
}

function checkSuperseded(entry: Entry, raise: Raise): void {
  const { collection, raw, place } = entry;
  if (collection !== 'services' && collection !== 'agreements' && collection !== 'instruments') return;
  if (valueAt(raw, ['status']) !== 'superseded' || valueAt(raw, [...periodPath(entry), 'to']) !== undefined)
    return;
  if (collection === 'instruments' && valueAt(raw, ['supersededBy']) !== undefined) return;
  raise('superseded-without-end', inside(place, 'status'), {});
}
