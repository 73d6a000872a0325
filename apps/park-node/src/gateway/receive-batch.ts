import type { ExchangeAnswer, MessageResult, ProtocolVersion } from '@twinpark/contract/gateway/exchange.ts';
import type { MessageType } from '@twinpark/contract/gateway/message-types.ts';
import type { Message } from '@twinpark/contract/gateway/messages.ts';
import { log } from '../log/statements.ts';
import { recordAudit } from '../platform/audit/audit-trail.ts';
import { instantNow } from '../platform/clock.ts';
import type { Tx } from '../platform/database/store.ts';
import { type Problem, problem } from '../platform/http/problem.ts';
import type { Services } from '../services.ts';
import { decodeMessage, type ReceivedMessage, sourceOf } from './message-codec.ts';
import { messageToLog } from './message-statement.ts';
import { findTaken, insertTaken, lockInboxStreams, type TakenBefore, useNonce } from './queries/inbox.ts';
import { type Refused, refuseMessage, type Take } from './take.ts';
import { takers } from './takers.ts';

/** A request of the other park's node, its signature verified. */
export interface IncomingBatch {
  readonly peer: string;
  readonly version: ProtocolVersion;
  readonly messages: readonly { readonly id: string; readonly value: unknown }[];
  readonly nonce: string;
  /** Until when the signature would still be taken. */
  readonly nonceExpiresAt: Date;
  readonly requestId: string;
}

/**
 * Takes what a request brings: each message once, in the order of its stream, its effect and the note that it was taken
 * in one transaction. A message that is refused holds up those behind it in its stream, and no others.
 *
 * Problems: `messageReplayed`.
 */
export async function receiveBatch(
  services: Services,
  batch: IncomingBatch,
): Promise<ExchangeAnswer | Problem> {
  const decoded = batch.messages.map(
    ({ id, value }): Decoded => ({ id, content: decodeMessage(value, batch.version) }),
  );
  const results = await attempt(services, batch, decoded, 'first');
  if (!Array.isArray(results)) return problem('messageReplayed');
  return { results: await withPositions(services, results) };
}

interface Decoded {
  readonly id: string;
  readonly content: ReceivedMessage | Refused;
}

/** Messages that cannot be taken together are tried in halves, down to the one that stands in the way. */
async function attempt(
  services: Services,
  batch: IncomingBatch,
  part: readonly Decoded[],
  turn: 'first' | 'again',
): Promise<MessageResult[] | 'replayed'> {
  try {
    return await services.store.write(async (tx) => {
      const isNew = await useNonce(tx, batch.nonce, batch.nonceExpiresAt);
      if (!isNew && turn === 'first') return 'replayed';
      return await takeAll(tx, services, batch, part);
    });
  } catch (error) {
    const [only] = part;
    if (only === undefined) throw error;
    if (part.length === 1) {
      services.logger.error({ err: error, message: only.id }, 'A message could not be taken');
      return [refusedResult(only.id, refuseMessage('internalError'))];
    }
    const middle = Math.ceil(part.length / 2);
    const first = await attempt(services, batch, part.slice(0, middle), 'again');
    const second = await attempt(services, batch, part.slice(middle), 'again');
    return Array.isArray(first) && Array.isArray(second) ? [...first, ...second] : 'replayed';
  }
}

/** One transaction's worth: round after round, in each the next message of every stream. */
async function takeAll(
  tx: Tx,
  services: Services,
  batch: IncomingBatch,
  part: readonly Decoded[],
): Promise<MessageResult[]> {
  const messages = part.flatMap(({ content }) => ('message' in content ? [content.message] : []));
  const state: State = {
    positions: new Map(
      await lockInboxStreams(
        tx,
        messages.map(({ stream }) => stream),
      ),
    ),
    before: await findTaken(
      tx,
      messages.map(({ id }) => id),
    ),
    results: new Map(),
    heldUp: new Set(),
  };
  for (let rest = part; rest.length > 0; ) {
    const { round, later } = nextRound(rest, state, services, batch);
    for (const { received, refusal, entryId } of await takeRound(tx, services, round)) {
      const { id, stream, position } = received.message;
      if (refusal) {
        state.results.set(id, refusedResult(id, refusal));
        state.heldUp.add(stream);
      } else {
        state.results.set(id, { id, result: 'taken', receipt: { entryId, logIndex: null } });
        state.positions.set(stream, position);
      }
    }
    rest = later;
  }
  const results = part.map(
    ({ id }): MessageResult => state.results.get(id) ?? { id, result: 'notConsidered' },
  );
  await auditRefusals(tx, services, batch, part, results);
  return results;
}

/** How far a transaction has come with the messages of a request. */
interface State {
  /** By stream: the position of the last message that was taken. */
  readonly positions: Map<string, number>;
  readonly before: ReadonlyMap<string, TakenBefore>;
  readonly results: Map<string, MessageResult>;
  /** Streams of which a message was refused. */
  readonly heldUp: Set<string>;
}

