import { type auditEventSchema, listAuditEvents } from '@twinpark/contract/audit/list-audit-events.ts';
import type { z } from 'zod';
import type { Services } from '../../services.ts';
import { readerOf } from '../auth/caller.ts';
import type { App } from '../http/app.ts';
import { cursorAt, readPlace } from '../http/cursor.ts';
import { problem } from '../http/problem.ts';
import { route } from '../http/route.ts';
import { type AuditFilter, type AuditRow, listEntries } from './audit-page.ts';
import { recordAudit } from './audit-trail.ts';
import { callerEntry } from './caller-entry.ts';

export function registerAuditRoutes(app: App, services: Services): void {
  const { store, clock } = services;

  route(app, listAuditEvents, async ({ query, caller, requestId }) => {
    const { limit, cursor, ...filter } = query;
    const list = JSON.stringify(['audit', named(filter)]);
    const place = cursor === undefined ? [] : readPlace(list, cursor, ['id']);
    if (place === null) return problem('cursorInvalid');
    const reader = readerOf(caller);
    if (reader === null) return problem('notFound');
    const [before = null] = place;
    const page = await store.read(reader, (tx) => listEntries(tx, named(filter), { before, limit }));
    const subject = { kind: 'audit', id: null } as const;
    const entry = callerEntry('audit.read', caller, requestId, subject, { entries: page.rows.length });
    await store.write((tx) => recordAudit(tx, clock, entry));
    return {
      items: page.rows.map(present),
      nextCursor: page.goesOnAt === null ? null : cursorAt(list, [page.goesOnAt]),
    };
  });
}

function named(
  filter: { readonly [Name in keyof AuditFilter]?: AuditFilter[Name] | undefined },
): AuditFilter {
  const { action, outcome, person, subject, from, to } = filter;
  return {
    action: action ?? null,
    outcome: outcome ?? null,
    person: person ?? null,
    subject: subject ?? null,
    from: from ?? null,
    to: to ?? null,
  };
}

function present({ at, details, ...row }: AuditRow): z.output<typeof auditEventSchema> {
  return { ...row, at: at.toISOString(), details: { ...details } };
}
