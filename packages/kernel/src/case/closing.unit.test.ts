import { aCase, act, contextOf, given, people, usualService } from '@twinpark/testkit/case-spec.ts';
import { aService, limit } from '@twinpark/testkit/service.ts';
import { describe, expect, it } from 'vitest';
import { runningClocks } from './clock.ts';
import { availableActions } from './decide.ts';

const lodged = act('lodgeRemedy', '2026-03-20', { remedy: 'appeal' });

describe('after the decision', () => {
  it('the output is served, then the case is closed', () => {
    const served = given(usualService, ...aCase.granted())
      .when(act('serveOutput', '2026-03-10', { receiptNumber: 'R-1' }))
      .thenEvents('outputServed');
    expect(served).toMatchObject({ status: 'served', servedOn: '2026-03-10', receiptNumber: 'R-1' });
    const closed = given(usualService, ...aCase.served())
      .when(act('closeCase', '2026-03-11', {}))
      .thenEvents('caseClosed');
    expect(closed).toMatchObject({ status: 'closed', decision: { outcome: 'granted' } });
  });

  it('nothing of the examination is open to anybody', () => {
    const { state } = given(usualService, ...aCase.closed());
    const open = Object.values(people).flatMap((actor) =>
      availableActions(state, contextOf(usualService, actor, '2026-03-12'))
        .filter(({ refusal }) => refusal === null)
        .map(({ action }) => action),
    );
    expect(open).toEqual(['lodgeRemedy']);
  });
});

describe('a remedy', () => {
  it('is lodged until the last day of its limit, counted from the service of the decision', () => {
    given(usualService, ...aCase.closed())
      .when({ ...lodged, on: '2026-05-09' })
      .thenEvents('remedyLodged');
    given(usualService, ...aCase.closed())
      .when({ ...lodged, on: '2026-05-10' })
      .thenRefused('timeLimitPassed', 'Art. 60');
  });

  it('must be one that the service names', () => {
    given(usualService, ...aCase.closed())
      .when(act('lodgeRemedy', '2026-03-20', { remedy: 'petition' }))
      .thenRefused('remedyUnknown');
  });

  it('that is dismissed leaves the decision as it was', () => {
    const before = given(usualService, ...aCase.closed()).state;
    const after = given(usualService, ...aCase.underRemedy())
      .when(act('decideRemedy', '2026-04-01', { result: 'dismissed' }))
      .thenEvents('remedyDismissed');
    expect(after).toEqual({ ...before, lastOn: '2026-04-01' });
  });

  it('that succeeds reopens the examination with a fresh limit and no old steps', () => {
    const state = given(usualService, ...aCase.underRemedy())
      .when(act('decideRemedy', '2026-04-01', { result: 'remitted' }))
      .thenEvents('caseReopened');
    expect(state).toMatchObject({ status: 'inExamination', acceptedOn: '2026-04-01', filedOn: '2026-03-02' });
    expect(state).toHaveProperty('steps', {});
    expect(state).not.toHaveProperty('decision');
    expect(runningClocks(state, contextOf(usualService, people.officer, '2026-04-01'))).toMatchObject([
      { startedOn: '2026-04-01', dueOn: '2026-04-15' },
    ]);
  });

  it('restarts a limit that runs from the filing too', () => {
    const service = aService({ decisionLimit: limit({ from: 'filing' }) });
    const reopened = [...aCase.underRemedy(), act('decideRemedy', '2026-04-01', { result: 'remitted' })];
    const { state } = given(service, ...reopened);
    expect(runningClocks(state, contextOf(service, people.officer, '2026-04-01'))).toMatchObject([
      { startedOn: '2026-04-01' },
    ]);
  });

  it('against a filing that was not accepted puts it before the authority again', () => {
    const state = given(usualService, ...aCase.notAccepted(), { ...lodged, on: '2026-03-10' })
      .when(act('decideRemedy', '2026-04-01', { result: 'remitted' }))
      .thenEvents('caseReopened');
    expect(state).toMatchObject({ status: 'filed', filedOn: '2026-03-02', runsFrom: '2026-04-01' });
    expect(state).not.toHaveProperty('reasons');
  });

  it('is decided by the body that the service names', () => {
    given(usualService, ...aCase.underRemedy())
      .when(
        act(
          'decideRemedy',
          '2026-04-01',
          { result: 'remitted' },
          { ...people.appealBoard, organization: 'court' },
        ),
      )
      .thenRefused('notYourDesk');
  });
});
