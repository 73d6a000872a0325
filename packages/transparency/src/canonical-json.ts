import canonicalize from 'canonicalize';

/** A value that JSON can hold. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [member: string]: JsonValue;
}

/**
 * The one spelling of a JSON value (RFC 8785); minus zero is zero there. Null for what JSON cannot hold: numbers that are
 * not finite, half a character, undefined, functions, objects of a class.
 */
export function canonicalJson(value: unknown): string | null {
  // The library leaves out what JSON cannot hold, as JSON.stringify does; two values would then have one spelling.
  return isJson(value) ? (canonicalize(value) ?? null) : null;
}

const deepest = 100;

function isJson(value: unknown, depth = 0): value is JsonValue {
  if (depth > deepest) return false;
  if (value === null || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object') return false;
  if (Array.isArray(value)) return Array.from(value).every((item) => isJson(item, depth + 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    (prototype === Object.prototype || prototype === null) &&
    Object.entries(value).every(([name, item]) => name.isWellFormed() && isJson(item, depth + 1))
  );
}
