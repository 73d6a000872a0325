import {
  type InnerList,
  type Item,
  isInnerList,
  parseDictionary,
  serializeInnerList,
  serializeItem,
} from 'structured-headers';
import { fieldValue, type Message, type RequestMessage, type SignatureFault } from './message.ts';

/** A component as `Signature-Input` names it: `"@method"`, `"signature";req;key="label"`. */
export type Component = Item;

export function component(name: string, parameters: Readonly<Record<string, string | true>> = {}): Component {
  return [name, new Map(Object.entries(parameters))];
}

/** The name and parameters of a component in one order, by which two can be compared. */
export function identifierOf([name, parameters]: Component): string {
  return serializeItem([name, new Map([...parameters].sort(([one], [other]) => (one < other ? -1 : 1)))]);
}

/**
 * The text that is signed: a line for each component of the message and one for the parameters of the signature.
 *
 * Faults: `componentTwice`, `componentMissing` for a field that is not there, `componentUnknown`.
 * Source: RFC 9421 section 2.5.
 */
export function signatureBase(
  message: Message,
  input: InnerList,
): { readonly base: string } | { readonly fault: SignatureFault } {
  const lines: string[] = [];
  const seen = new Set<string>();
  for (const each of input[0]) {
    const identifier = identifierOf(each);
    if (seen.has(identifier)) return { fault: 'componentTwice' };
    seen.add(identifier);
    const value = componentValue(message, each);
    if (value === null || value === undefined || /[\r\n]/.test(value)) {
      return { fault: value === null ? 'componentMissing' : 'componentUnknown' };
    }
    lines.push(`${serializeItem(each)}: ${value}`);
  }
  return { base: [...lines, `"@signature-params": ${serializeInnerList(input)}`].join('\n') };
}

/** Null for what the message does not have, undefined for what this is no name of. */
function componentValue(message: Message, [name, parameters]: Component): string | null | undefined {
  if (typeof name !== 'string') return undefined;
  const { req, key, ...others } = Object.fromEntries(parameters);
  if (Object.keys(others).length > 0 || (req !== undefined && req !== true)) return undefined;
  const part = req === undefined ? message : requestOf(message);
  if (part === undefined) return undefined;
  if (name.startsWith('@')) return key === undefined ? derivedValue(part, name) : undefined;
  if (name !== name.toLowerCase()) return undefined;
  const value = fieldValue(part.headers, name);
  if (value === null || key === undefined) return value;
  return typeof key === 'string' ? memberValue(value, key) : undefined;
}

function requestOf(message: Message): RequestMessage | undefined {
  return 'request' in message ? message.request : undefined;
}

/** RFC 9421 section 2.2. */
function derivedValue(part: Message, name: string): string | undefined {
  if ('status' in part) return name === '@status' ? String(part.status) : undefined;
  switch (name) {
    case '@method':
      return part.method;
    case '@target-uri':
      return part.targetUri;
    case '@authority':
      return new URL(part.targetUri).host;
    case '@path':
      return new URL(part.targetUri).pathname;
    default:
      return undefined;
  }
}

/** One member of a dictionary, RFC 9421 section 2.1.2. */
function memberValue(value: string, key: string): string | null | undefined {
  try {
    const member = parseDictionary(value).get(key);
    if (member === undefined) return null;
    return isInnerList(member) ? serializeInnerList(member) : serializeItem(member);
  } catch {
    return undefined;
  }
}
