import { checkCalendars } from './check/calendars.ts';
import { checkCatalogue } from './check/catalogue.ts';
import { checkCitations } from './check/citations.ts';
import { checkConditions } from './check/conditions.ts';
import { checkFacts } from './check/facts.ts';
import { checkIdentifiers } from './check/identifiers.ts';
import { checkInstruments } from './check/instruments.ts';
import { checkJoints } from './check/joint-steps.ts';
import { checkJourneys } from './check/journeys.ts';
import { checkParks } from './check/parks.ts';
import { checkPeriods } from './check/periods.ts';
import { checkReferences } from './check/references.ts';
import { checkServices } from './check/services.ts';
import { checkStructure } from './check/structure.ts';
import { checkTexts } from './check/texts.ts';
import { decode } from './decode.ts';
import { collectionNames, type Draft, draftOf, type Entry, entryOf, recordSchemas } from './draft.ts';
import { findings, keyOf, type Raise } from './findings.ts';
import { nearest } from './nearest.ts';
import type { Collection, Pack } from './pack.ts';
import { inReadingOrder, type Problem } from './problems.ts';
import type { PackSource } from './source.ts';
import { inside, packRoot, type Tree } from './tree.ts';
import { parseYaml } from './yaml.ts';

export interface CheckResult {
  /** All that is wrong, in reading order; empty for a sound pack. */
  readonly problems: readonly Problem[];
  /** The merged records; null as soon as there is a problem. */
  readonly pack: Pack | null;
}

const checks: readonly ((draft: Draft, raise: Raise) => void)[] = [
  checkIdentifiers,
  checkReferences,
  checkTexts,
  checkCitations,
  checkPeriods,
  checkInstruments,
  checkCalendars,
  checkParks,
  checkFacts,
  checkConditions,
  checkServices,
  checkJoints,
  checkJourneys,
  checkCatalogue,
];

/**
 * Everything that is wrong with a pack, at once, each with its place. Reads nothing and knows no clock: the same files
 * always give the same answer.
 */
export function checkPack(sources: readonly PackSource[]): CheckResult {
  const { problems, raise } = findings();
  const entries: Entry[] = [];
  const unread: (string | null)[] = [];
  for (const source of sources) {
    const file = openFile(source, problems);
    if (file.tree) entries.push(...readRecords(file.tree, raise, unread));
    else if (file.matters) unread.push(file.text);
  }
  if (sources.length === 0) problems.push(problemAt('', 'pack-empty'));
  const draft = draftOf(entries, unread);
  if (sources.length > 0) for (const check of checks) check(draft, raise);
  problems.sort(inReadingOrder);
  return {
    problems,
    pack: problems.length === 0 && draft.zone ? { zone: draft.zone, ...draft.records } : null,
  };
}

export interface OpenedFile {
  readonly tree: Tree | null;
  readonly text: string | null;
  /** Whether the file may hold records although none could be read. */
  readonly matters: boolean;
}

/** A file as a tree, with what is wrong with its bytes and its YAML. */
export function openFile(source: PackSource, problems: Problem[]): OpenedFile {
  if ('fault' in source) {
    problems.push(problemAt(source.path, source.fault.code, source.fault.parameters));
    return { tree: null, text: null, matters: true };
  }
  const { path } = source;
  const { text, faults } = decode(source.bytes);
  for (const { code, position, parameters } of faults) {
    problems.push({ code, path, ...position, parameters });
  }
  if (text === null) return { tree: null, text: null, matters: true };
  const parsed = parseYaml(path, text);
  for (const { code, position, parameters } of parsed.faults) {
    problems.push({ code, path, ...position, parameters });
  }
  const isEmpty = parsed.faults.every(({ code }) => code === 'empty-file');
  return { tree: parsed.tree, text, matters: !isEmpty };
}

function problemAt(path: string, code: Problem['code'], parameters: Problem['parameters'] = {}): Problem {
  return { code, path: path === '' ? packRoot.file : path, line: 1, column: 1, parameters };
}

/** The records of one file, each checked against its schema. */
function readRecords(tree: Tree, raise: Raise, unread: (string | null)[]): Entry[] {
  const root = { tree, path: [] };
  const entries: Entry[] = [];
  const add = (collection: Collection | 'zone', raw: unknown, place: Entry['place']) => {
    const fits = checkStructure(recordSchemas[collection], raw, place, raise);
    entries.push(entryOf(collection, raw, place, !fits));
  };
  for (const [name, value] of Object.entries(tree.value as Record<string, unknown>)) {
    const place = inside(root, name);
    const collection = collectionMeant(name);
    if (collection !== name) {
      raise('unknown-field', keyOf(place), { field: name, suggestion: collection ?? '' });
    }
    if (collection === undefined) unread.push(JSON.stringify(value));
    else if (value === null) raise('no-value', keyOf(place), { field: name });
    else if (collection === 'zone') add('zone', value, place);
    else if (Array.isArray(value)) {
      for (const [index, raw] of value.entries()) add(collection, raw, inside(place, index));
    } else {
      raise('expected-list', place, {});
      unread.push(JSON.stringify(value));
    }
  }
  return entries;
}

/** A misspelt collection still holds its records; else each reference to one would be reported, too. */
function collectionMeant(name: string): Collection | 'zone' | undefined {
  const names = ['zone' as const, ...collectionNames];
  const meant = names.includes(name as Collection) ? name : nearest(name, names);
  return names.find((known) => known === meant);
}
