/** Bytes and their spellings. Each has one spelling here: what another reader might take otherwise is refused. */

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function bytesOf(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The text that the bytes spell in UTF-8; null where they spell none. */
export function textOf(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

export function areEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

/** RFC 4648 section 4, with padding. */
export function toBase64(bytes: Uint8Array): string {
  return bytes.toBase64();
}

/** Null unless it is the one spelling of some bytes: no space, no missing padding, no stray bits in the last character. */
export function fromBase64(text: string): Uint8Array | null {
  return decode(text, 'base64');
}

/** RFC 4648 section 5, without padding, as JOSE writes it. */
export function toBase64Url(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: 'base64url', omitPadding: true });
}

/** Null unless it is the one spelling of some bytes. */
export function fromBase64Url(text: string): Uint8Array | null {
  return decode(text, 'base64url');
}

function decode(text: string, alphabet: 'base64' | 'base64url'): Uint8Array | null {
  try {
    const bytes = Uint8Array.fromBase64(text, { alphabet });
    return bytes.toBase64({ alphabet, omitPadding: alphabet === 'base64url' }) === text ? bytes : null;
  } catch {
    return null;
  }
}

/** A count as the log's texts spell it: decimal, no sign, no leading zero. Null for more than a number can hold. */
export function countOf(text: string): number | null {
  if (!/^(0|[1-9]\d{0,15})$/.test(text)) return null;
  const count = Number(text);
  return Number.isSafeInteger(count) ? count : null;
}
