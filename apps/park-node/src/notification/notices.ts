import type { NotificationFacts, NotificationKind } from '@twinpark/contract/notification/notifications.ts';
import { type Clock, instantNow } from '../platform/clock.ts';
import { json } from '../platform/database/sql.ts';
import type { Tx } from '../platform/database/store.ts';
import type { CasesTable } from '../platform/database/tables.ts';
import { newId } from '../platform/ids.ts';
import type { Audience } from './audiences.ts';

export interface Notice {
  readonly recipient: string;
  readonly assignee: string | null;
  readonly kind: NotificationKind;
  readonly caseId: string;
  readonly facts: NotificationFacts;
  /** The same cause tells the same recipient once. */
  readonly cause: string;
}

/** What of a case says whom to tell. */
export interface NoticeCase
  extends Pick<CasesTable, 'caseId' | 'applicantId' | 'applicantPark' | 'assignee' | 'filedOn'> {
  /** Null for a case of the other park, whose authority is told there. */
  readonly authority: string | null;
}

/**
 * The organisations of a case that may read it now: until it is filed the applicant alone. An applicant of the other park
 * is told there.
 */
export function recipientsOf(
  { applicantId, applicantPark, authority, filedOn }: NoticeCase,
  desks: readonly string[],
  audiences: readonly Audience[],
): readonly string[] {
  const members: Readonly<Record<Audience, readonly string[]>> = {
    applicant: applicantPark === null ? [applicantId] : [],
    authority: filedOn === null || authority === null ? [] : [authority],
    desks: filedOn === null ? [] : desks,
  };
  return [...new Set(audiences.flatMap((audience) => members[audience]))];
}

/** A notice to each recipient; the officer to whom the case is assigned is named to its own desk. */
export function noticesTo(
  recipients: readonly string[],
  { caseId, authority, assignee }: NoticeCase,
  notice: Pick<Notice, 'kind' | 'facts' | 'cause'>,
): readonly Notice[] {
  return recipients.map((recipient) => ({
    ...notice,
    recipient,
    caseId,
    assignee: recipient === authority ? assignee : null,
  }));
}

/** Keeps notices, in the transaction of the caller; those that were given before stay as they are. */
export async function giveNotice(tx: Tx, clock: Clock, notices: readonly Notice[]): Promise<void> {
  if (notices.length === 0) return;
  const createdAt = instantNow(clock);
  await tx
    .insertInto('notifications')
    .values(
      notices.map(({ facts, ...notice }) => ({
        ...notice,
        notificationId: newId(clock),
        facts: json(facts),
        createdAt,
      })),
    )
    .onConflict((conflict) => conflict.columns(['recipient', 'cause']).doNothing())
    .execute();
}
