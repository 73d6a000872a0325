import type { FaultTexts } from './problem-texts/texts.ts';

/** Something in a request that no schema asks about and that must not come further than the edge. */
export interface UnsafeValue {
  readonly path: readonly (string | number)[];
  readonly fault: keyof Pick<
    FaultTexts,
    'nullCharacter' | 'brokenCharacter' | 'reservedKey' | 'tooDeep' | 'tooMany' | 'notFinite'
  >;
}

export const deepestNesting = 32;
export const mostValues = 20_000;
const mostFaults = 100;

const reservedKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Finds characters that the database cannot store, names that JavaScript gives a meaning of its own, and structures so
 * deep or so large that looking at them would cost more than they are worth. It stops at the hundredth.
 */
export function findUnsafeValues(root: unknown): readonly UnsafeValue[] {
  const found: UnsafeValue[] = [];
  // A list of what is still to be looked at, because recursion would be at the mercy of the sender.
  const open: Located[] = [{ value: root, path: [] }];
  let seen = 0;
  for (let next = open.pop(); next && found.length < mostFaults; next = open.pop()) {
    seen += 1;
    const inside = entriesOf(next.value);
    if (seen + open.length + inside.length > mostValues) return [{ path: [], fault: 'tooMany' }];
    if (inside.length > 0 && next.path.length >= deepestNesting)
      found.push({ path: next.path, fault: 'tooDeep' });
    else open.push(...inside.map(([key, value]) => ({ value, path: [...(next?.path ?? []), key] })));
    found.push(...faultsOf(next));
  }
  return found;
}

interface Located {
  readonly value: unknown;
  readonly path: UnsafeValue['path'];
}

function entriesOf(value: unknown): readonly (readonly [string | number, unknown])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Array.isArray(value) ? [...value.entries()] : Object.entries(value);
}

function faultsOf({ value, path }: Located): readonly UnsafeValue[] {
  const key = path.at(-1);
  return [
    ...(typeof key === 'string' ? faultsOfText(key, path) : []),
    ...(typeof key === 'string' && reservedKeys.has(key) ? [{ path, fault: 'reservedKey' } as const] : []),
    ...(typeof value === 'string' ? faultsOfText(value, path) : []),
    ...(typeof value === 'number' && !Number.isFinite(value) ? [{ path, fault: 'notFinite' } as const] : []),
  ];
}

function faultsOfText(text: string, path: UnsafeValue['path']): readonly UnsafeValue[] {
  if (text.includes('\0')) return [{ path, fault: 'nullCharacter' }];
  return text.isWellFormed() ? [] : [{ path, fault: 'brokenCharacter' }];
}
