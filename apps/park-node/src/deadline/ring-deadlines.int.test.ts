import { describe, expect, test } from 'vitest';
import type { Store } from '../platform/database/store.ts';
import { openTestStore, storeKinds, useStore } from '../testing/stores.ts';
import { TestClock } from '../testing/test-clock.ts';
import { act, courseOf, type Desk, eventsOf, file, law, openDesk, toldOf } from './fixtures/desk.ts';
import { ringDeadlines } from './ring-deadlines.ts';

/** Monday 2 March 2026, nine o'clock in the park. */
const monday = '2026-03-02T01:00:00Z';

describe.each(storeKinds)('what the calendar asks of the node, %s store', (kind) => {
  const clock = new TestClock(monday);
  const store = useStore(kind, clock);
  const open = (): Promise<Desk> => openDesk(store, clock);
  /** Every hour of every day until the first hour of one. */
  const liveUntil = async (desk: Desk, day: string): Promise<void> => {
    while (clock.now().toZonedDateTimeISO(desk.park.timeZone).toPlainDate().toString() < day) {
      clock.advance({ hours: 8 });
      await ringDeadlines(desk);
    }
  };

  test('the desk hears of a limit three working days before its end, and both sides once it has passed', async () => {
    const desk = await open();
    const filed = day(clock, desk);
    const caseId = await file(desk, law.silenceDoesNothing);
    await liveUntil(desk, after(filed, 30));
    const due = after(filed, 7);
    expect(await toldOf(desk, caseId)).toEqual([
      `${after(filed, 2)} deadlineDueSoon acceptance ${due} > authority`,
      `${after(filed, 8)} deadlineOverdue acceptance ${due} > applicant`,
      `${after(filed, 8)} deadlineOverdue acceptance ${due} > authority`,
    ]);
    expect(await courseOf(desk, caseId)).toEqual([]);
  });

  test('a limit of a step is told to the desk of the step, one of a paper owed to the applicant', async () => {
    const desk = await open();
    await liveUntil(desk, nextMonday(clock, desk));
    const filed = day(clock, desk);
    const caseId = await file(desk, law.silenceDoesNothing, ['floor-plan']);
    await act(desk, caseId, { type: 'acceptCase' });
    await liveUntil(desk, after(filed, 8));
    expect(await toldOf(desk, caseId)).toEqual([
      `${after(filed, 1)} deadlineDueSoon step ${after(filed, 4)} > laboratory-office`,
      `${after(filed, 2)} deadlineDueSoon debt ${after(filed, 7)} > applicant`,
      `${after(filed, 5)} deadlineOverdue step ${after(filed, 4)} > authority`,
      `${after(filed, 5)} deadlineOverdue step ${after(filed, 4)} > laboratory-office`,
      `${after(filed, 8)} deadlineOverdue debt ${after(filed, 7)} > applicant`,
      `${after(filed, 8)} deadlineOverdue debt ${after(filed, 7)} > authority`,
    ]);
  });

  test('silence does nothing on the last day, and what the law says from midnight of the next', async () => {
    const desk = await open();
    await liveUntil(desk, nextMonday(clock, desk));
    const filed = day(clock, desk);
    const caseId = await file(desk, law.silenceRefuses);
    await liveUntil(desk, after(filed, 14));
    expect(await courseOf(desk, caseId)).toEqual([]);
    await liveUntil(desk, after(filed, 15));
    expect(await courseOf(desk, caseId)).toEqual([
      `caseAccepted ${after(filed, 15)}`,
      `caseDecided ${after(filed, 15)}`,
    ]);
    const decided = (await eventsOf(desk, caseId)).at(-1);
    expect(decided).toMatchObject({ tacit: true, decision: { outcome: 'refused' }, by: { role: 'timer' } });
    await liveUntil(desk, after(filed, 40));
    expect(await courseOf(desk, caseId)).toHaveLength(2);
  });

  test('an applicant who does not supply what was asked for lets the case lapse', async () => {
    const desk = await open();
    await liveUntil(desk, nextMonday(clock, desk));
    const filed = day(clock, desk);
    const [silent, prompt] = [
      await file(desk, law.silenceOfApplicantLapses),
      await file(desk, law.silenceOfApplicantLapses),
    ];
    for (const caseId of [silent, prompt]) {
      await act(desk, caseId, { type: 'requestEvidence', facts: ['team.headcount'] });
    }
    await liveUntil(desk, after(filed, 14));
    await act(desk, prompt, { type: 'supplyEvidence', answers: { 'team.headcount': 7 } });
    await liveUntil(desk, after(filed, 16));
    expect(await courseOf(desk, silent)).toEqual([
      `evidenceRequested ${filed}`,
      `caseLapsed ${after(filed, 15)}`,
    ]);
    expect(await courseOf(desk, prompt)).toEqual([
      `evidenceRequested ${filed}`,
      `evidenceSupplied ${after(filed, 14)}`,
    ]);
  });

  test('what is decided in time never rings as overdue', async () => {
    const desk = await open();
    await liveUntil(desk, nextMonday(clock, desk));
    const filed = day(clock, desk);
    const caseId = await file(desk, law.silenceGrants);
    await act(desk, caseId, { type: 'acceptCase' });
    await liveUntil(desk, after(filed, 11));
    await act(
      desk,
      caseId,
      { type: 'completeStep', step: 'examination', result: 'passed' },
      { type: 'decideCase', outcome: 'granted' },
    );
    await liveUntil(desk, after(filed, 40));
    expect(await toldOf(desk, caseId)).toEqual([
      `${after(filed, 9)} deadlineDueSoon decision ${after(filed, 14)} > authority`,
    ]);
    expect((await eventsOf(desk, caseId)).at(-1)).toMatchObject({ type: 'caseDecided', tacit: false });
  });

  test('what a stopping node leaves undone is done later, on the day on which the law did it', async () => {
    const desk = await open();
    await liveUntil(desk, nextMonday(clock, desk));
    const filed = day(clock, desk);
    const caseId = await file(desk, law.silenceRefuses);
    await liveUntil(desk, after(filed, 14));
    clock.advance({ days: 1 });
    const stopping = {
      submit: () => Promise.resolve({ kind: 'shuttingDown' }),
    } as unknown as Desk['commander'];
    await expect(ringDeadlines({ ...desk, commander: stopping })).rejects.toThrow(caseId);
    clock.advance({ days: 3 });
    await ringDeadlines(desk);
    expect((await courseOf(desk, caseId)).at(-1)).toBe(`caseDecided ${after(filed, 15)}`);
  });

  test('one case that cannot be done holds up no other, and is done when it can be', async () => {
    const desk = await open();
    await liveUntil(desk, nextMonday(clock, desk));
    const filed = day(clock, desk);
    const [broken, whole] = [await file(desk, law.silenceRefuses), await file(desk, law.silenceRefuses)];
    const commander = {
      submit: (order: Parameters<typeof desk.commander.submit>[0]) =>
        order.caseId === broken ? Promise.reject(new Error('out of order')) : desk.commander.submit(order),
    } as Desk['commander'];
    clock.advance({ days: 20 });
    await expect(ringDeadlines({ ...desk, commander })).rejects.toThrow(broken);
    expect(await courseOf(desk, whole)).toHaveLength(2);
    expect(await courseOf(desk, broken)).toEqual([]);
    await ringDeadlines(desk);
    expect(await courseOf(desk, broken)).toEqual([
      `caseAccepted ${after(filed, 15)}`,
      `caseDecided ${after(filed, 15)}`,
    ]);
  });

  test('two processes that ring at once do everything once', async () => {
    const desk = await open();
    await liveUntil(desk, nextMonday(clock, desk));
    const other = await open();
    const cases: string[] = [];
    for (let count = 0; count < 12; count += 1) cases.push(await file(desk, law.silenceAcceptsAndGrants));
    clock.advance({ days: 60 });
    await Promise.all([ringDeadlines(desk), ringDeadlines(other)]);
    await ringDeadlines(desk);
    const courses = await Promise.all(cases.map((caseId) => courseOf(desk, caseId)));
    const told = await Promise.all(cases.map((caseId) => toldOf(desk, caseId)));
    expect(new Set(courses.map(String)).size).toBe(1);
    expect(courses[0]).toHaveLength(2);
    expect(new Set(told.map(String)).size).toBe(1);
  });
});

