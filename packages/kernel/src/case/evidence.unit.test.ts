import { aCase, act, contextOf, given, paper, people, usualService } from '@twinpark/testkit/case-spec.ts';
import { clause } from '@twinpark/testkit/citation.ts';
import { aService, limit } from '@twinpark/testkit/service.ts';
import { describe, expect, it } from 'vitest';
import type { Expression } from '../policy/expression.ts';
import { explainAuthorityClock, runningClocks } from './clock.ts';
import type { PendingCase } from './state.ts';

const supplied = act('supplyEvidence', '2026-03-12', { evidence: [paper('floor-plan', 2)] });

describe('a request for evidence', () => {
  it('stops the authority’s clock and starts the applicant’s', () => {
    const { state } = given(usualService, ...aCase.awaitingEvidence());
    const clocks = runningClocks(state, contextOf(usualService, people.officer, '2026-03-10'));
    expect(clocks).toMatchObject([
      { of: 'decision', owner: { kind: 'applicant' }, stoppedSince: '2026-03-05' },
      { of: 'supplement', owner: { kind: 'applicant' }, startedOn: '2026-03-05', dueOn: '2026-03-19' },
    ]);
  });

  it('leaves out of the limit the day it was made, the day it was answered and all between', () => {
    const state = given(usualService, ...aCase.awaitingEvidence())
      .when(supplied)
      .thenEvents('evidenceSupplied');
    const context = contextOf(usualService, people.officer, '2026-03-12');
    const days = explainAuthorityClock(state as PendingCase, context);
    expect(days.filter(({ counts }) => counts).map(({ date }) => date.toString())).toEqual([
      '2026-03-04',
      ...['2026-03-13', '2026-03-16', '2026-03-17', '2026-03-18', '2026-03-19'],
      ...['2026-03-20', '2026-03-23', '2026-03-24', '2026-03-25'],
    ]);
    const stopped = days.filter(({ cause }) => cause.kind === 'pause').map(({ owner }) => owner.kind);
    expect(stopped).toEqual(new Array(8).fill('applicant'));
  });

  it('stays open until everything asked for is there', () => {
    const asked = [
      ...aCase.accepted(),
      act('requestEvidence', '2026-03-05', { evidence: ['floor-plan'], facts: ['team.headcount'] }),
    ];
    const half = given(usualService, ...asked)
      .when(supplied)
      .thenEvents('evidenceSupplied');
    expect(half).toMatchObject({
      status: 'awaitingEvidence',
      request: { evidence: [], facts: ['team.headcount'] },
    });
    const rest = act('supplyEvidence', '2026-03-13', { answers: { 'team.headcount': 7 } });
    const whole = given(usualService, ...asked, supplied)
      .when(rest)
      .thenEvents('evidenceSupplied');
    expect(whole).toMatchObject({ status: 'inExamination', answers: { 'team.headcount': 7 } });
  });

  it('before acceptance returns the case to the authority unaccepted', () => {
    const returned = [...aCase.filed(), act('requestEvidence', '2026-03-03', { evidence: ['floor-plan'] })];
    const state = given(usualService, ...returned)
      .when(supplied)
      .thenEvents('evidenceSupplied');
    expect(state.status).toBe('filed');
    expect(runningClocks(state, contextOf(usualService, people.officer, '2026-03-12'))).toMatchObject([
      { of: 'acceptance', startedOn: '2026-03-02', dueOn: '2026-03-19', stoppedSince: null },
    ]);
  });

  it('is answered just as well by an amendment', () => {
    const lapsing = aService({ supplement: { limit: limit(), rounds: null, silence: 'lapses' } });
    const amendment = act('amendCase', '2026-03-12', { evidence: [paper('floor-plan', 2)] });
    const asked = given(lapsing, ...aCase.awaitingEvidence());
    const state = asked.when(amendment).thenEvents('evidenceSupplied');
    expect(state).toMatchObject({ status: 'inExamination', pauses: { pause: { to: '2026-03-12' } } });
    asked.when({ ...amendment, on: '2026-03-20' }).thenRefused('timeLimitPassed');
    asked
      .when(act('amendCase', '2026-03-20', { answers: { 'team.headcount': 7 } }))
      .thenEvents('caseAmended');
  });

  it('can be given up by the authority, which then goes on with what is there', () => {
    const resumed = act('resumeCase', '2026-03-24', {});
    const state = given(usualService, ...aCase.awaitingEvidence())
      .when(resumed)
      .thenEvents('caseResumed');
    expect(state).toMatchObject({
      status: 'inExamination',
      pauses: { pause: { from: '2026-03-05', to: '2026-03-24', cause: { kind: 'evidence' } } },
    });
    expect(state).not.toHaveProperty('request');
    const returned = [...aCase.filed(), act('requestEvidence', '2026-03-03', { evidence: ['floor-plan'] })];
    given(usualService, ...returned, resumed)
      .when(act('declineAcceptance', '2026-03-25', { reasons: ['the plan shows another building'] }))
      .thenEvents('acceptanceDeclined');
  });

  it('can no longer be made where the authority’s silence has had its effect', () => {
    const service = aService({ decisionLimit: limit({ tacit: 'granted', citation: clause('Art. 11') }) });
    const request = act('requestEvidence', '2026-03-17', { evidence: ['floor-plan'] });
    given(service, ...aCase.accepted())
      .when(request)
      .thenEvents('evidenceRequested');
    given(service, ...aCase.accepted())
      .when({ ...request, on: '2026-03-18' })
      .thenRefused('timeLimitPassed', 'Art. 11');
  });

  it('asks only for what the service declares, and for something', () => {
    given(usualService, ...aCase.accepted())
      .when(act('requestEvidence', '2026-03-05', { evidence: ['tax-return'] }))
      .thenRefused('fieldNotDeclared', 'Art. 1');
    given(usualService, ...aCase.accepted())
      .when(act('requestEvidence', '2026-03-05', {}))
      .thenRefused('nothingGiven');
  });

  it('comes no more often than the service allows', () => {
    const service = aService({ supplement: { limit: limit(), rounds: 1, silence: 'nothing' } });
    given(service, ...aCase.awaitingEvidence(), supplied)
      .when(act('requestEvidence', '2026-03-13', { facts: ['team.name'] }))
      .thenRefused('roundsUsedUp', 'Art. 10');
  });
});

