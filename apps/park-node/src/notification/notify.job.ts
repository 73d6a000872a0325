import type { CaseEvent } from '@twinpark/kernel/case/events.ts';
import { z } from 'zod';
import type { CommanderOptions } from '../case/case-commander.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import type { Queue } from '../platform/jobs/queue.ts';
import type { Services } from '../services.ts';
import { tellingOf } from './audiences.ts';
import { giveNotice, noticesTo, recipientsOf } from './notices.ts';

interface NotifyData {
  readonly caseId: string;
  /** Versions of the case that its new events made, both included. */
  readonly from: number;
  readonly to: number;
}

export const notifyQueue: Queue<NotifyData> = {
  name: 'notify',
  data: z.object({ caseId: z.uuid(), from: z.int(), to: z.int() }),
  runs: 'manyAtOnce',
  longestSeconds: 900,
};

/** Has everybody told of new events, as the commander calls it in their transaction. */
export function enqueueNotifications(jobs: Pick<Jobs, 'enqueue'>): CommanderOptions['onRecorded'] {
  return async (tx, recorded) => {
    const told = recorded.filter(({ events }) => events.some((event) => tellingOf(event) !== null));
    await jobs.enqueue(
      tx,
      notifyQueue,
      told.map(({ row, events }) => ({
        caseId: row.caseId,
        from: row.version - events.length + 1,
        to: row.version,
      })),
    );
  };
}

/** Tells everybody who may read the case of its new events; doing it twice tells nobody twice. */
export async function notify(
  { store, clock }: Pick<Services, 'store' | 'clock'>,
  { caseId, from, to }: NotifyData,
): Promise<void> {
  await store.write(async (tx) => {
    const row = await tx
      .selectFrom('cases')
      .select(['caseId', 'applicantId', 'applicantPark', 'authority', 'assignee', 'filedOn'])
      .where('caseId', '=', caseId)
      .executeTakeFirstOrThrow();
    const desks = await tx
      .selectFrom('caseDesks')
      .select('organization')
      .where('caseId', '=', caseId)
      .execute();
    const events = await tx
      .selectFrom('caseEvents')
      .select(['version', 'event'])
      .where('caseId', '=', caseId)
      .where('version', '>=', from)
      .where('version', '<=', to)
      .orderBy('version')
      .execute();
    const filing = await tx
      .selectFrom('caseEvents')
      .select('version')
      .where('caseId', '=', caseId)
      .where('type', '=', 'caseFiled')
      .orderBy('version')
      .limit(1)
      .executeTakeFirst();
    const organizations = desks.map(({ organization }) => organization);
    const notices = events.flatMap(({ version, event }) => {
      const telling = tellingOf(event as unknown as CaseEvent);
      if (telling === null) return [];
      const { kind, facts } = telling;
      // What was done to the draft stays with the applicant, even when this job comes after the filing.
      const filedOn = filing && filing.version <= version ? row.filedOn : null;
      const recipients = recipientsOf({ ...row, filedOn }, organizations, telling.to).filter(
        (to) => to !== telling.notTo,
      );
      return noticesTo(recipients, row, { kind, facts, cause: `event ${caseId} ${version}` });
    });
    await giveNotice(tx, clock, notices);
  });
}
