import { type RunningClock, runningClocks } from '@twinpark/kernel/case/clock.ts';
import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import { hashOf } from '@twinpark/pack/hash.ts';
import { type OpenedCase, projectCase, projectDeadlines } from '../case/project-case.ts';
import { reportOfLimits } from '../gateway/case-report.ts';
import { type OutgoingMessage, sendToPeer } from '../gateway/outgoing.ts';
import {
  giveNotice,
  type Notice,
  type NoticeCase,
  noticesTo,
  recipientsOf,
} from '../notification/notices.ts';
import { dateIn, instantNow } from '../platform/clock.ts';
import type { Tx } from '../platform/database/store.ts';
import type { DeadlinesTable } from '../platform/database/tables.ts';
import type { Services } from '../services.ts';
import {
  isRecounted,
  listHeld,
  listProvisionalCases,
  lockCases,
  markRecounted,
  replaceDeadlines,
} from './queries/provisional.ts';

type Needs = Pick<Services, 'store' | 'clock' | 'park' | 'zone' | 'definitions' | 'calendarFor' | 'logger'>;

export interface Recounted {
  readonly cases: number;
  readonly moved: number;
}

/**
 * Counts every provisional limit anew where the zone's calendars are others than those it was counted by, such as when
 * the working days of another year have been published. Whoever a limit concerns is told if its last day has moved; the
 * log says how many did.
 */
export async function recountProvisionalDeadlines(needs: Needs): Promise<Recounted> {
  const { store, clock, zone, park, logger } = needs;
  const digest = hashOf([...zone.calendars.values()]);
  if (await store.write((tx) => isRecounted(tx, digest))) return { cases: 0, moved: 0 };
  let [cases, moved] = [0, 0];
  for (let after: string | null = null; ; ) {
    const batch = await store.write(async (tx) => {
      const ids = await listProvisionalCases(tx, after, casesAtOnce);
      const notices = await recount(tx, needs, ids, digest);
      await giveNotice(tx, clock, notices);
      return { last: ids.at(-1), cases: ids.length, moved: new Set(notices.map(({ cause }) => cause)).size };
    });
    cases += batch.cases;
    moved += batch.moved;
    if (batch.last === undefined) break;
    after = batch.last;
  }
  await store.write((tx) => markRecounted(tx, digest, instantNow(clock)));
  logger.info({ park: park.id, calendars: digest, cases, moved }, 'provisional deadlines counted anew');
  return { cases, moved };
}

const casesAtOnce = 100;

async function recount(
  tx: Tx,
  { clock, park, definitions, calendarFor }: Needs,
  caseIds: readonly string[],
  digest: string,
): Promise<readonly Notice[]> {
  const rows = await lockCases(tx, caseIds);
  await definitions.load(
    tx,
    rows.map(({ definitionHash }) => definitionHash),
  );
  const held = await listHeld(tx, caseIds);
  const today = dateIn(park.timeZone, clock.now());
  const notices: Notice[] = [];
  const reports: OutgoingMessage[] = [];
  for (const row of rows) {
    const state = row.state as unknown as OpenedCase;
    const service = definitions.service(row.definitionHash);
    const actor = { role: 'timer', person: 'node', organization: row.authority } as const;
    const clocks = runningClocks(state, { actor, today, at: clock.now().toString(), service, calendarFor });
    const before = held.filter(({ caseId }) => caseId === row.caseId);
    const after = projectDeadlines(row, service, clocks, park.calendar, calendarFor);
    if (sameLimits(before, after)) continue;
    await replaceDeadlines(tx, row.caseId, after, projectCase(state, clocks));
    const report = reportOfLimits(row, clocks);
    if (report) reports.push(report);
    notices.push(...noticesOfMoves(row, service, before, clocks, today, digest));
  }
  await sendToPeer(tx, clock, reports);
  return notices;
}

type Limit = Pick<DeadlinesTable, 'clock' | 'subject' | 'dueOn' | 'provisional' | 'stopped'>;

function sameLimits(before: readonly Limit[], after: readonly Limit[]): boolean {
  const words = (limits: readonly Limit[]) =>
    limits
      .map(({ clock, subject, dueOn, provisional }) => JSON.stringify([clock, subject, dueOn, provisional]))
      .sort()
      .join();
  return words(before) === words(after);
}

/** A limit that stands has no last day yet, so none that could move. */
function noticesOfMoves(
  row: NoticeCase,
  service: ServiceDefinition,
  before: readonly Limit[],
  clocks: readonly RunningClock[],
  today: string,
  digest: string,
): readonly Notice[] {
  return clocks.flatMap(({ of, step, paper, dueOn, provisional, stoppedSince }) => {
    const subject = step ?? paper ?? '';
    const held = before.find((limit) => limit.clock === of && limit.subject === subject);
    if (!held || held.stopped || stoppedSince !== null || held.dueOn === dueOn) return [];
    const desks = service.steps.filter(({ id }) => id === step).map(({ by }) => by);
    const recipients = recipientsOf(row, desks, of === 'step' ? ['desks'] : ['applicant', 'authority']);
    return noticesTo(recipients, row, {
      kind: 'deadlineMoved',
      facts: {
        on: today,
        clock: of,
        dueOn,
        movedFrom: held.dueOn,
        provisional,
        ...(step === null ? {} : { step }),
        ...(paper === null ? {} : { paper }),
      },
      cause: `deadlineMoved ${row.caseId} ${of} ${subject} ${held.dueOn} ${digest}`,
    });
  });
}