describe('an applicant’s silence', () => {
  const lapsing = aService({ supplement: { limit: limit(), rounds: null, silence: 'lapses' } });

  it('lets the case lapse after the limit, not on its last day', () => {
    const asked = given(lapsing, ...aCase.awaitingEvidence());
    asked.when(act('declareLapse', '2026-03-19', {})).thenRefused('timeLimitRunning');
    const state = asked.when(act('declareLapse', '2026-03-20', {})).thenEvents('caseLapsed');
    expect(state).toMatchObject({ status: 'lapsed', servedOn: '2026-03-20' });
    expect(state).not.toHaveProperty('request');
  });

  it('makes a late answer too late where the case lapses, and only late where nothing follows', () => {
    const late = act('supplyEvidence', '2026-03-20', { evidence: [paper('floor-plan', 2)] });
    given(lapsing, ...aCase.awaitingEvidence())
      .when(late)
      .thenRefused('timeLimitPassed');
    given(usualService, ...aCase.awaitingEvidence())
      .when(late)
      .thenEvents('evidenceSupplied');
  });

  it('is not held against anybody while the last day is only provisional', () => {
    const [opening] = aCase.draft();
    const asked = given(
      lapsing,
      ...(opening ? [{ ...opening, on: '2026-12-18' }] : []),
      act('fileCase', '2026-12-18', {}),
      act('requestEvidence', '2026-12-21', { evidence: ['floor-plan'] }),
    );
    const clocks = runningClocks(asked.state, contextOf(lapsing, people.officer, '2026-12-21'));
    expect(clocks).toContainEqual(
      expect.objectContaining({ of: 'supplement', dueOn: '2027-01-04', provisional: true }),
    );
    asked.when(act('declareLapse', '2027-01-05', {})).thenRefused('timeLimitRunning');
    asked.when({ ...supplied, on: '2027-01-05' }).thenEvents('evidenceSupplied');
  });

  it('is no longer the authority’s to pardon once the case lapses', () => {
    given(lapsing, ...aCase.awaitingEvidence())
      .when(act('resumeCase', '2026-03-20', {}))
      .thenRefused('timeLimitPassed');
  });

  it('has no effect where the law gives it none', () => {
    given(usualService, ...aCase.awaitingEvidence())
      .when(act('declareLapse', '2026-04-20', {}))
      .thenRefused('silenceHasNoEffect', 'Art. 6');
  });
});

