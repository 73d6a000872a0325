import {
  exchangeAnswerSchema,
  largestBatchBytes,
  largestBatchCount,
  type MessageResult,
  type ProtocolVersion,
} from '@twinpark/contract/gateway/exchange.ts';
import { log } from '../log/statements.ts';
import { instantNow } from '../platform/clock.ts';
import type { Tx } from '../platform/database/store.ts';
import type { DeliveryProblem } from '../platform/database/tables.ts';
import { parseJson } from '../platform/http/body-parsers.ts';
import type { Services } from '../services.ts';
import { digestOf, encodeMessage, sourceOf } from './message-codec.ts';
import { messageToLog } from './message-statement.ts';
import type { PeerAnswered, PeerClient } from './peer-client.ts';
import { noteKnownKeys } from './queries/announced-keys.ts';
import {
  type Attempted,
  leaseDueStreams,
  noteAttempts,
  noteOutgoing,
  releaseStreams,
  rewindStream,
  type WaitingMessage,
} from './queries/outbox.ts';
import { noteContact, noteFailure } from './queries/peer-link.ts';

/** What one round of sending came to. */
export type Sent =
  /** Nothing was due. */
  | { readonly kind: 'idle' }
  | { readonly kind: 'sent'; readonly messages: number }
  /** The other park speaks only other versions. */
  | { readonly kind: 'otherVersion'; readonly known: readonly number[] }
  | { readonly kind: 'failed'; readonly problem: DeliveryProblem };

export interface SendOptions {
  readonly client: PeerClient;
  readonly version: ProtocolVersion;
  /** How long to wait after this failure, and the one before it. Unit: milliseconds. */
  readonly pauseAfterFailure: number;
}

/**
 * Sends what is due, one request of it: takes streams for itself, writes into the log what goes out, sends, and keeps
 * what the other park said. What it dies with is sent again by whoever comes next; the other park takes it once.
 */
export async function sendDue(services: Services, options: SendOptions): Promise<Sent> {
  const leased = await services.store.write(async (tx) => {
    const now = instantNow(services.clock);
    const waiting = await leaseDueStreams(tx, {
      now,
      until: new Date(now.getTime() + leaseMilliseconds),
      messages: largestBatchCount,
      mostOfStream: largestOfStream,
    });
    return await prepare(tx, services, waiting, options.version);
  });
  if (leased.streams.length === 0) return { kind: 'idle' };
  const bytes = Buffer.from(`[${leased.batch.map(({ json }) => json).join(',')}]`);
  const answered = await options.client.post(
    '/gateway/messages',
    { bytes, mediaType: 'application/cloudevents-batch+json' },
    { protocol: options.version },
  );
  const results = resultsOf(answered, leased.batch);
  const sent = await services.store.write((tx) => keep(tx, services, options, leased, results));
  if (announcementsIn(leased.batch).length > 0) await services.ownKeys.refresh();
  return sent;
}

/** Ids of messages that tell of new keys: once they are delivered, the keys may sign. */
function announcementsIn(batch: readonly Prepared[]): readonly string[] {
  return batch
    .filter(({ waiting }) => waiting.type === 'org.twinpark.keys.announced')
    .map(({ waiting }) => waiting.messageId);
}

const leaseMilliseconds = 60_000;
/** Most messages of one stream in a request, so that no dossier keeps the others waiting. */
const largestOfStream = 100;
/** Brackets and commas aside. Unit: bytes. */
const bytesAtHand = largestBatchBytes - largestBatchCount - 2;

interface Prepared {
  readonly waiting: WaitingMessage;
  readonly json: string;
}

interface Leased {
  readonly streams: readonly string[];
  readonly batch: readonly Prepared[];
}

/** As many messages as one request takes, in order, each with its entry in the log. */
async function prepare(
  tx: Tx,
  services: Services,
  waiting: readonly WaitingMessage[],
  version: ProtocolVersion,
): Promise<Leased> {
  const { zone, park, clock } = services;
  const batch: Prepared[] = [];
  const fresh: { readonly waiting: WaitingMessage; readonly digest: string }[] = [];
  let size = 0;
  for (const message of waiting.slice(0, largestBatchCount)) {
    const encoded = encodeMessage(message, sourceOf(zone.id, park.id), version);
    const json = JSON.stringify(encoded);
    size += Buffer.byteLength(json);
    if (size > bytesAtHand && batch.length > 0) break;
    batch.push({ waiting: message, json });
    const digest = digestOf(encoded);
    if (message.digest !== digest) fresh.push({ waiting: message, digest });
  }
  const entryIds = await log(
    tx,
    clock,
    fresh.map(({ waiting: message, digest }) => messageToLog('sent', { ...message, digest }, services)),
  );
  await noteOutgoing(
    tx,
    fresh.map(({ waiting: { messageId }, digest }, index) => ({
      messageId,
      digest,
      entryId: entryIds[index] ?? '',
    })),
  );
  return { streams: [...new Set(waiting.map(({ stream }) => stream))], batch };
}

