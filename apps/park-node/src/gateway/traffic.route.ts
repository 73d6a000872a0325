import type { Language } from '@twinpark/contract/common.ts';
import {
  answerByHand,
  getLink,
  getMessage,
  listMessages,
  type MessageSummary,
  resendMessage,
} from '@twinpark/contract/gateway/traffic.ts';
import { otherPark } from '@twinpark/pack/zone.ts';
import { recordAudit } from '../platform/audit/audit-trail.ts';
import { callerEntry, withRefusalRecorded } from '../platform/audit/caller-entry.ts';
import { instantNow } from '../platform/clock.ts';
import type { Tx } from '../platform/database/store.ts';
import type { App } from '../platform/http/app.ts';
import { cursorAt, readPlace } from '../platform/http/cursor.ts';
import { once } from '../platform/http/once.ts';
import { problem } from '../platform/http/problem.ts';
import { route } from '../platform/http/route.ts';
import type { Services } from '../services.ts';
import { sendFromWhereTheyStand } from './align-stream.ts';
import { settleByHand } from './answer-by-hand.ts';
import { contentNames, presentDeliveryProblem, presentReceived, presentSent } from './present-message.ts';
import { readLink } from './queries/peer-link.ts';
import {
  countBlocked,
  countUnsettled,
  findReceived,
  findSent,
  listReceived,
  listSent,
  resend,
  type SentRow,
} from './queries/traffic.ts';

/** What passes between the parks, for those who see to it that it does; no word of a case is shown. */
export function registerTrafficRoutes(app: App, services: Services): void {
  const { store, clock, zone, park, config } = services;

  route(app, getLink, async ({ language }) => {
    if (config.peerUrl === null) return problem('peerNotConfigured');
    const url = config.peerUrl;
    const peer = otherPark(zone, park.id);
    return await store.write(async (tx) => {
      const link = await readLink(tx);
      const [waiting, stuck] = [
        await countUnsettled(tx, 'waiting', mostCounted),
        await countUnsettled(tx, 'stuck', mostCounted),
      ];
      return {
        peer: { park: peer.id, name: peer.name, url },
        protocol: link.protocol,
        lastContactAt: link.lastContactAt?.toISOString() ?? null,
        failingSince: link.failingSince?.toISOString() ?? null,
        attempts: link.attempts,
        problem: presentDeliveryProblem(link.problem, language),
        nextAttemptAt: link.nextAttemptAt?.toISOString() ?? null,
        waiting: { count: waiting.count, oldestAt: waiting.oldestAt?.toISOString() ?? null },
        stuck: { count: stuck.count, oldestAt: stuck.oldestAt?.toISOString() ?? null },
      };
    });
  });

  route(app, listMessages, async ({ query, language }) => {
    const { direction, status, caseId, limit, cursor } = query;
    const list = `messages ${direction} ${status ?? ''} ${caseId ?? ''}`;
    const found = cursor === undefined ? null : readPlace(list, cursor, ['instant', 'id']);
    if (cursor !== undefined && found === null) return problem('cursorInvalid');
    const after = found && { at: found[0], messageId: found[1] };
    const filter = { caseId, status, after, limit: limit + 1 };
    return await store.write(async (tx) => {
      const items =
        direction === 'sent'
          ? await presentAllSent(tx, await listSent(tx, filter), language)
          : (await listReceived(tx, filter)).map(presentReceived);
      const page = items.slice(0, limit);
      const last = items.length > limit ? page.at(-1) : undefined;
      return { items: page, nextCursor: last ? cursorAt(list, [last.at, last.messageId]) : null };
    });
  });

  route(app, getMessage, async ({ params, caller, requestId, language }) => {
    const { messageId } = params;
    const entry = callerEntry('message.read', caller, requestId, { kind: 'message', id: messageId });
    const found = await store.write(async (tx) => {
      const shown = await findEither(tx, messageId, language);
      if (shown) await recordAudit(tx, clock, entry);
      else await recordAudit(tx, clock, entry, 'refused', 'notFound');
      return shown;
    });
    if (!found) return problem('notFound');
    const { row, summary } = found;
    const positions = await services.log.positionsOf(row.entryId === null ? [] : [row.entryId]);
    const ownEntry = row.entryId && { entryId: row.entryId, logIndex: positions.get(row.entryId) ?? null };
    const isStuck = summary.status === 'stuck';
    return {
      ...summary,
      ...contentNames(row.data),
      digest: row.digest,
      ownEntry: ownEntry || null,
      peerEntry: 'receipt' in row && row.receipt ? { ...row.receipt } : null,
      kept: row.data !== null,
      canResend: isStuck,
      canAnswerByHand: isStuck,
    };
  });

  route(app, resendMessage, async ({ params, caller, idempotency, requestId, language }) => {
    const { messageId } = params;
    const entry = callerEntry('message.resend', caller, requestId, { kind: 'message', id: messageId });
    const work = once(services, idempotency, async (tx) => {
      const row = await findSent(tx, messageId, 'lock');
      if (!row) return problem('notFound');
      if (row.status !== 'stuck') return problem('messageNotStuck');
      await sendFromWhereTheyStand(tx, clock, row);
      await resend(tx, row, instantNow(clock));
      await recordAudit(tx, clock, entry);
      return presentSent({ ...row, status: 'waiting', problem: null }, 0, language);
    });
    return await withRefusalRecorded(services, entry, work);
  });

  route(app, answerByHand, async ({ params, body, caller, idempotency, requestId, language }) => {
    const { messageId } = params;
    const entry = callerEntry('message.answerByHand', caller, requestId, { kind: 'message', id: messageId });
    const work = once(services, idempotency, async (tx) => {
      const row = await findSent(tx, messageId, 'lock');
      if (!row) return problem('notFound');
      if (row.status !== 'stuck') return problem('messageNotStuck');
      await settleByHand(tx, services, row, body.note);
      await recordAudit(tx, clock, entry);
      return presentSent({ ...row, status: 'replaced', settledAt: instantNow(clock) }, 0, language);
    });
    return await withRefusalRecorded(services, entry, work);
  });
}

const mostCounted = 1_000;

/** A message of either direction, with what a list says of it. */
async function findEither(tx: Tx, messageId: string, language: Language) {
  const sent = await findSent(tx, messageId, 'read');
  if (sent) {
    const [summary] = await presentAllSent(tx, [sent], language);
    return summary && { row: sent, summary };
  }
  const received = await findReceived(tx, messageId);
  return received && { row: received, summary: presentReceived(received) };
}

async function presentAllSent(
  tx: Tx,
  rows: readonly SentRow[],
  language: Language,
): Promise<MessageSummary[]> {
  const stuck = rows.filter(({ status }) => status === 'stuck').map(({ stream }) => stream);
  const blocked = await countBlocked(tx, stuck);
  return rows.map((row) => presentSent(row, blocked.get(row.stream) ?? 0, language));
}
