import type { z } from 'zod';
import { keyOf, type Raise } from '../findings.ts';
import { nearest } from '../nearest.ts';
import type { ProblemCode } from '../problem-codes.ts';
import {
  currency,
  factId,
  factIdPattern,
  id,
  idPattern,
  isoDate,
  partialDate,
  sourceId,
  text,
} from '../schema/common.ts';
import { system } from '../schema/sources.ts';
import { inside, type Path, type Place } from '../tree.ts';
import { definitionOf, fieldsAt, isRecord, type Schema } from './walk.ts';

type Issue = z.core.$ZodIssue;

/** Reports where a value departs from its schema, in our own words. Returns whether it fits. */
export function checkStructure(schema: z.ZodType, value: unknown, place: Place, raise: Raise): boolean {
  const parsed = schema.safeParse(value);
  if (parsed.success) return true;
  reportAll(parsed.error.issues, { schema, value, place, raise });
  return false;
}

interface Judging {
  readonly schema: Schema;
  readonly value: unknown;
  readonly place: Place;
  readonly raise: Raise;
}

/** A field that is missing because its name was misspelt is reported once, as the misspelling. */
function reportAll(issues: readonly Issue[], judging: Judging): void {
  const misspelt = new Set<string>();
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    for (const key of issue.keys) {
      const field = meantField(key, issue.path as Path, judging);
      if (field !== '') misspelt.add(JSON.stringify([...issue.path, field]));
    }
  }
  for (const issue of issues) {
    if (!misspelt.has(JSON.stringify(issue.path))) report(issue, judging);
  }
}

/** The absent field whose name is nearest to one that the schema does not know. */
function meantField(key: string, path: Path, { schema, value }: Judging): string {
  const given = valueAt(value, path);
  const absent = fieldsAt(schema, value, path).filter((field) => !(isRecord(given) && field in given));
  return nearest(key, absent);
}

function report(issue: Issue, judging: Judging): void {
  const { place, raise } = judging;
  const path = issue.path as Path;
  const spot = inside(place, ...path);
  const value = valueAt(judging.value, path);
  const field = String(path.at(-1) ?? '');
  if (value === undefined && path.length > 0) raise('missing-field', spot, { field });
  else if (value === null && typeof path.at(-1) === 'string') raise('no-value', keyOf(spot), { field });
  else if (issue.code === 'invalid_union') reportUnion(issue, judging, path);
  else if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) {
      const suggestion = meantField(key, path, judging);
      raise('unknown-field', keyOf(inside(spot, key)), { field: key, suggestion });
    }
  } else reportValue(issue, value, spot, raise);
}

/** A value that is there, but not what the schema asks for. */
function reportValue(issue: Issue, value: unknown, spot: Place, raise: Raise): void {
  switch (issue.code) {
    case 'invalid_type':
      raise(expectedCode[issue.expected] ?? 'expected-mapping', spot, {});
      break;
    case 'invalid_value': {
      const allowed = issue.values.map(String);
      const suggestion = nearest(String(value), allowed);
      if (typeof value === 'object') raise('expected-text', spot, {});
      else raise('wrong-value', spot, { value: String(value), allowed: allowed.join(', '), suggestion });
      break;
    }
    case 'invalid_format':
      raise(codeOf(issue), spot, { value: String(value) });
      break;
    case 'invalid_key':
      raise(codeOf(issue.issues[0]), keyOf(spot), { value: String(spot.path.at(-1)) });
      break;
    case 'too_small':
    case 'too_big':
      reportSize(issue, value, spot, raise);
      break;
    default:
      raise('bad-format', spot, { value: String(value) });
  }
}

function reportSize(
  issue: Extract<Issue, { code: 'too_small' | 'too_big' }>,
  value: unknown,
  spot: Place,
  raise: Raise,
): void {
  const isSmall = issue.code === 'too_small';
  const field = spot.path.at(-1);
  const bound = Number(isSmall ? issue.minimum : issue.maximum);
  const limit = String(isSmall && issue.inclusive === false ? bound + 1 : bound);
  if (field === 'parks' && Array.isArray(value)) {
    raise('not-two-parks', spot, { count: String(value.length) });
  } else if (issue.origin === 'array') raise('empty-list', spot, {});
  else if (issue.origin === 'string' && isSmall) raise('empty-text', spot, {});
  else if (issue.origin === 'string') raise('text-too-long', spot, { limit });
  else if (value === 0 && field === 'amount') raise('limit-zero', spot, {});
  else raise(isSmall ? 'too-small' : 'too-big', spot, { value: String(value), limit });
}

