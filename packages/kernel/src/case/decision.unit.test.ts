import {
  type Act,
  aCase,
  act,
  contextOf,
  given,
  paper,
  people,
  usualService,
} from '@twinpark/testkit/case-spec.ts';
import { clause } from '@twinpark/testkit/citation.ts';
import { aService, limit, need, step, text } from '@twinpark/testkit/service.ts';
import { describe, expect, it } from 'vitest';
import type { Expression } from '../policy/expression.ts';
import { runningClocks } from './clock.ts';

const grant = act('decideCase', '2026-03-09', { outcome: 'granted' });
const refusal = act('decideCase', '2026-03-09', { outcome: 'refused', reasons: ['unsuitable premises'] });

function passed(id: string, on = '2026-03-06'): Act {
  return act('completeStep', on, { step: id, result: 'passed' });
}

describe('steps of the examination', () => {
  const chained = aService({
    steps: [step('papers'), step('site'), step('opinion', { after: ['papers', 'site'] })],
  });

  it('run in parallel where nothing orders them, and wait where something does', () => {
    const early = given(chained, ...aCase.accepted()).when(passed('opinion'));
    expect(early.outcome).toMatchObject({
      refusal: { code: 'stepNotOpen', facts: { waitingFor: ['papers', 'site'] } },
    });
    given(chained, ...aCase.accepted(), passed('site'), passed('papers'))
      .when(passed('opinion'))
      .thenEvents('stepCompleted');
  });

  it('must all be done before a decision, unless one has failed', () => {
    given(chained, ...aCase.accepted(), passed('site'))
      .when(refusal)
      .thenRefused('stepsOutstanding');
    const failed = act('completeStep', '2026-03-06', { step: 'site', result: 'failed' });
    given(chained, ...aCase.accepted(), failed)
      .when(refusal)
      .thenEvents('caseDecided');
    given(chained, ...aCase.accepted(), failed)
      .when(grant)
      .thenRefused('stepFailed', 'Art. step site');
  });

  it('lie on the desk that the definition names', () => {
    const service = aService({ steps: [step('examination', { by: 'another-authority' })] });
    given(service, ...aCase.accepted())
      .when(passed('examination'))
      .thenRefused('notYourDesk');
    given(service, ...aCase.accepted())
      .when({ ...passed('examination'), by: people.strangeOfficer })
      .thenEvents('stepCompleted');
  });

  it('name the desk where the next one lies, once all of the own desk are done', () => {
    const service = aService({
      steps: [step('papers'), step('register', { by: 'another-authority', after: ['papers'] })],
    });
    const { outcome } = given(service, ...aCase.accepted(), passed('papers')).when(passed('register'));
    expect(outcome).toMatchObject({
      refusal: { code: 'notYourDesk', facts: { desks: ['another-authority'] } },
    });
  });

  it('fall away where their condition is not met', () => {
    const large: Expression = {
      op: 'compare',
      operator: '>',
      left: { op: 'fact', fact: 'team.headcount' },
      right: { op: 'literal', value: 10 },
    };
    const service = aService({ steps: [step('papers'), step('fire-safety', { when: large })] });
    given(service, ...aCase.accepted(), passed('papers'))
      .when(grant)
      .thenEvents('caseDecided');
  });
});

describe('a step that an amendment makes unneeded', () => {
  const large: Expression = {
    op: 'compare',
    operator: '>',
    left: { op: 'fact', fact: 'team.headcount' },
    right: { op: 'literal', value: 5 },
  };
  const service = aService({ steps: [step('papers'), step('fire-safety', { when: large })] });
  const shrunk = act('amendCase', '2026-03-06', { answers: { 'team.headcount': 4 } });

  it('no longer stands against a grant because it failed', () => {
    const failed = act('completeStep', '2026-03-06', { step: 'fire-safety', result: 'failed' });
    const examined = [...aCase.accepted(), passed('papers'), failed];
    given(service, ...examined)
      .when(grant)
      .thenRefused('stepFailed');
    given(service, ...examined, shrunk)
      .when(grant)
      .thenEvents('caseDecided');
  });

  it('no longer binds the decision by its conditions', () => {
    const on = '2026-03-06';
    const conditions = ['two exits'];
    const bound = act('completeStep', on, { step: 'fire-safety', result: 'passed', conditions });
    const examined = [...aCase.accepted(), passed('papers'), bound];
    given(service, ...examined)
      .when(grant)
      .thenRefused('conditionsBind');
    given(service, ...examined, shrunk)
      .when(grant)
      .thenEvents('caseDecided');
  });
});

