import { aCase, act, given, paper, people, usualService } from '@twinpark/testkit/case-spec.ts';
import { aService, need } from '@twinpark/testkit/service.ts';
import { describe, expect, it } from 'vitest';
import type { Expression } from '../policy/expression.ts';

const hasStaff: Expression = {
  op: 'compare',
  operator: '>',
  left: { op: 'fact', fact: 'team.headcount' },
  right: { op: 'literal', value: 0 },
};

describe('filing', () => {
  it('pins the definition it was drafted under', () => {
    const state = given(usualService, ...aCase.draft())
      .when(act('fileCase', '2026-03-02', {}))
      .thenEvents('caseFiled');
    expect(state).toMatchObject({
      status: 'filed',
      filedOn: '2026-03-02',
      definition: { service: 'laboratory-permit', hash: 'hash-1' },
    });
  });

  it('is refused under another definition than the one it was drafted under', () => {
    given(usualService, ...aCase.draft())
      .whenUnder(aService({ hash: 'hash-2' }), act('fileCase', '2026-03-02', {}))
      .thenRefused('definitionNotPinned');
  });

  it('waits for every fact the service needs and names those that are missing', () => {
    const { outcome } = given(
      usualService,
      act('openCase', '2026-03-02', { caseId: 'c', answers: { 'team.name': 'Reed' } }),
    ).when(act('fileCase', '2026-03-02', {}));
    expect(outcome).toMatchObject({
      refusal: { code: 'factsMissing', facts: { facts: ['team.headcount'] } },
    });
  });

  it('takes an answer that was emptied for one that is missing', () => {
    const emptied = { 'team.name': null as never, 'team.headcount': 6 };
    const evidence = [paper('floor-plan')];
    given(usualService, act('openCase', '2026-03-02', { caseId: 'c', answers: emptied, evidence }))
      .when(act('fileCase', '2026-03-02', {}))
      .thenRefused('factsMissing');
    const asked = act('requestEvidence', '2026-03-05', { facts: ['team.name'] });
    const state = given(usualService, ...aCase.accepted(), asked)
      .when(act('supplyEvidence', '2026-03-06', { answers: { 'team.name': null as never } }))
      .thenEvents('evidenceSupplied');
    expect(state.status).toBe('awaitingEvidence');
  });

  it('asks for a fact whose condition cannot be settled yet, and not for one whose condition is not met', () => {
    const service = aService({
      needs: [need('team.headcount', { optional: true }), need('team.insurer', { when: hasStaff })],
      evidence: [],
    });
    given(service, act('openCase', '2026-03-02', { caseId: 'c' }))
      .when(act('fileCase', '2026-03-02', {}))
      .thenRefused('factsMissing');
    given(service, act('openCase', '2026-03-02', { caseId: 'c', answers: { 'team.headcount': 0 } }))
      .when(act('fileCase', '2026-03-02', {}))
      .thenEvents('caseFiled');
  });

  it('waits for papers, but not for one that may follow after acceptance', () => {
    const answers = { 'team.name': 'Reed', 'team.headcount': 6 };
    const { outcome } = given(usualService, act('openCase', '2026-03-02', { caseId: 'c', answers })).when(
      act('fileCase', '2026-03-02', {}),
    );
    expect(outcome).toMatchObject({
      refusal: { code: 'evidenceMissing', facts: { evidence: ['floor-plan'] } },
    });
    given(usualService, ...aCase.draftWithoutSlip())
      .when(act('fileCase', '2026-03-02', {}))
      .thenEvents('caseFiled');
  });

  it('is refused before the service is in force and after it has ended', () => {
    const service = aService({ effective: { from: '2026-03-02', to: '2026-03-31' } });
    const early = act('openCase', '2026-03-01', { caseId: 'c' });
    given(service).when(early).thenRefused('serviceNotInForce', 'Art. 1');
    given(service, ...aCase.draft())
      .when(act('fileCase', '2026-03-31', {}))
      .thenEvents('caseFiled');
    given(service, ...aCase.draft())
      .when(act('fileCase', '2026-04-01', {}))
      .thenRefused('serviceNotInForce');
  });

  it('takes no field and no paper that the service does not declare', () => {
    given(usualService)
      .when(act('openCase', '2026-03-02', { caseId: 'c', answers: { 'founder.religion': 'none' } }))
      .thenRefused('fieldNotDeclared');
    given(usualService, ...aCase.draft())
      .when(act('amendCase', '2026-03-02', { evidence: [paper('passport')] }))
      .thenRefused('fieldNotDeclared');
  });
});

describe('the applicant', () => {
  it('may amend until the decision, and the newest value stands', () => {
    const state = given(usualService, ...aCase.accepted())
      .when(act('amendCase', '2026-03-05', { answers: { 'team.headcount': 9 } }))
      .thenEvents('caseAmended');
    expect(state).toMatchObject({ answers: { 'team.name': 'Reed', 'team.headcount': 9 } });
    given(usualService, ...aCase.granted())
      .when(act('amendCase', '2026-03-10', { answers: { 'team.headcount': 9 } }))
      .thenRefused('actionNotInStatus');
  });

  it('may withdraw until the decision, after which nobody can act on the case', () => {
    const withdrawn = [...aCase.awaitingEvidence(), act('withdrawCase', '2026-03-09', {})];
    const { state } = given(usualService, ...withdrawn);
    expect(state.status).toBe('withdrawn');
    expect(state).not.toHaveProperty('request');
    given(usualService, ...withdrawn)
      .when(act('acceptCase', '2026-03-10', {}))
      .thenRefused('actionNotInStatus');
    given(usualService, ...aCase.granted())
      .when(act('withdrawCase', '2026-03-10', {}))
      .thenRefused('actionNotInStatus');
  });

  it('acts only on own cases', () => {
    const stranger = { ...people.applicant, organization: 'another-firm' };
    given(usualService, ...aCase.draft())
      .when(act('fileCase', '2026-03-02', {}, stranger))
      .thenRefused('notYourCase');
  });
});

describe('an officer', () => {
  it('acts only on the cases of the own authority', () => {
    given(usualService, ...aCase.filed())
      .when(act('acceptCase', '2026-03-03', {}, people.strangeOfficer))
      .thenRefused('notYourDesk');
  });

  it('cannot do what belongs to the applicant', () => {
    given(usualService, ...aCase.filed())
      .when(act('withdrawCase', '2026-03-03', {}, people.officer))
      .thenRefused('roleMayNot');
  });
});

it('an act dated before the newest event is refused', () => {
  given(usualService, ...aCase.accepted())
    .when(act('completeStep', '2026-03-02', { step: 'examination', result: 'passed' }))
    .thenRefused('dateBeforeLastEvent');
});