describe('a paper that is owed', () => {
  it('runs a clock of its own and is settled by supplying it', () => {
    const owing = given(usualService, ...aCase.acceptedWithDebt());
    expect(runningClocks(owing.state, contextOf(usualService, people.officer, '2026-03-04'))).toMatchObject([
      { of: 'decision' },
      { of: 'debt', owner: { kind: 'applicant' }, dueOn: '2026-03-10', citation: { clause: 'Art. 5' } },
    ]);
    const settled = owing
      .when(act('supplyEvidence', '2026-03-09', { evidence: [paper('insurance-slip')] }))
      .thenEvents('evidenceSupplied');
    expect(settled).toHaveProperty('debts', {});
  });

  it('is settled too when it comes with the answer to a request', () => {
    const asked = act('requestEvidence', '2026-03-05', { facts: ['team.headcount'] });
    const both = { answers: { 'team.headcount': 7 }, evidence: [paper('insurance-slip')] };
    const state = given(usualService, ...aCase.acceptedWithDebt(), asked)
      .when(act('supplyEvidence', '2026-03-09', both))
      .thenEvents('evidenceSupplied');
    expect(state).toHaveProperty('debts', {});
  });

  it('is settled too by a part of the answer to a request, and by an amendment', () => {
    const slip = { evidence: [paper('insurance-slip')] };
    const asked = act('requestEvidence', '2026-03-05', { facts: ['team.headcount'] });
    const inPart = given(usualService, ...aCase.acceptedWithDebt(), asked)
      .when(act('supplyEvidence', '2026-03-09', slip))
      .thenEvents('evidenceSupplied');
    expect(inPart).toMatchObject({ status: 'awaitingEvidence', debts: {} });
    const amended = given(usualService, ...aCase.acceptedWithDebt())
      .when(act('amendCase', '2026-03-09', slip))
      .thenEvents('caseAmended');
    expect(amended).toHaveProperty('debts', {});
  });

  it('stands against a grant, and not against a refusal', () => {
    const examined = [
      ...aCase.acceptedWithDebt(),
      act('completeStep', '2026-03-06', { step: 'examination', result: 'passed' }),
    ];
    given(usualService, ...examined)
      .when(act('decideCase', '2026-03-09', { outcome: 'granted' }))
      .thenRefused('debtOutstanding');
    given(usualService, ...examined)
      .when(act('decideCase', '2026-03-09', { outcome: 'refused', reasons: ['no insurance'] }))
      .thenEvents('caseDecided');
  });

  it('no longer stands against a grant once an amendment makes it unneeded', () => {
    const large: Expression = {
      op: 'compare',
      operator: '>',
      left: { op: 'fact', fact: 'team.headcount' },
      right: { op: 'literal', value: 5 },
    };
    const service = aService({
      evidence: [
        { type: 'floor-plan', when: null, debt: null },
        { type: 'insurance-slip', when: large, debt: limit({ amount: 5 }) },
      ],
    });
    const examined = [
      ...aCase.acceptedWithDebt(),
      act('completeStep', '2026-03-06', { step: 'examination', result: 'passed' }),
    ];
    const grant = act('decideCase', '2026-03-09', { outcome: 'granted' });
    given(service, ...examined)
      .when(grant)
      .thenRefused('debtOutstanding');
    given(service, ...examined, act('amendCase', '2026-03-06', { answers: { 'team.headcount': 4 } }))
      .when(grant)
      .thenEvents('caseDecided');
  });

  it('nothing can be supplied where nothing is owed or asked for', () => {
    given(usualService, ...aCase.accepted())
      .when(act('supplyEvidence', '2026-03-05', { evidence: [paper('floor-plan', 2)] }))
      .thenRefused('nothingGiven');
  });
});
