import type { Language } from '@twinpark/contract/common.ts';
import { fillIn } from '@twinpark/pack/problems.ts';
import { listOf } from '@twinpark/pack/words/words.ts';
import type { z } from 'zod';
import type { FieldError } from './problem.ts';
import { httpTextsIn } from './problem-texts/http-texts.ts';
import { deepestNesting, findUnsafeValues, mostValues, type UnsafeValue } from './unsafe-values.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** Where in a request a value stands: in the path, in the query, or in the body. */
export const places = ['params', 'query', 'body'] as const;
export type Place = (typeof places)[number];

const mostErrors = 100;

/** Everything that is wrong with one part of a request, each with its place and a sentence for the reader. */
export function faultsIn(
  place: Place,
  value: unknown,
  schema: z.ZodType,
  language: Language,
): { readonly data: unknown } | { readonly errors: readonly FieldError[] } {
  const unsafe = unsafeFaults(place, value, language);
  if (unsafe.length > 0) return { errors: unsafe };
  const result = schema.safeParse(value);
  if (result.success) return { data: result.data };
  const errors = result.error.issues.flatMap((issue) => errorsOf(place, issue, [], value, language));
  return { errors: errors.slice(0, mostErrors) };
}

/** What is wrong with a part of a request whatever it is for. */
export function unsafeFaults(place: Place, value: unknown, language: Language): readonly FieldError[] {
  return findUnsafeValues(value).map((found) => unsafeError(place, found, language));
}

/** `/a/0` for the body, a JSON pointer (RFC 6901); `?name` for the query; `:name` for the path. */
export function pointerTo(place: Place, path: Path): string {
  if (place !== 'body') return `${place === 'query' ? '?' : ':'}${path.map(String).join('/')}`;
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function unsafeError(place: Place, { path, fault }: UnsafeValue, language: Language): FieldError {
  const maximum = String(fault === 'tooDeep' ? deepestNesting : mostValues);
  return {
    pointer: pointerTo(place, path),
    detail: fillIn(httpTextsIn[language].faults[fault], { maximum }),
  };
}

function errorsOf(
  place: Place,
  issue: Issue,
  above: Path,
  root: unknown,
  language: Language,
): readonly FieldError[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    const { unknownKey } = httpTextsIn[language].faults;
    return issue.keys.map((key) => ({ pointer: pointerTo(place, [...path, key]), detail: unknownKey }));
  }
  if (issue.code === 'invalid_union' || issue.code === 'invalid_element') {
    const nearest = issue.code === 'invalid_union' ? nearestBranch(issue.errors) : issue.issues;
    if (nearest) return nearest.flatMap((inner) => errorsOf(place, inner, path, root, language));
  }
  return [{ pointer: pointerTo(place, path), detail: sentenceFor(issue, valueAt(root, path), language) }];
}

/** The one form that the sender can have meant: the others are of another kind altogether. */
function nearestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | null {
  const meant = branches.filter(
    (issues) => !issues.some(({ code, path }) => path.length === 0 && code === 'invalid_type'),
  );
  return meant.length === 1 ? (meant[0] ?? null) : null;
}

function sentenceFor(issue: Issue, value: unknown, language: Language): string {
  const { faults } = httpTextsIn[language];
  if (value === undefined) return faults.missing;
  switch (issue.code) {
    case 'invalid_type':
      return isOneOf(issue.expected, faults.types) ? faults.types[issue.expected] : faults.types.other;
    case 'too_small':
      return tooSmall(issue, language);
    case 'too_big':
      return tooBig(issue, language);
    case 'not_multiple_of':
      return fillIn(faults.step, { divisor: String(issue.divisor) });
    case 'invalid_format':
      return isOneOf(issue.format, faults.formats) ? faults.formats[issue.format] : faults.formats.other;
    case 'invalid_value':
      return fillIn(faults.options, { options: listOf({ language }, issue.values.map(String)) });
    case 'invalid_union':
      return faults.noFormFits;
    case 'invalid_key':
      return faults.keyNotAllowed;
    default:
      return faults.other;
  }
}

function tooSmall(
  { origin, minimum, inclusive }: Extract<Issue, { code: 'too_small' }>,
  language: Language,
): string {
  const { faults } = httpTextsIn[language];
  const parameters = { minimum: String(minimum) };
  if (origin === 'string' && minimum === 1) return faults.empty;
  if (origin === 'string') return fillIn(faults.textTooShort, parameters);
  if (origin === 'array' || origin === 'set') return fillIn(faults.listTooShort, parameters);
  return fillIn(inclusive === false ? faults.numberNotAbove : faults.numberTooSmall, parameters);
}

function tooBig(
  { origin, maximum, inclusive }: Extract<Issue, { code: 'too_big' }>,
  language: Language,
): string {
  const { faults } = httpTextsIn[language];
  const parameters = { maximum: String(maximum) };
  if (origin === 'string') return fillIn(faults.textTooLong, parameters);
  if (origin === 'array' || origin === 'set') return fillIn(faults.listTooLong, parameters);
  return fillIn(inclusive === false ? faults.numberNotBelow : faults.numberTooLarge, parameters);
}

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    return (value as Readonly<Record<PropertyKey, unknown>>)[step];
  }, root);
}

function isOneOf<Known extends object>(word: string, texts: Known): word is Extract<keyof Known, string> {
  return Object.hasOwn(texts, word);
}