type Results = readonly MessageResult[] | Extract<Sent, { kind: 'otherVersion' | 'failed' }>;

function resultsOf(answered: PeerAnswered, batch: readonly Prepared[]): Results {
  if (answered.kind !== 'answered') {
    const { kind, ...facts } = answered;
    const code = kind === 'answerUnsigned' ? 'peerAnswerUnsigned' : 'peerUnreachable';
    const reason = kind === 'timedOut' ? { reason: 'timedOut' } : {};
    return { kind: 'failed', problem: { code, raisedBy: 'node', facts: { ...facts, ...reason } } };
  }
  const body = jsonOf(answered.body);
  if (answered.status !== 200) return failureOf(answered.status, body);
  const parsed = exchangeAnswerSchema.safeParse(body);
  const asked = new Set(batch.map(({ waiting }) => waiting.messageId));
  if (parsed.success && parsed.data.results.every(({ id }) => asked.has(id))) return parsed.data.results;
  return { kind: 'failed', problem: { code: 'peerAnswerMalformed', raisedBy: 'node', facts: {} } };
}

/** A problem of the other park with the request as a whole. */
function failureOf(status: number, body: unknown): Exclude<Results, readonly unknown[]> {
  const { code, facts } = problemOf(body);
  const known = facts['known'];
  if (code === 'protocolUnknown' && Array.isArray(known)) {
    return { kind: 'otherVersion', known: known.filter((version) => typeof version === 'number') };
  }
  return { kind: 'failed', problem: { code: code ?? `HTTP ${status}`, raisedBy: 'peer', facts } };
}

async function keep(
  tx: Tx,
  { clock, logger }: Services,
  { version, pauseAfterFailure }: SendOptions,
  { streams, batch }: Leased,
  results: Results,
): Promise<Sent> {
  const at = instantNow(clock);
  const later = new Date(at.getTime() + pauseAfterFailure);
  if (!isList(results)) {
    await releaseStreams(
      tx,
      streams.map((stream) => ({ stream, retryAt: at })),
    );
    if (results.kind === 'failed') {
      await noteFailure(tx, { at, nextAttemptAt: later, problem: results.problem });
    }
    return results;
  }
  await noteContact(tx, at, version);
  const byId = new Map(results.map((result) => [result.id, result]));
  const attempts: Attempted[] = [];
  const retryAt = new Map(streams.map((stream) => [stream, at]));
  for (const { waiting } of batch) {
    const result = byId.get(waiting.messageId);
    if (!result || result.result === 'notConsidered') continue;
    if (result.result !== 'refused') {
      attempts.push({
        messageId: waiting.messageId,
        status: 'delivered',
        problem: null,
        receipt: result.receipt,
      });
      continue;
    }
    const { code, facts } = result.problem;
    const expected = facts['expected'];
    const rewound =
      code === 'positionGap' && typeof expected === 'number' && expected < waiting.position
        ? await rewindStream(tx, waiting.stream, expected, waiting.position)
        : 0;
    // A message that the receiver failed on, or that others now go before, is sent again by itself.
    const passes = code === 'internalError' || rewound > 0;
    attempts.push({
      messageId: waiting.messageId,
      status: passes ? 'waiting' : 'stuck',
      problem: { code, facts, raisedBy: 'peer' },
      receipt: null,
    });
    if (code === 'internalError') {
      retryAt.set(waiting.stream, new Date(at.getTime() + pauseBefore(waiting.attempts)));
    }
    logger.warn({ message: waiting.messageId, code }, 'The other park did not take a message');
  }
  await noteAttempts(tx, attempts, at);
  const delivered = new Set(
    attempts.filter(({ status }) => status === 'delivered').map(({ messageId }) => messageId),
  );
  await noteKnownKeys(
    tx,
    announcementsIn(batch).filter((messageId) => delivered.has(messageId)),
    at,
  );
  await releaseStreams(
    tx,
    [...retryAt].map(([stream, due]) => ({ stream, retryAt: due })),
  );
  return { kind: 'sent', messages: attempts.length };
}

function isList(results: Results): results is readonly MessageResult[] {
  return Array.isArray(results);
}

/** Doubles from a second to ten minutes. Unit: milliseconds. */
function pauseBefore(attempts: number): number {
  return Math.min(600_000, 1_000 * 2 ** Math.min(attempts, 10));
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return parseJson(bytes);
  } catch {
    return null;
  }
}

function problemOf(body: unknown): { code: string | null; facts: Readonly<Record<string, unknown>> } {
  if (typeof body !== 'object' || body === null) return { code: null, facts: {} };
  const code = 'code' in body && typeof body.code === 'string' ? body.code : null;
  const facts = 'facts' in body && typeof body.facts === 'object' && body.facts !== null ? body.facts : {};
  return { code, facts: { ...facts } };
}