const expectedCode: Readonly<
  Record<
    string,
    Extract<
      ProblemCode,
      | 'expected-text'
      | 'expected-number'
      | 'expected-whole-number'
      | 'expected-true-or-false'
      | 'expected-list'
      | 'expected-mapping'
    >
  >
> = {
  string: 'expected-text',
  number: 'expected-number',
  int: 'expected-whole-number',
  boolean: 'expected-true-or-false',
  array: 'expected-list',
  object: 'expected-mapping',
  record: 'expected-mapping',
};

type FormatCode = Extract<ProblemCode, `bad-${string}`>;

/** What a text was to be, by the pattern that it does not match. */
const codeOfPattern = new Map<string, FormatCode>([
  [String(idPattern), 'bad-id'],
  [String(factIdPattern), 'bad-fact-id'],
  [patternOf(id), 'bad-id'],
  [patternOf(factId), 'bad-fact-id'],
  [patternOf(sourceId), 'bad-source-id'],
  [patternOf(system.shape.id), 'bad-system-id'],
  [patternOf(currency), 'bad-currency'],
  [patternOf(text.keyType), 'bad-language-tag'],
  [patternOf(isoDate), 'bad-date'],
  [patternOf(partialDate), 'bad-partial-date'],
]);

function patternOf(schema: z.ZodType): string {
  const found = schema.safeParse('\u0000').error?.issues[0];
  return found?.code === 'invalid_format' && 'pattern' in found ? String(found.pattern) : '';
}

function codeOf(issue: z.core.$ZodIssue | undefined): FormatCode {
  const pattern = issue?.code === 'invalid_format' && 'pattern' in issue ? String(issue.pattern) : '';
  return codeOfPattern.get(pattern) ?? 'bad-format';
}

/**
 * Only the branch that the author evidently meant is reported: the one that knows most of the fields given, and among
 * equals the one with the fewest faults.
 */
function reportUnion(issue: Extract<Issue, { code: 'invalid_union' }>, judging: Judging, path: Path): void {
  const union = definitionAt(judging.schema, path);
  const branches = issue.errors.map((issues, index) => ({
    issues,
    schema: union?.type === 'union' ? union.options[index] : undefined,
    cost: issues.reduce((sum, inner) => sum + costOf(inner, issues), 0),
  }));
  const [meant] = branches.toSorted((one, other) => one.cost - other.cost);
  const value = valueAt(judging.value, path);
  reportAll((meant?.issues ?? []) as Issue[], {
    schema: meant?.schema ?? judging.schema,
    value,
    place: inside(judging.place, ...path),
    raise: judging.raise,
  });
}

/** A wrong kind of value counts most, then fields that the branch does not know, then other faults. */
function costOf(issue: z.core.$ZodIssue, among: readonly z.core.$ZodIssue[]): number {
  if (issue.path.length === 0 && issue.code === 'invalid_type') return 1_000;
  if (issue.code !== 'unrecognized_keys') return 1;
  const missing = among.filter((other) => other.path.length === 1).map((other) => String(other.path[0]));
  // A field that is nearly the one missing is a slip of the pen, not another branch.
  return issue.keys.reduce((sum, key) => sum + (nearest(key, missing) === '' ? 20 : 5), 0);
}

function definitionAt(schema: Schema, path: Path): ReturnType<typeof definitionOf> | undefined {
  let def = definitionOf(schema);
  for (const step of path) {
    const inner =
      def.type === 'object' ? def.shape[String(step)] : def.type === 'array' ? def.element : undefined;
    if (!inner) return undefined;
    def = definitionOf(inner);
  }
  return def;
}

/** The value at a path; undefined where it, or a part of the way, is missing. */
export function valueAt(value: unknown, path: Path): unknown {
  let at = value;
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as Record<string | number, unknown>)[step];
  }
  return at;
}
