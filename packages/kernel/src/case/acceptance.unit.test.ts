import { aCase, act, given, usualService } from '@twinpark/testkit/case-spec.ts';
import { aService, limit } from '@twinpark/testkit/service.ts';
import { describe, expect, it } from 'vitest';

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

  it('is declined only with a reason', () => {
    given(usualService, ...aCase.filed())
      .when(act('declineAcceptance', '2026-03-03', { reasons: [] }))
      .thenRefused('reasonMissing', 'Art. 1');
  });
});