/** The next message of each stream whose turn has come; for the others of its turn the result is set. */
function nextRound(
  rest: readonly Decoded[],
  { positions, before, results, heldUp }: State,
  services: Services,
  batch: IncomingBatch,
): { readonly round: readonly ReceivedMessage[]; readonly later: readonly Decoded[] } {
  const round = new Map<string, ReceivedMessage>();
  const later: Decoded[] = [];
  for (const item of rest) {
    const { id, content } = item;
    if (!('message' in content)) {
      results.set(id, refusedResult(id, content));
      continue;
    }
    const { stream } = content.message;
    if (heldUp.has(stream)) continue;
    if (round.has(stream)) {
      later.push(item);
      continue;
    }
    const settled = settle(content, before.get(id), positions.get(stream) ?? 0, services, batch);
    if (settled === null) round.set(stream, content);
    else results.set(id, settled);
    if (settled?.result === 'refused') heldUp.add(stream);
  }
  return { round: [...round.values()], later };
}

/** What can be said of a message without giving it its effect; null where its turn has come. */
function settle(
  { message, digest }: ReceivedMessage,
  before: TakenBefore | undefined,
  lastPosition: number,
  { zone, clock }: Services,
  { peer }: IncomingBatch,
): MessageResult | null {
  const { id, position, source, time } = message;
  const isInTheWay = () =>
    refusedResult(id, refuseMessage('messageAltered', { position, expected: lastPosition + 1 }));
  if (before) {
    if (before.digest !== digest) return isInTheWay();
    return { id, result: 'repeated', receipt: { entryId: before.entryId, logIndex: null } };
  }
  if (source !== sourceOf(zone.id, peer)) {
    return refusedResult(id, refuseMessage('sourceUnexpected', { source }));
  }
  const latest = clock.now().add({ milliseconds: longestAhead }).epochMilliseconds;
  if (Date.parse(time) > latest) return refusedResult(id, refuseMessage('timeImplausible', { time }));
  if (position <= lastPosition) return isInTheWay();
  if (position > lastPosition + 1) {
    return refusedResult(id, refuseMessage('positionGap', { position, expected: lastPosition + 1 }));
  }
  return null;
}

/** How far the other park's clock may be ahead. Unit: milliseconds. */
const longestAhead = 60_000;

interface Taken {
  readonly received: ReceivedMessage;
  readonly refusal: Refused | null;
  readonly entryId: string;
}

/** Gives messages of different streams their effects, type by type, and notes and logs those that were taken. */
async function takeRound(
  tx: Tx,
  services: Services,
  round: readonly ReceivedMessage[],
): Promise<readonly Taken[]> {
  const refusals = new Map<string, Refused>();
  for (const [type, messages] of Map.groupBy(
    round.map(({ message }) => message),
    ({ type }) => type,
  )) {
    const outcomes = await takerOf(type)(tx, messages, services);
    messages.forEach(({ id }, index) => {
      const refusal = outcomes[index];
      if (refusal) refusals.set(id, refusal);
    });
  }
  const taken = round.filter(({ message }) => !refusals.has(message.id));
  const entryIds = await log(
    tx,
    services.clock,
    taken.map(({ message, digest }) =>
      messageToLog('received', { ...message, messageId: message.id, digest }, services),
    ),
  );
  const noted = taken.map((received, index) => ({ ...received, entryId: entryIds[index] ?? '' }));
  await insertTaken(tx, noted, instantNow(services.clock));
  const entries = new Map(noted.map(({ message, entryId }) => [message.id, entryId]));
  return round.map((received) => ({
    received,
    refusal: refusals.get(received.message.id) ?? null,
    entryId: entries.get(received.message.id) ?? '',
  }));
}

/** The list of takers holds one for each type; the compiler cannot follow that a message has the type of its taker. */
function takerOf(type: MessageType): Take<MessageType> {
  return takers[type] as Take<MessageType>;
}

function refusedResult(id: string, { code, facts }: Refused): MessageResult {
  return { id, result: 'refused', problem: { code, facts } };
}

async function auditRefusals(
  tx: Tx,
  { clock }: Services,
  { peer, requestId }: IncomingBatch,
  part: readonly Decoded[],
  results: readonly MessageResult[],
): Promise<void> {
  for (const [index, result] of results.entries()) {
    if (result.result !== 'refused') continue;
    const content = part[index]?.content;
    const message: Message | null = content && 'message' in content ? content.message : null;
    await recordAudit(
      tx,
      clock,
      {
        action: 'message.receive',
        personId: null,
        organization: peer,
        role: null,
        subjectKind: 'message',
        subjectId: result.id,
        requestId,
        details: {
          reason: result.problem.code,
          type: message?.type ?? null,
          stream: message?.stream ?? null,
        },
      },
      'refused',
      'messageRefused',
    );
  }
}

/** Receipts name the place in the log; until then they name the entry. */
async function withPositions(
  { log: ownLog }: Services,
  results: readonly MessageResult[],
): Promise<MessageResult[]> {
  const entryIds = results.flatMap((result) => ('receipt' in result ? [result.receipt.entryId] : []));
  if (entryIds.length === 0) return [...results];
  await ownLog.sequence();
  const positions = await ownLog.positionsOf(entryIds);
  return results.map((result) =>
    'receipt' in result
      ? {
          ...result,
          receipt: { ...result.receipt, logIndex: positions.get(result.receipt.entryId) ?? null },
        }
      : result,
  );
}