describe.each(storeKinds)('a year, %s store', (kind) => {
  test('is the same whether the node lived through every day of it or slept through it', async () => {
    const lived = await year(kind, async (desk, clock) => {
      for (let days = 0; days < 365; days += 1) {
        clock.advance({ days: 1 });
        await ringDeadlines(desk);
      }
    });
    const slept = await year(kind, async (desk, clock) => {
      clock.advance({ days: 365 });
      await ringDeadlines(desk);
    });
    expect(slept).toEqual(lived);
    expect(lived['silenceAcceptsAndGrants']).toEqual({
      course: ['caseAccepted 2026-03-10', 'caseDecided 2026-03-25'],
      told: [
        '2026-03-04 deadlineDueSoon acceptance 2026-03-09 > authority',
        '2026-03-10 deadlineOverdue acceptance 2026-03-09 > applicant',
        '2026-03-10 deadlineOverdue acceptance 2026-03-09 > authority',
        '2026-03-19 deadlineDueSoon decision 2026-03-24 > authority',
        '2026-03-25 deadlineOverdue decision 2026-03-24 > applicant',
        '2026-03-25 deadlineOverdue decision 2026-03-24 > authority',
      ],
    });
    expect(lived['silenceOfApplicantLapses']?.course).toEqual([
      'evidenceRequested 2026-03-02',
      'caseLapsed 2026-03-17',
    ]);
    expect(lived['silenceRefuses']?.course).toEqual(['caseAccepted 2026-03-17', 'caseDecided 2026-03-17']);
    expect(lived['silenceDoesNothing']?.course).toEqual([]);
  }, 60_000);
});

type Year = Readonly<
  Record<string, { readonly course: readonly string[]; readonly told: readonly string[] }>
>;

/** One case of each service, filed and left alone; what became of each in a year. */
async function year(
  kind: Store['kind'],
  travel: (desk: Desk, clock: TestClock) => Promise<void>,
): Promise<Year> {
  const clock = new TestClock(monday);
  const store = await openTestStore(kind, clock);
  try {
    const desk = await openDesk(store, clock);
    const cases: [string, string][] = [];
    for (const [name, service] of Object.entries(law)) cases.push([name, await file(desk, service)]);
    const lapsing = cases.find(([name]) => name === 'silenceOfApplicantLapses')?.[1] ?? '';
    await act(desk, lapsing, { type: 'requestEvidence', facts: ['team.name'] });
    await travel(desk, clock);
    const seen = cases.map(async ([name, caseId]) => [
      name,
      { course: await courseOf(desk, caseId), told: await toldOf(desk, caseId) },
    ]);
    return Object.fromEntries(await Promise.all(seen)) as Year;
  } finally {
    await store.close();
  }
}

function day(clock: TestClock, { park }: Desk): string {
  return clock.now().toZonedDateTimeISO(park.timeZone).toPlainDate().toString();
}

function after(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

function nextMonday(clock: TestClock, { park }: Desk): string {
  const today = clock.now().toZonedDateTimeISO(park.timeZone).toPlainDate();
  return today.add({ days: 8 - today.dayOfWeek }).toString();
}
