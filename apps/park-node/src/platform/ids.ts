import { randomBytes, randomInt } from 'node:crypto';
import type { Clock } from './clock.ts';

/**
 * A row id: UUID version 7, so that ids sort by time and a range of ids is a range of time. Those of one millisecond
 * count up, so that what this process writes sorts as it was written; 62 random bits keep anybody from guessing one.
 *
 * Source: RFC 9562 section 5.7 and, for the count, section 6.2 method 1.
 */
export function newId(clock: Clock): string {
  const milliseconds = clock.now().epochMilliseconds;
  const isNext = milliseconds === last.milliseconds && last.count < largestCount;
  last.count = isNext ? last.count + 1 : randomInt((largestCount + 1) / 2);
  last.milliseconds = milliseconds;
  const bytes = randomBytes(16);
  bytes.writeUIntBE(milliseconds, 0, 6);
  bytes.writeUInt16BE(0x7000 | last.count, 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The millisecond since 1970 in which a row id was made; null for an id that does not tell. */
export function timeOfId(id: string): number | null {
  return id[14] === '7' ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : null;
}

/** Whether a text is an id as the database writes it. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

/** Twelve bits. Whoever needs more ids in a millisecond gets some that do not sort among themselves. */
const largestCount = 0xfff;
const last = { milliseconds: 0, count: 0 };
