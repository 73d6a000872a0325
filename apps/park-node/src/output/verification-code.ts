import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Digits and letters that nobody takes for one another (Crockford's base 32). */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 20;

/** A code that nobody guesses, of 100 random bits, written for people: `7K2M-Q9XD-4HTP-W3VB-8NEC`. */
export function newVerificationCode(): string {
  const letters = Array.from(randomBytes(length), (byte) => alphabet.charAt(byte & 31)).join('');
  return letters.replace(/.{4}(?=.)/g, '$&-');
}

/**
 * Whether a code is the one that was given out, as a person may type it: in small letters, without dashes, with O for 0.
 * Takes the same time whichever letter is wrong.
 */
export function isSameCode(typed: string, code: string): boolean {
  return timingSafeEqual(digestOf(typed), digestOf(code));
}

function digestOf(code: string): Buffer {
  const plain = code.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  return createHash('sha256').update(plain).digest();
}
