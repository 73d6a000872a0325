import { en } from './messages/en.ts';
import { zhHans } from './messages/zh-hans.ts';
import { zhHant } from './messages/zh-hant.ts';
import type { ProblemCode } from './problem-codes.ts';

/** One thing that is wrong in a pack, and where: a value to be shown, never an exception. */
export interface Problem {
  readonly code: ProblemCode;
  /** The file, relative to the pack's folder. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly parameters: Readonly<Record<string, string>>;
}

const catalogues = { en, 'zh-Hans': zhHans, 'zh-Hant': zhHant } as const;
export type MessageLanguage = keyof typeof catalogues;
export const messageLanguages = Object.keys(catalogues) as readonly MessageLanguage[];

/** What is wrong, why it matters and what to do, in one language; it names no place, so that a list can show that apart. */
export function problemText(
  problem: Pick<Problem, 'code' | 'parameters'>,
  language: MessageLanguage,
): string {
  return fillIn(catalogues[language][problem.code], problem.parameters);
}

/**
 * A message with its placeholders filled in. A part in brackets is left out where one of its parameters is empty:
 * `There is no “{id}”.[ Did you mean “{suggestion}”?]`
 */
export function fillIn(message: string, parameters: Readonly<Record<string, string>>): string {
  const value = (name: string) => parameters[name] ?? '';
  return message
    .replace(/\[([^\]]*)\]/g, (_, part: string) =>
      [...part.matchAll(/\{(\w+)\}/g)].every(([, name]) => value(name ?? '') !== '') ? part : '',
    )
    .replace(/\{(\w+)\}/g, (_, name: string) => value(name));
}

/** By file, then line, then column, so that a list reads like the pack. */
export function inReadingOrder(one: Problem, other: Problem): number {
  return (
    compare(one.path, other.path) ||
    one.line - other.line ||
    one.column - other.column ||
    compare(one.code, other.code)
  );
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