describe('a decision', () => {
  it('to refuse names a reason', () => {
    given(usualService, ...aCase.examined())
      .when(act('decideCase', '2026-03-09', { outcome: 'refused' }))
      .thenRefused('reasonMissing');
  });

  it('with conditions names them, and without has none', () => {
    given(usualService, ...aCase.examined())
      .when(act('decideCase', '2026-03-09', { outcome: 'grantedWithConditions' }))
      .thenRefused('conditionsMissing');
    given(usualService, ...aCase.examined())
      .when(act('decideCase', '2026-03-09', { outcome: 'granted', conditions: ['report yearly'] }))
      .thenRefused('conditionsNotExpected');
  });

  it('cannot grant while a paper is missing that an amendment made needed', () => {
    const usesGas: Expression = { op: 'fact', fact: 'laboratory.gas' };
    const service = aService({
      needs: [need('team.name'), need('team.headcount'), need('laboratory.gas', { optional: true })],
      evidence: [
        { type: 'floor-plan', when: null, debt: null },
        { type: 'insurance-slip', when: null, debt: limit() },
        { type: 'gas-plan', when: usesGas, debt: null },
      ],
    });
    const answers = { 'team.name': 'Reed', 'team.headcount': 6, 'laboratory.gas': false };
    const evidence = [paper('floor-plan'), paper('insurance-slip')];
    const amended = [
      act('openCase', '2026-03-02', { caseId: 'case-1', answers, evidence }),
      ...aCase.examined().slice(1),
      act('amendCase', '2026-03-06', { answers: { 'laboratory.gas': true } }),
    ];
    given(service, ...amended)
      .when(grant)
      .thenRefused('evidenceMissing');
    given(service, ...amended)
      .when(refusal)
      .thenEvents('caseDecided');
    given(service, ...amended, act('amendCase', '2026-03-09', { evidence: [paper('gas-plan')] }))
      .when(grant)
      .thenEvents('caseDecided');
  });

  it('cannot grant against a criterion, and says which clause and which fact', () => {
    const test: Expression = {
      op: 'compare',
      operator: '>=',
      left: { op: 'fact', fact: 'team.score' },
      right: { op: 'literal', value: 60 },
    };
    const service = aService({
      needs: [need('team.name'), need('team.headcount'), need('team.score', { optional: true })],
      criteria: [{ id: 'score', name: text('Score of 60 or more'), test, citation: clause('Art. 3.1') }],
    });
    given(service, ...aCase.examined())
      .when(grant)
      .thenRefused('criterionUnsettled', 'Art. 3.1');
    const score = (value: number): Act =>
      act('amendCase', '2026-03-06', { answers: { 'team.score': value } });
    given(service, ...aCase.examined(), score(59))
      .when(grant)
      .thenRefused('criterionNotMet', 'Art. 3.1');
    given(service, ...aCase.examined(), score(60))
      .when(grant)
      .thenEvents('caseDecided');
  });
});

describe('four eyes', () => {
  const service = aService({ fourEyes: clause('Art. 20') });
  const proposal = act('proposeDecision', '2026-03-09', { outcome: 'granted' });
  const approval = act('approveDecision', '2026-03-10', {}, people.secondOfficer);

  it('take a proposal by one officer and the approval of another', () => {
    given(service, ...aCase.examined())
      .when(grant)
      .thenRefused('fourEyesRequired', 'Art. 20');
    given(service, ...aCase.examined())
      .when(approval)
      .thenRefused('noProposal', 'Art. 20');
    given(service, ...aCase.examined(), proposal)
      .when({ ...approval, by: people.officer })
      .thenRefused('sameOfficer', 'Art. 20');
    const state = given(service, ...aCase.examined(), proposal)
      .when(approval)
      .thenEvents('caseDecided');
    expect(state).toMatchObject({ status: 'decided', decision: { outcome: 'granted', tacit: false } });
  });

  it('let the second officer return the proposal with a reason', () => {
    const returned = act(
      'returnProposal',
      '2026-03-10',
      { reason: 'look at the site again' },
      people.secondOfficer,
    );
    const state = given(service, ...aCase.examined(), proposal)
      .when(returned)
      .thenEvents('proposalReturned');
    expect(state).toMatchObject({ status: 'inExamination', proposal: null });
  });

  it('judge the proposal again as the case stands at the approval', () => {
    const test: Expression = {
      op: 'compare',
      operator: '>=',
      left: { op: 'fact', fact: 'team.headcount' },
      right: { op: 'literal', value: 5 },
    };
    const criterion = { id: 'size', name: text('Five people or more'), test, citation: clause('Art. 3.2') };
    const judged = aService({ fourEyes: clause('Art. 20'), criteria: [criterion] });
    const shrunk = act('amendCase', '2026-03-09', { answers: { 'team.headcount': 4 } });
    given(judged, ...aCase.examined(), proposal, shrunk)
      .when(approval)
      .thenRefused('criterionNotMet', 'Art. 3.2');
  });

  it('look at the case anew once evidence was asked for after the proposal', () => {
    const unfit = act('proposeDecision', '2026-03-09', {
      outcome: 'refused',
      reasons: ['the plan is unreadable'],
    });
    const asked = act('requestEvidence', '2026-03-09', { evidence: ['floor-plan'] });
    const supplied = act('supplyEvidence', '2026-03-10', { evidence: [paper('floor-plan', 2)] });
    given(service, ...aCase.examined(), unfit, asked, supplied)
      .when(approval)
      .thenRefused('noProposal', 'Art. 20');
  });

  it('are not asked for where the service does not ask', () => {
    given(usualService, ...aCase.examined())
      .when(proposal)
      .thenRefused('fourEyesNotRequired');
  });
});

