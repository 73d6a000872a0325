import {
  countUnreadNotifications,
  listNotifications,
  markNotificationRead,
} from '@twinpark/contract/notification/notifications.ts';
import { recordAudit } from '../platform/audit/audit-trail.ts';
import { callerEntry, withRefusalRecorded } from '../platform/audit/caller-entry.ts';
import { type Member, organizationKey, readerOf } from '../platform/auth/caller.ts';
import { instantNow } from '../platform/clock.ts';
import type { Reader, Tx } from '../platform/database/store.ts';
import type { App } from '../platform/http/app.ts';
import { cursorAt, readPlace } from '../platform/http/cursor.ts';
import { once } from '../platform/http/once.ts';
import { problem } from '../platform/http/problem.ts';
import { route } from '../platform/http/route.ts';
import type { Services } from '../services.ts';
import { countUnread, listNotices, markRead } from './queries/notifications.ts';

const mostCounted = 100;

export function registerNotificationRoutes(app: App, services: Services): void {
  const { store, clock } = services;

  route(app, listNotifications, async ({ query, caller }) => {
    const { unread = false, mine = false, limit } = query;
    const reader = readerFor(caller);
    const list = `notifications ${reader.organization} ${mine ? reader.person : ''} ${unread}`;
    const place = query.cursor === undefined ? [] : readPlace(list, query.cursor, ['id']);
    if (place === null) return problem('cursorInvalid');
    const [before = null] = place;
    const rows = await store.read(reader, (tx: Tx) =>
      listNotices(tx, { reader, unread, mine, before, limit: limit + 1 }),
    );
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    return {
      items: page.map(({ notificationId, kind, facts, createdAt, readAt, assignee, ...about }) => ({
        notificationId,
        kind,
        facts,
        createdAt: createdAt.toISOString(),
        readAt: readAt?.toISOString() ?? null,
        case: about,
        mine: assignee === caller.person.id,
      })),
      nextCursor: last ? cursorAt(list, [last.notificationId]) : null,
    };
  });

  route(app, countUnreadNotifications, async ({ query, caller }) => {
    const reader = readerFor(caller);
    const found = await store.read(reader, (tx) =>
      countUnread(tx, { reader, mine: query.mine ?? false, most: mostCounted + 1 }),
    );
    return { count: Math.min(found, mostCounted), more: found > mostCounted };
  });

  route(app, markNotificationRead, async ({ params, caller, idempotency, requestId }) => {
    const { notificationId } = params;
    const subject = { kind: 'notification', id: notificationId } as const;
    const entry = callerEntry('notification.read', caller, requestId, subject);
    const work = once(services, idempotency, async (tx) => {
      const at = instantNow(clock);
      const readAt = await markRead(tx, {
        notificationId,
        recipient: organizationKey(caller.acting),
        by: caller.person.id,
        at,
      });
      if (readAt === null) return problem('notFound');
      await recordAudit(tx, clock, entry);
      return { notificationId, readAt: readAt.toISOString() };
    });
    return await withRefusalRecorded(services, entry, work);
  });
}

/** The roles that these endpoints name all read. */
function readerFor(caller: Member): Reader {
  const reader = readerOf(caller);
  if (reader === null) throw new Error(`The role ${caller.acting.role} reads no case`);
  return reader;
}
