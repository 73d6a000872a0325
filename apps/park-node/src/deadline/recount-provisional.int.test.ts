import { describe, expect, test } from 'vitest';
import { storeKinds, useStore } from '../testing/stores.ts';
import { TestClock } from '../testing/test-clock.ts';
import { act, calendarOf, courseOf, file, law, openDesk, toldOf } from './fixtures/desk.ts';
import { recountProvisionalDeadlines } from './recount-provisional.ts';
import { ringDeadlines } from './ring-deadlines.ts';

describe.each(storeKinds)('a year whose working days are published late, %s store', (kind) => {
  // Monday 21 December 2026, nine o'clock in the park.
  const clock = new TestClock('2026-12-21T01:00:00Z');
  const store = useStore(kind, clock);

  test('moves provisional limits, says so, and only then is silence held against anybody', async () => {
    const before = await openDesk(store, clock, calendarOf([2026]));
    expect(await recountProvisionalDeadlines(before)).toEqual({ cases: 0, moved: 0 });
    const caseId = await file(before, law.silenceGrants);
    await act(before, caseId, { type: 'acceptCase' });
    expect(await limits(caseId)).toEqual([
      { clock: 'decision', dueOn: '2027-01-04', provisional: true, ringOn: '2026-12-30' },
    ]);
    expect(await queue(caseId)).toEqual({ dueOn: '2027-01-04', dueProvisional: true });
    clock.travelTo('2027-01-05T01:00:00Z');
    await ringDeadlines(before);
    expect(await courseOf(before, caseId)).toEqual(['caseAccepted 2026-12-21']);
    // Tomorrow is another day, on which it is tried again.
    expect(await limits(caseId)).toMatchObject([{ ringOn: '2027-01-06' }]);

    const published = await openDesk(store, clock, calendarOf([2026, 2027], ['2027-01-01']));
    expect(await recountProvisionalDeadlines(published)).toEqual({ cases: 1, moved: 1 });
    expect(await limits(caseId)).toEqual([
      { clock: 'decision', dueOn: '2027-01-05', provisional: false, ringOn: '2026-12-30' },
    ]);
    expect(await queue(caseId)).toEqual({ dueOn: '2027-01-05', dueProvisional: false });
    await ringDeadlines(published);
    expect(await courseOf(published, caseId)).toHaveLength(1);
    clock.travelTo('2027-01-05T16:00:00Z');
    await ringDeadlines(published);
    expect(await courseOf(published, caseId)).toEqual(['caseAccepted 2026-12-21', 'caseDecided 2027-01-06']);
    expect(await toldOf(published, caseId)).toEqual([
      '2026-12-30 deadlineDueSoon decision 2027-01-04 > authority',
      '2026-12-30 deadlineDueSoon decision 2027-01-05 > authority',
      '2027-01-05 deadlineMoved decision 2027-01-05 > applicant',
      '2027-01-05 deadlineMoved decision 2027-01-05 > authority',
      '2027-01-05 deadlineOverdue decision 2027-01-04 > applicant',
      '2027-01-05 deadlineOverdue decision 2027-01-04 > authority',
      '2027-01-06 deadlineOverdue decision 2027-01-05 > applicant',
      '2027-01-06 deadlineOverdue decision 2027-01-05 > authority',
    ]);
  });

  test('is counted in once, whatever else is provisional by then', async () => {
    const desk = await openDesk(store, clock, calendarOf([2026, 2027], ['2027-01-01']));
    clock.travelTo('2027-12-28T01:00:00Z');
    await file(desk, law.silenceGrants);
    expect(await recountProvisionalDeadlines(desk)).toEqual({ cases: 0, moved: 0 });
    const next = await openDesk(store, clock, calendarOf([2026, 2027, 2028]));
    // A year without holidays is a plain one, so no day moves.
    expect(await recountProvisionalDeadlines(next)).toEqual({ cases: 1, moved: 0 });
    expect(await recountProvisionalDeadlines(next)).toEqual({ cases: 0, moved: 0 });
  });

  const limits = (caseId: string) =>
    store.write((tx) =>
      tx
        .selectFrom('deadlines')
        .select(['clock', 'dueOn', 'provisional', 'ringOn'])
        .where('caseId', '=', caseId)
        .execute(),
    );
  const queue = (caseId: string) =>
    store.write((tx) =>
      tx
        .selectFrom('cases')
        .select(['dueOn', 'dueProvisional'])
        .where('caseId', '=', caseId)
        .executeTakeFirst(),
    );
});