describe('the authority’s silence', () => {
  const consenting = aService({ decisionLimit: limit({ tacit: 'granted' }) });

  it('grants by law after the last day of the limit, and the authority can no longer decide', () => {
    const examined = given(consenting, ...aCase.examined());
    examined.when(act('declareTacitEffect', '2026-03-17', {})).thenRefused('timeLimitRunning');
    examined.when({ ...refusal, on: '2026-03-17' }).thenEvents('caseDecided');
    examined.when({ ...refusal, on: '2026-03-18' }).thenRefused('timeLimitPassed', 'Art. 10');
    const state = examined.when(act('declareTacitEffect', '2026-03-18', {})).thenEvents('caseDecided');
    expect(state).toMatchObject({ decision: { outcome: 'granted', tacit: true } });
  });

  it('grants a case that was never accepted, where the time to decide runs from the filing', () => {
    const service = aService({
      acceptanceLimit: null,
      decisionLimit: limit({ tacit: 'granted', from: 'filing' }),
    });
    const filed = given(service, ...aCase.filed());
    expect(runningClocks(filed.state, contextOf(service, people.officer, '2026-03-03'))).toMatchObject([
      { of: 'decision', startedOn: '2026-03-02', dueOn: '2026-03-16' },
    ]);
    const state = filed
      .when(act('declareTacitEffect', '2026-03-17', {}))
      .thenEvents('caseAccepted', 'caseDecided');
    expect(state).toMatchObject({ status: 'decided', decision: { outcome: 'granted', tacit: true } });
  });

  it('cannot be undone by a special procedure that begins after it', () => {
    const service = aService({
      decisionLimit: limit({ tacit: 'granted' }),
      specialProcedures: [
        { id: 'hearing', name: text('Hearing'), by: 'board', citation: clause('Art. hearing') },
      ],
    });
    const suspended = act('suspendCase', '2026-03-17', { procedure: 'hearing' });
    given(service, ...aCase.examined())
      .when(suspended)
      .thenEvents('caseSuspended');
    given(service, ...aCase.examined())
      .when({ ...suspended, on: '2026-03-18' })
      .thenRefused('timeLimitPassed', 'Art. 10');
  });

  it('means nothing where the law does not say so', () => {
    given(usualService, ...aCase.examined())
      .when(act('declareTacitEffect', '2026-06-01', {}))
      .thenRefused('silenceHasNoEffect', 'Art. 10');
  });

  it('has no effect while the last day is only provisional', () => {
    const late = [
      act('openCase', '2026-12-18', { ...(aCase.draft()[0]?.command as object), caseId: 'c' } as never),
      act('fileCase', '2026-12-18', {}),
      act('acceptCase', '2026-12-21', {}),
    ];
    const { outcome } = given(consenting, ...late).when(act('declareTacitEffect', '2027-02-01', {}));
    expect(outcome).toMatchObject({ refusal: { code: 'timeLimitRunning', facts: { provisional: 'true' } } });
  });
});

describe('the decision limit', () => {
  const service = aService({
    decisionLimit: limit({ extension: { amount: 5, times: 1, citation: clause('Art. 42') } }),
    specialProcedures: [
      { id: 'expert-review', name: text('Expert review'), by: 'board', citation: clause('Art. 45') },
    ],
  });
  const dueOf = (...acts: readonly Act[]): string | undefined => {
    const { state } = given(service, ...acts);
    return runningClocks(state, contextOf(service, people.officer, '2026-03-16'))[0]?.dueOn;
  };

  it('counts from the day after acceptance', () => {
    expect(dueOf(...aCase.accepted())).toBe('2026-03-17');
  });

  it('leaves out a special procedure, both its end days included', () => {
    const suspended = [...aCase.accepted(), act('suspendCase', '2026-03-05', { procedure: 'expert-review' })];
    expect(dueOf(...suspended, act('resumeCase', '2026-03-11', {}))).toBe('2026-03-24');
    given(service, ...aCase.accepted())
      .when(act('suspendCase', '2026-03-05', { procedure: 'coffee' }))
      .thenRefused('procedureUnknown');
  });

  it('is extended as often as the clause allows and only while it runs', () => {
    const extended = act('extendLimit', '2026-03-16', { reason: 'complex' });
    expect(dueOf(...aCase.accepted(), extended)).toBe('2026-03-24');
    given(service, ...aCase.accepted(), extended)
      .when(extended)
      .thenRefused('extensionsUsedUp', 'Art. 42');
    given(service, ...aCase.accepted())
      .when({ ...extended, on: '2026-03-18' })
      .thenRefused('timeLimitPassed', 'Art. 42');
    given(usualService, ...aCase.accepted())
      .when(extended)
      .thenRefused('noExtension');
  });
});
