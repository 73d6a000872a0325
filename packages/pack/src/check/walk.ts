import type { z } from 'zod';
import { expression, isoDate, partialDate, source, text } from '../schema/common.ts';
import type { Path } from '../tree.ts';

/** What the schema says a value is, where checks need more than its shape. */
export type PartKind = 'text' | 'date' | 'partialDate' | 'expression' | 'cited';

export interface Part {
  readonly kind: PartKind;
  readonly value: unknown;
  /** From the record. */
  readonly path: Path;
}

export type Schema = z.core.$ZodType;

// `describe` makes a new schema around the same definition, so the definition tells what a field is.
const kinds = new Map<unknown, PartKind>([
  [text._zod.def, 'text'],
  [isoDate._zod.def, 'date'],
  [partialDate._zod.def, 'partialDate'],
  [expression._zod.def, 'expression'],
]);

/**
 * The texts, dates, conditions and cited values of a record, found by its schema. The record itself may be faulty: what
 * fits is found all the same.
 */
export function partsOf(schema: Schema, value: unknown, path: Path = []): Part[] {
  const def = definitionOf(schema);
  const kind = kinds.get(def);
  const own: Part[] = kind ? [{ kind, value, path }] : [];
  switch (def.type) {
    case 'object': {
      if (!isRecord(value)) return own;
      const isCited =
        'source' in def.shape && definitionOf(def.shape['source'] as Schema) === source._zod.def;
      if (isCited) own.push({ kind: 'cited', value, path });
      for (const [key, inner] of Object.entries(def.shape)) {
        if (Object.hasOwn(value, key)) own.push(...partsOf(inner, value[key], [...path, key]));
      }
      return own;
    }
    case 'record': {
      if (kind || !isRecord(value)) return own;
      for (const [key, inner] of Object.entries(value)) {
        own.push(...partsOf(def.valueType, inner, [...path, key]));
      }
      return own;
    }
    case 'array':
      if (!Array.isArray(value)) return own;
      for (const [index, inner] of value.entries())
        own.push(...partsOf(def.element, inner, [...path, index]));
      return own;
    case 'union': {
      const branch = meantBranch(def.options, value);
      return branch ? [...own, ...partsOf(branch, value, path)] : own;
    }
    default:
      return own;
  }
}

type Definition = z.core.$ZodTypes['_zod']['def'];

/** The definition beneath `optional`. */
export function definitionOf(schema: Schema): Definition {
  const def = schema._zod.def as Definition;
  return def.type === 'optional' ? definitionOf(def.innerType) : def;
}

/** The branch of a union that the author evidently meant, judged by the fields that are there. */
function meantBranch(options: readonly Schema[], value: unknown): Schema | undefined {
  if (!isRecord(value)) return options.find((option) => definitionOf(option).type !== 'object');
  const keys = Object.keys(value);
  const known = (option: Schema) => {
    const def = definitionOf(option);
    return def.type === 'object' ? keys.filter((key) => key in def.shape).length : -1;
  };
  return options.toSorted((one, other) => known(other) - known(one))[0];
}

/** The names of the fields that may stand at a path of a value; empty where any may. */
export function fieldsAt(schema: Schema, value: unknown, path: Path): readonly string[] {
  const def = definitionOf(schema);
  const [step, ...rest] = path;
  if (def.type === 'union') {
    const branch = meantBranch(def.options, value);
    return branch ? fieldsAt(branch, value, path) : [];
  }
  if (def.type === 'object') {
    if (step === undefined) return Object.keys(def.shape);
    const inner = def.shape[String(step)];
    return inner ? fieldsAt(inner, isRecord(value) ? value[String(step)] : undefined, rest) : [];
  }
  if (step === undefined) return [];
  if (def.type === 'array') {
    return fieldsAt(def.element, Array.isArray(value) ? value[Number(step)] : undefined, rest);
  }
  if (def.type === 'record') {
    return fieldsAt(def.valueType, isRecord(value) ? value[String(step)] : undefined, rest);
  }
  return [];
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
