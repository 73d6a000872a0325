import type { CommandOf } from '@twinpark/kernel/case/commands.ts';
import type { Audience } from '../notification/audiences.ts';
import { giveNotice, type Notice, noticesTo, recipientsOf } from '../notification/notices.ts';
import { dateIn, instantNow } from '../platform/clock.ts';
import type { Services } from '../services.ts';
import { type DueRing, expectOverdue, ringAgain, silence, takeDueRings } from './queries/agenda.ts';

export interface Rung {
  readonly dueSoon: number;
  readonly overdue: number;
  /** What silence has done: cases decided, accepted, declined or lapsed. */
  readonly effects: number;
}

type Needs = Pick<Services, 'store' | 'clock' | 'park' | 'definitions' | 'commander'>;

/**
 * Everything that the calendar asks of the node up to today, day after day in order, however many days have passed
 * unseen: tells who has little time left and who is late, and does what the law does when somebody stays silent, dated
 * on the day on which the law did it.
 *
 * A ring and what is told of it are one transaction. An effect is a command of its own, whose events rewrite the agenda
 * of the case; until then the ring stays. So nothing is lost wherever the process ends, and what is begun again is
 * refused by the case.
 *
 * Throws: at the end, once, when commands failed other than by refusal; the rings of those cases stay.
 */
export async function ringDeadlines(needs: Needs): Promise<Rung> {
  const { store, clock, park, definitions } = needs;
  const today = dateIn(park.timeZone, clock.now());
  const broken = new Map<string, unknown>();
  let [dueSoon, overdue, effects] = [0, 0, 0];
  for (;;) {
    const rung = await store.write(async (tx) => {
      const due = await takeDueRings(tx, definitions, {
        until: today,
        without: [...broken.keys()],
        most: mostAtOnce,
      });
      const rings = throughFirstEffect(due);
      const at = instantNow(clock);
      await giveNotice(tx, clock, rings.flatMap(noticesOf));
      await expectOverdue(
        tx,
        rings.filter(({ ring }) => ring === 'dueSoon'),
        at,
      );
      await silence(
        tx,
        rings.filter((ring) => ring.ring === 'overdue' && effectOf(ring) === null),
        at,
      );
      return rings;
    });
    if (rung.length === 0) break;
    dueSoon += rung.filter(({ ring }) => ring === 'dueSoon').length;
    overdue += rung.filter(({ ring }) => ring === 'overdue').length;
    const { done, refused, failed } = await declareEffects(needs, rung);
    effects += done;
    await store.write((tx) => ringAgain(tx, refused, dayAfter(today), instantNow(clock)));
    for (const [caseId, error] of failed) broken.set(caseId, error);
    if (broken.size > mostBroken) break;
  }
  if (broken.size > 0) {
    const [first] = broken.values();
    const message = `What silence does could not be done in the cases ${[...broken.keys()].join(', ')}: ${first}`;
    throw new Error(message, { cause: first });
  }
  return { dueSoon, overdue, effects };
}

const mostAtOnce = 200;
/** More cases than these do not fail each for a reason of their own. */
const mostBroken = 50;

/** An effect sets limits running whose rings may come before the next in the list, so the list ends with its day. */
function throughFirstEffect(due: readonly DueRing[]): readonly DueRing[] {
  const effect = due.find((ring) => effectOf(ring) !== null);
  return effect ? due.filter(({ ringOn }) => ringOn <= effect.ringOn) : due;
}

/** What the law does when this limit has passed in silence; null where it does nothing. */
function effectOf({
  ring,
  clock,
  authority,
  service,
}: DueRing): CommandOf<'declareTacitEffect' | 'declareLapse'> | null {
  // What silence does to a case of the other park is done there.
  if (ring === 'dueSoon' || authority === null) return null;
  const { acceptanceLimit, decisionLimit, supplement } = service;
  const has =
    (clock === 'acceptance' && acceptanceLimit?.tacit) || (clock === 'decision' && decisionLimit?.tacit);
  if (has) return { type: 'declareTacitEffect' };
  return clock === 'supplement' && supplement.silence === 'lapses' ? { type: 'declareLapse' } : null;
}

async function declareEffects(
  needs: Needs,
  rung: readonly DueRing[],
): Promise<{
  readonly done: number;
  readonly refused: readonly DueRing[];
  readonly failed: readonly (readonly [string, unknown])[];
}> {
  const silent = rung.filter((ring) => effectOf(ring) !== null);
  const results = await Promise.allSettled(silent.map((ring) => declareEffect(needs, ring)));
  const failed = results.flatMap((result, index) =>
    result.status === 'rejected' ? [[silent[index]?.caseId ?? '', result.reason] as const] : [],
  );
  const done = results.filter((result) => result.status === 'fulfilled' && result.value).length;
  const refused = silent.filter((_, index) => {
    const result = results[index];
    return result?.status === 'fulfilled' && !result.value;
  });
  return { done, refused, failed };
}

/**
 * Whether the law has acted; false where the case refuses, because the limit has moved or somebody has acted.
 *
 * Throws: when the case was not asked, such as by a node that stops.
 */
async function declareEffect({ commander }: Needs, ring: DueRing): Promise<boolean> {
  const { caseId, clock, dueOn, ringOn, lastOn, provisional, service } = ring;
  const command = effectOf(ring);
  // A day that may still move is held against nobody.
  if (command === null || provisional) return false;
  const { authority } = service;
  const result = await commander.submit({
    caseId,
    reader: null,
    actor: { role: 'timer', person: 'node', organization: authority },
    actsOn: ringOn > lastOn ? ringOn : lastOn,
    commands: [command],
    opening: null,
    output: null,
    idempotency: null,
    audit: {
      action: `case.${command.type}`,
      personId: null,
      organization: authority,
      role: 'timer',
      subjectKind: 'case',
      subjectId: caseId,
      requestId: null,
      details: { clock, dueOn },
    },
    answer: () => ({ status: 204, body: null }),
  });
  // Put off by a day, the act would bear the date of the day to which it was put off.
  if (result.kind !== 'done' && result.kind !== 'refused')
    throw new Error(`The order came to ${result.kind}`);
  return result.kind === 'done';
}

/** Who is told: in time whoever must act, afterwards the other side as well; of a step its desk and the authority. */
function noticesOf(ring: DueRing): readonly Notice[] {
  const { caseId, clock, subject, dueOn, provisional, ringOn } = ring;
  const isLate = ring.ring === 'overdue';
  const kind = isLate ? 'deadlineOverdue' : 'deadlineDueSoon';
  return noticesTo(recipientsOfRing(ring), ring, {
    kind,
    facts: {
      on: ringOn,
      clock,
      dueOn,
      provisional,
      ...(clock === 'step' ? { step: subject } : {}),
      ...(clock === 'debt' ? { paper: subject } : {}),
    },
    cause: `${kind} ${caseId} ${clock} ${subject} ${dueOn}`,
  });
}

function recipientsOfRing(ring: DueRing): readonly string[] {
  const { clock } = ring;
  const late: readonly Audience[] = ring.ring === 'overdue' ? ['applicant', 'authority'] : [];
  switch (clock) {
    case 'acceptance':
    case 'decision':
      return recipientsOf(ring, [], ['authority', ...late]);
    case 'supplement':
    case 'debt':
      return recipientsOf(ring, [], ['applicant', ...late]);
    case 'step':
      return recipientsOf(
        ring,
        ring.desk === null ? [] : [ring.desk],
        ring.ring === 'overdue' ? ['desks', 'authority'] : ['desks'],
      );
    default:
      return clock satisfies never;
  }
}

function dayAfter(day: string): string {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString();
}
