import { aCase, act, contextOf, given, paper, people, usualService } from '@twinpark/testkit/case-spec.ts';
import { aService, limit, need } from '@twinpark/testkit/service.ts';
import { describe, expect, it } from 'vitest';
import type { Expression } from '../policy/expression.ts';
import { runningClocks } from './clock.ts';

const usesGas: Expression = { op: 'fact', fact: 'laboratory.gas' };

describe('accepting a filing', () => {
  it('starts the examination', () => {
    const state = given(usualService, ...aCase.filed())
      .when(act('acceptCase', '2026-03-03', {}))
      .thenEvents('caseAccepted');
    expect(state).toMatchObject({ status: 'inExamination', acceptedOn: '2026-03-03' });
    expect(state).toHaveProperty('debts', {});
  });

  it('with a minor paper missing leaves a debt due five working days later', () => {
    const state = given(usualService, ...aCase.draftWithoutSlip(), act('fileCase', '2026-03-02', {}))
      .when(act('acceptCase', '2026-03-03', {}))
      .thenEvents('caseAccepted');
    expect(state).toMatchObject({ debts: { 'insurance-slip': '2026-03-10' } });
  });

  it('happens by law when the authority is silent past a limit whose silence accepts', () => {
    const service = aService({ acceptanceLimit: limit({ amount: 5, from: 'filing', tacit: 'granted' }) });
    const filed = given(service, ...aCase.filed());
    filed.when(act('declareTacitEffect', '2026-03-09', {})).thenRefused('timeLimitRunning', 'Art. 10');
    const state = filed.when(act('declareTacitEffect', '2026-03-10', {})).thenEvents('caseAccepted');
    expect(state).toMatchObject({ status: 'inExamination', acceptedOn: '2026-03-10' });
  });

  it('by silence counts from the day after the limit, however late that is recorded', () => {
    const service = aService({ acceptanceLimit: limit({ amount: 5, from: 'filing', tacit: 'granted' }) });
    const state = given(service, ...aCase.filed())
      .when(act('declareTacitEffect', '2026-03-16', {}))
      .thenEvents('caseAccepted');
    expect(state).toMatchObject({ acceptedOn: '2026-03-10', lastOn: '2026-03-16' });
    expect(runningClocks(state, contextOf(service, people.officer, '2026-03-16'))).toMatchObject([
      { of: 'decision', startedOn: '2026-03-10', dueOn: '2026-03-24' },
    ]);
  });

  it('is no longer the authority’s to give or to decline once its silence has had its effect', () => {
    const service = aService({ acceptanceLimit: limit({ amount: 5, from: 'filing', tacit: 'granted' }) });
    const filed = given(service, ...aCase.filed());
    const declined = { reasons: ['not within the competence of the authority'] };
    filed.when(act('declineAcceptance', '2026-03-09', declined)).thenEvents('acceptanceDeclined');
    filed.when(act('declineAcceptance', '2026-03-10', declined)).thenRefused('timeLimitPassed', 'Art. 10');
    filed.when(act('acceptCase', '2026-03-10', {})).thenRefused('timeLimitPassed', 'Art. 10');
  });

  it('waits for a paper or a fact that an amendment made needed', () => {
    const service = aService({
      needs: [
        need('team.name'),
        need('team.headcount'),
        need('laboratory.gas', { optional: true }),
        need('laboratory.gasVolume', { when: usesGas }),
      ],
      evidence: [
        { type: 'floor-plan', when: null, debt: null },
        { type: 'gas-plan', when: usesGas, debt: null },
      ],
    });
    const answers = { 'team.name': 'Reed', 'team.headcount': 6, 'laboratory.gas': false };
    const filed = [
      act('openCase', '2026-03-02', { caseId: 'case-1', answers, evidence: [paper('floor-plan')] }),
      act('fileCase', '2026-03-02', {}),
      act('amendCase', '2026-03-03', { answers: { 'laboratory.gas': true } }),
    ];
    const acceptance = act('acceptCase', '2026-03-04', {});
    given(service, ...filed)
      .when(acceptance)
      .thenRefused('factsMissing');
    const volume = act('amendCase', '2026-03-03', { answers: { 'laboratory.gasVolume': 40 } });
    given(service, ...filed, volume)
      .when(acceptance)
      .thenRefused('evidenceMissing');
    given(service, ...filed, volume, act('amendCase', '2026-03-03', { evidence: [paper('gas-plan')] }))
      .when(acceptance)
      .thenEvents('caseAccepted');
  });

  it('is declined only with a reason', () => {
    given(usualService, ...aCase.filed())
      .when(act('declineAcceptance', '2026-03-03', { reasons: [] }))
      .thenRefused('reasonMissing', 'Art. 1');
  });
});
