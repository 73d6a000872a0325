import type { JourneyDefinition } from '@twinpark/kernel/dossier/journey.ts';
import { isDay } from '../check/dates.ts';
import { checkStructure } from '../check/structure.ts';
import { checkText } from '../check/texts.ts';
import { isRecord, partsOf } from '../check/walk.ts';
import { keyOf, type Raise, type Spot } from '../findings.ts';
import { nearest } from '../nearest.ts';
import { factId, id } from '../schema/common.ts';
import { inside, type Place } from '../tree.ts';
import type { Zone } from '../zone.ts';
import { checkAnswers } from './answers.ts';
import { dossierScript, type Entry, entryHead, entrySchemas } from './schema.ts';

/** What a script is judged by. */
export interface ScriptChecking {
  readonly zone: Zone;
  readonly raise: Raise;
}

/** Everything that is wrong with a script against its schema and the zone in which it is to run. */
export function checkScript(value: unknown, place: Place, checking: ScriptChecking): void {
  const { zone, raise } = checking;
  checkStructure(dossierScript, value, place, raise);
  if (!isRecord(value)) return;
  checkParts(dossierScript, value, place, checking);
  const journey = typeof value['journey'] === 'string' ? zone.journeys.get(value['journey']) : undefined;
  if (typeof value['journey'] === 'string' && !journey) {
    refer('journeys', value['journey'], inside(place, 'journey'), checking);
  }
  const story = Array.isArray(value['story']) ? value['story'] : [];
  for (const [index, entry] of story.entries()) {
    checkEntry(entry, inside(place, 'story', index), journey, checking);
  }
  checkGiven(value, place, checking);
  const dated = story.flatMap((entry: unknown, index) =>
    isRecord(entry) && isDay(entry['on'])
      ? [{ on: entry['on'], place: inside(place, 'story', index, 'on') }]
      : [],
  );
  checkOrder(isDay(value['startOn']) ? value['startOn'] : '', dated, raise);
}

/** Texts in every language of the zone, and dates that exist. */
function checkParts(
  schema: Parameters<typeof partsOf>[0],
  value: unknown,
  place: Place,
  { zone, raise }: ScriptChecking,
): void {
  for (const part of partsOf(schema, value)) {
    const spot = inside(place, ...part.path);
    if (part.kind === 'text' && isRecord(part.value)) checkText(part.value, spot, zone.languages, raise);
    if (part.kind === 'date' && typeof part.value === 'string' && !isDay(part.value)) {
      if (/^\d{4}-\d{2}-\d{2}$/.test(part.value)) raise('impossible-date', spot, { value: part.value });
    }
  }
}

/** An entry by the schema of what it does; what it names is looked up as far as it can be read. */
function checkEntry(
  value: unknown,
  place: Place,
  journey: JourneyDefinition | undefined,
  checking: ScriptChecking,
): void {
  if (!checkStructure(entryHead, value, place, checking.raise) || !isRecord(value)) return;
  const schema = entrySchemas.get((value as Entry).do);
  if (!schema) return;
  checkStructure(schema, value, place, checking.raise);
  checkParts(schema, value, place, checking);
  checkGiven(value, place, checking);
  if (value['do'] !== 'answer' && journey) checkAct(value, place, journey, checking);
}

function checkAct(entry: Raw, place: Place, journey: JourneyDefinition, checking: ScriptChecking): void {
  const { zone, raise } = checking;
  const steps = new Map(journey.steps.map((step) => [step.id, step]));
  const service = zone.services.get(steps.get(String(entry['step']))?.service ?? '');
  const look = (field: string, known: readonly string[]) => {
    const named = entry[field];
    if (!isId(named) || known.includes(named)) return;
    raiseUnknown(named, known, inside(place, field), raise);
  };
  look('step', [...steps.keys()]);
  if (!service) return;
  look('caseStep', idsOf(service.steps));
  look('procedure', idsOf(service.specialProcedures));
  look('remedy', idsOf(service.remedies));
  const outputs = inside(place, 'outputs');
  const established = answersIn(entry['outputs']);
  checkAnswers(established, outputs, zone.facts, raise);
  for (const fact of Object.keys(established)) {
    if (!zone.facts.has(fact) || service.provides.includes(fact)) continue;
    raiseUnknown(fact, service.provides, keyOf(inside(outputs, fact)), raise);
  }
}

function raiseUnknown(id: string, known: readonly string[], spot: Spot, raise: Raise): void {
  const allowed = known.length > 0 ? known.join(', ') : '–';
  raise('wrong-value', spot, { value: id, allowed, suggestion: nearest(id, known) });
}

function idsOf(parts: readonly { readonly id: string }[]): readonly string[] {
  return parts.map(({ id }) => id);
}

/** Answers and papers, wherever a script gives or asks for them. */
function checkGiven(given: Raw, place: Place, checking: ScriptChecking): void {
  checkAnswers(answersIn(given['answers']), inside(place, 'answers'), checking.zone.facts, checking.raise);
  for (const [index, paper] of listIn(given['evidence']).entries()) {
    const spot = inside(place, 'evidence', index);
    if (isId(paper)) refer('evidenceTypes', paper, spot, checking);
    else if (isRecord(paper) && isId(paper['type'])) {
      refer('evidenceTypes', paper['type'], inside(spot, 'type'), checking);
    }
  }
  for (const [index, fact] of listIn(given['facts']).entries()) {
    if (isFactId(fact)) refer('facts', fact, inside(place, 'facts', index), checking);
  }
}

/** A part of a script that may have faults, which its schema has told already. */
type Raw = Readonly<Record<string, unknown>>;

function answersIn(value: unknown): Raw {
  return isRecord(value) ? Object.fromEntries(Object.entries(value).filter(([fact]) => isFactId(fact))) : {};
}

function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isId(value: unknown): value is string {
  return id.safeParse(value).success;
}

function isFactId(value: unknown): value is string {
  return factId.safeParse(value).success;
}

function refer(
  collection: 'journeys' | 'evidenceTypes' | 'facts',
  id: string,
  place: Place,
  { zone, raise }: ScriptChecking,
): void {
  const known = zone[collection];
  if (known.has(id)) return;
  raise('unknown-reference', place, { collection, id, suggestion: nearest(id, known.keys()) });
}

/** No act may be dated before the one told before it. */
function checkOrder(
  startOn: string,
  entries: readonly { readonly on: string; readonly place: Place }[],
  raise: Raise,
): void {
  let previous = startOn;
  for (const { on, place } of entries) {
    if (on < previous) raise('story-out-of-order', place, { on, previous });
    else previous = on;
  }
}
