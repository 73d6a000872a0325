import { type Act, aCase, act, contextOf, given, people, usualService } from '@twinpark/testkit/case-spec.ts';
import { clause } from '@twinpark/testkit/citation.ts';
import { aService, limit, text } from '@twinpark/testkit/service.ts';
import { describe, expect, it } from 'vitest';
import { runningClocks } from './clock.ts';
import { availableActions } from './decide.ts';

const lodged = act('lodgeRemedy', '2026-03-20', { remedy: 'appeal' });

/** An appeal within sixty days, and a suit within ninety. */
const reviewable = aService({
  remedies: [
    ...usualService.remedies,
    {
      id: 'suit',
      name: text('Suit'),
      body: 'court',
      limit: limit({ amount: 90, unit: 'calendarDays', citation: clause('Art. 90') }),
      languages: ['en'],
      citation: clause('Art. 90'),
    },
  ],
});

const court = { ...people.appealBoard, organization: 'court' };

function dismissal(on: string): Act {
  return act('decideRemedy', on, { result: 'dismissed' });
}

function suit(on: string): Act {
  return act('lodgeRemedy', on, { remedy: 'suit' });
}

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

  it('a grant hands out every fact that its service provides, and no other', () => {
    const registration = aService({ provides: ['company.number'] });
    const serve = (establishes?: Readonly<Record<string, string>>) =>
      act('serveOutput', '2026-03-10', { receiptNumber: 'R-1', ...(establishes && { establishes }) });
    const granted = given(registration, ...aCase.granted());
    granted.when(serve()).thenRefused('factsMissing');
    granted.when(serve({ 'company.number': 'C-77', 'company.name': 'Rush' })).thenRefused('fieldNotDeclared');
    granted.when(serve({ 'company.number': 'C-77' })).thenEvents('outputServed');
    const refused = given(
      registration,
      ...aCase.examined(),
      act('decideCase', '2026-03-09', { outcome: 'refused', reasons: ['no floor'] }),
    );
    refused.when(serve()).thenEvents('outputServed');
    refused.when(serve({ 'company.number': 'C-77' })).thenRefused('fieldNotDeclared');
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
    const dismissed = [{ remedy: 'appeal', from: '2026-03-20', to: '2026-04-01' }];
    expect(after).toEqual({ ...before, lastOn: '2026-04-01', dismissed });
  });

  it('that was dismissed is not lodged again, but another may be', () => {
    const after = given(reviewable, ...aCase.underRemedy(), dismissal('2026-04-01'));
    after.when({ ...lodged, on: '2026-04-02' }).thenRefused('remedyUsedUp', 'Art. 60');
    after.when(suit('2026-04-02')).thenEvents('remedyLodged');
    const only = given(usualService, ...aCase.underRemedy(), dismissal('2026-04-01')).state;
    expect(availableActions(only, contextOf(usualService, people.applicant, '2026-04-02'))).toContainEqual({
      action: 'lodgeRemedy',
      refusal: expect.objectContaining({ code: 'remedyUsedUp' }),
    });
  });

  it('may be lodged anew against the new decision that followed a reopening', () => {
    const again = [
      ...aCase.underRemedy(),
      dismissal('2026-04-01'),
      suit('2026-04-02'),
      act('decideRemedy', '2026-04-10', { result: 'remitted' }, court),
      act('completeStep', '2026-04-13', { step: 'examination', result: 'passed' }),
      act('decideCase', '2026-04-13', { outcome: 'refused', reasons: ['unsuitable premises'] }),
      act('serveOutput', '2026-04-14', { receiptNumber: 'R-2' }),
    ];
    given(reviewable, ...again)
      .when({ ...lodged, on: '2026-04-20' })
      .thenEvents('remedyLodged');
  });

  it('takes nothing of the time for another while it is examined', () => {
    const late = given(reviewable, ...aCase.underRemedy(), dismissal('2026-08-31'));
    // Ninety days from 11 March, without the 165 from 20 March to 31 August.
    late.when(suit('2026-11-20')).thenEvents('remedyLodged');
    late.when(suit('2026-11-21')).thenRefused('timeLimitPassed', 'Art. 90');
  });

  it('is open before the decision is served, so that silence cannot outlast it', () => {
    const refusing = aService({ decisionLimit: limit({ tacit: 'refused' }) });
    const silent = [...aCase.examined(), act('declareTacitEffect', '2026-03-18', {})];
    const state = given(refusing, ...silent)
      .when({ ...lodged, on: '2026-09-01' })
      .thenEvents('remedyLodged');
    expect(state).toMatchObject({ status: 'underRemedy', challenged: { status: 'decided' } });
  });

  it('is not too late while the last day is only provisional', () => {
    const remedies = usualService.remedies.map((remedy) => ({
      ...remedy,
      limit: limit({ amount: 300, calendars: ['plain'] }),
    }));
    given(aService({ remedies }), ...aCase.closed())
      .when({ ...lodged, on: '2027-12-01' })
      .thenEvents('remedyLodged');
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
