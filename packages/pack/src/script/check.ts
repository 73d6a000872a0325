import type { JourneyDefinition } from '@twinpark/kernel/dossier/journey.ts';
import { isDay } from '../check/dates.ts';
import { checkStructure } from '../check/structure.ts';
import { checkText } from '../check/texts.ts';
import { isRecord, partsOf } from '../check/walk.ts';
import { keyOf, type Raise, type Spot } from '../findings.ts';
import { nearest } from '../nearest.ts';
import { inside, type Place } from '../tree.ts';
import type { Zone } from '../zone.ts';
import { checkAnswers } from './answers.ts';
import {
  dossierScript,
  type Entry,
  entryHead,
  entrySchemas,
  type WrittenAct,
  type WrittenScript,
} from './schema.ts';

/** What a script is judged by. */
export interface ScriptChecking {
  readonly zone: Zone;
  readonly raise: Raise;
}

/** Everything that is wrong with a script against its schema and the zone in which it is to run. */
export function checkScript(value: unknown, place: Place, checking: ScriptChecking): void {
  const { zone, raise } = checking;
  const fits = checkStructure(dossierScript, value, place, raise);
  if (!isRecord(value)) return;
  checkParts(dossierScript, value, place, checking);
  const journey = typeof value['journey'] === 'string' ? zone.journeys.get(value['journey']) : undefined;
  if (typeof value['journey'] === 'string' && !journey) {
    refer('journeys', value['journey'], inside(place, 'journey'), checking);
  }
  const story = Array.isArray(value['story']) ? value['story'] : [];
  const entries = story.map((entry: unknown, index) => {
    const spot = inside(place, 'story', index);
    return checkEntry(entry, spot, journey, checking) ? { entry, spot } : null;
  });
  if (!fits) return;
  const script = value as WrittenScript;
  checkGiven(script, place, checking);
  checkOrder(
    script.startOn,
    entries.flatMap((known) =>
      known ? [{ on: (known.entry as Entry).on, place: inside(known.spot, 'on') }] : [],
    ),
    raise,
  );
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

/** Whether an entry fits the schema of what it does; what it names is looked up only then. */
function checkEntry(
  value: unknown,
  place: Place,
  journey: JourneyDefinition | undefined,
  checking: ScriptChecking,
): boolean {
  if (!checkStructure(entryHead, value, place, checking.raise)) return false;
  const schema = entrySchemas.get((value as Entry).do);
  if (!schema || !checkStructure(schema, value, place, checking.raise)) return false;
  checkParts(schema, value, place, checking);
  const entry = value as Entry;
  checkGiven(entry, place, checking);
  if (entry.do !== 'answer' && journey) checkAct(entry, place, journey, checking);
  return true;
}

function checkAct(
  entry: WrittenAct,
  place: Place,
  journey: JourneyDefinition,
  checking: ScriptChecking,
): void {
  const { zone, raise } = checking;
  const steps = new Map(journey.steps.map((step) => [step.id, step]));
  const service = zone.services.get(steps.get(entry.step)?.service ?? '');
  const named = (field: string, id: string | undefined, known: readonly string[]) => {
    if (id !== undefined && !known.includes(id)) raiseUnknown(id, known, inside(place, field), raise);
  };
  named('step', entry.step, [...steps.keys()]);
  if (!service) return;
  named('caseStep', entry.caseStep, idsOf(service.steps));
  named('procedure', entry.procedure, idsOf(service.specialProcedures));
  named('remedy', entry.remedy, idsOf(service.remedies));
  const outputs = inside(place, 'outputs');
  checkAnswers(entry.outputs ?? {}, outputs, zone.facts, raise);
  for (const fact of Object.keys(entry.outputs ?? {})) {
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
function checkGiven(given: WrittenScript | Entry, place: Place, checking: ScriptChecking): void {
  checkAnswers(given.answers ?? {}, inside(place, 'answers'), checking.zone.facts, checking.raise);
  for (const [index, paper] of (given.evidence ?? []).entries()) {
    const spot = inside(place, 'evidence', index);
    if (typeof paper === 'string') refer('evidenceTypes', paper, spot, checking);
    else refer('evidenceTypes', paper.type, inside(spot, 'type'), checking);
  }
  if (!('facts' in given)) return;
  for (const [index, fact] of (given.facts ?? []).entries()) {
    refer('facts', fact, inside(place, 'facts', index), checking);
  }
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
