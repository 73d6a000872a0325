import type { NotificationFacts } from '@twinpark/contract/notification/notifications.ts';
import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/database/store.ts';
import type { CasesTable, NotificationsTable } from '../../platform/database/tables.ts';

export type NoticeRow = Pick<
  NotificationsTable,
  'notificationId' | 'kind' | 'createdAt' | 'readAt' | 'assignee' | 'caseId'
> &
  Pick<CasesTable, 'service' | 'applicantName'> & {
    readonly caseNumber: string | null;
    readonly facts: NotificationFacts;
  };

/** Notices of the reader's organisation, the newest first, with what a list says of their cases. */
export async function listNotices(
  tx: Tx,
  {
    reader,
    unread,
    mine,
    before,
    limit,
  }: {
    readonly reader: Reader;
    readonly unread: boolean;
    readonly mine: boolean;
    readonly before: string | null;
    readonly limit: number;
  },
): Promise<readonly NoticeRow[]> {
  let query = tx
    .selectFrom('notifications')
    .leftJoin('cases', 'cases.caseId', 'notifications.caseId')
    .leftJoin('peerCases as peer', 'peer.caseId', 'notifications.caseId')
    .select([
      'notificationId',
      'kind',
      'createdAt',
      'readAt',
      'notifications.assignee',
      'notifications.caseId',
    ])
    .select((select) => [
      select.ref('facts').$castTo<NotificationFacts>().as('facts'),
      select.fn.coalesce('cases.caseNumber', 'peer.caseNumber').as('caseNumber'),
      select.fn.coalesce('cases.service', 'peer.service').$castTo<string>().as('service'),
      select.fn.coalesce('cases.applicantName', 'peer.applicantName').$castTo<string>().as('applicantName'),
    ])
    .where((where) => where.or([where('cases.caseId', 'is not', null), where('peer.caseId', 'is not', null)]))
    .where('recipient', '=', reader.organization)
    .orderBy('notificationId', 'desc')
    .limit(limit);
  if (unread) query = query.where('readAt', 'is', null);
  if (mine) query = query.where('notifications.assignee', '=', reader.person);
  if (before !== null) query = query.where('notificationId', '<', before);
  return await query.execute();
}

/** How many unread notices the reader's organisation has, counted no further than `most`. */
export async function countUnread(
  tx: Tx,
  { reader, mine, most }: { readonly reader: Reader; readonly mine: boolean; readonly most: number },
): Promise<number> {
  const ofAssignee = mine ? sql`and assignee = ${reader.person}` : sql``;
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (
      select from notifications
      where recipient = ${reader.organization} and read_at is null ${ofAssignee}
      -- In the order of the index of what is unread, which is thereby used however few there are.
      order by notification_id
      limit ${most}
    ) as unread`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** When a notice was read first; null when the recipient has no such notice. */
export async function markRead(
  tx: Tx,
  {
    notificationId,
    recipient,
    by,
    at,
  }: {
    readonly notificationId: string;
    readonly recipient: string;
    readonly by: string;
    readonly at: Date;
  },
): Promise<Date | null> {
  const row = await tx
    .updateTable('notifications')
    .set({
      readAt: sql<Date>`coalesce(read_at, ${at})`,
      readBy: sql<string>`coalesce(read_by, ${by})`,
    })
    .where('notificationId', '=', notificationId)
    .where('recipient', '=', recipient)
    .returning('readAt')
    .executeTakeFirst();
  return row?.readAt ?? null;
}
