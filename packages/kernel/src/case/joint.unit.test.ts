import { type Act, aCase, act, contextOf, given, people } from '@twinpark/testkit/case-spec.ts';
import { aService, jointStep, text } from '@twinpark/testkit/service.ts';
import { describe, expect, it } from 'vitest';
import type { JointAnswer, JointConsequence } from '../vocabulary.ts';
import { availableActions } from './decide.ts';
import { combine } from './joint.ts';

const reviewed = aService({ steps: [jointStep('review')] });

function own(answer: JointAnswer, conditions: readonly string[] = []): Act {
  return act('contribute', '2026-03-05', { step: 'review', answer, conditions });
}

function other(answer: JointAnswer, conditions: readonly string[] = []): Act {
  return act('recordContribution', '2026-03-06', { step: 'review', answer, conditions });
}

describe('a case with a joint step that a remedy reopens', () => {
  const reopened = [
    ...aCase.accepted(),
    own('yes'),
    other('no'),
    act('decideCase', '2026-03-09', { outcome: 'granted' }),
    act('serveOutput', '2026-03-10', { receiptNumber: 'R-1' }),
    act('lodgeRemedy', '2026-03-20', { remedy: 'appeal' }),
    act('decideRemedy', '2026-04-01', { result: 'remitted' }),
  ];

  it('asks its own side again and keeps what the other side said', () => {
    given(reviewed, ...reopened)
      .when({ ...own('yes'), on: '2026-04-02' })
      .thenEvents('contributionRecorded', 'jointOutcomeReached');
  });

  it('hears the other side anew where it has something new to say', () => {
    const state = given(reviewed, ...reopened, { ...other('yes'), on: '2026-04-02' })
      .when({ ...own('yes'), on: '2026-04-03' })
      .thenEvents('contributionRecorded', 'jointOutcomeReached');
    expect(state).toMatchObject({ joint: { review: { consequence: 'adopt' } } });
    given(reviewed, ...reopened, { ...other('yes'), on: '2026-04-02' })
      .when({ ...other('no'), on: '2026-04-03' })
      .thenRefused('alreadyContributed');
  });
});

describe('what the other side said and its node did not report', () => {
  const byHand = (answer: JointAnswer, fields: object = {}): Act => ({
    ...act('recordContribution', '2026-03-06', { step: 'review', answer, reason: 'Letter 12', ...fields }),
    by: people.officer,
  });

  it('is written down by an officer of the deciding authority, with the reason', () => {
    const state = given(reviewed, ...aCase.accepted(), own('yes'))
      .when(byHand('no'))
      .thenEvents('contributionRecorded', 'jointOutcomeReached');
    expect(state).toMatchObject({
      joint: { review: { other: { answer: 'no', reason: 'Letter 12' }, consequence: 'ownPartOnly' } },
    });
    expect(state).not.toHaveProperty('joint.review.own.reason');
  });

  it('needs a reason, a joint step and the fitting conditions', () => {
    const accepted = given(reviewed, ...aCase.accepted());
    accepted.when(byHand('no', { reason: '' })).thenRefused('reasonMissing');
    accepted.when(byHand('no', { reason: undefined })).thenRefused('reasonMissing');
    accepted.when(byHand('no', { step: 'nothing' })).thenRefused('stepUnknown');
    accepted.when(byHand('conditionalYes')).thenRefused('conditionsMissing');
    given(aService(), ...aCase.accepted())
      .when(byHand('no'))
      .thenRefused('stepNotOpen');
  });

  it('is for the deciding authority alone', () => {
    const stranger = { ...people.officer, organization: 'somebody-else' };
    given(reviewed, ...aCase.accepted())
      .when({ ...byHand('no'), by: stranger })
      .thenRefused('notYourDesk');
  });

  it('is said once, by whichever way it comes first', () => {
    given(reviewed, ...aCase.accepted(), other('yes'))
      .when(byHand('no'))
      .thenRefused('alreadyContributed');
    given(reviewed, ...aCase.accepted(), byHand('no'))
      .when(other('no'))
      .thenRefused('alreadyContributed');
  });

  it('keeps no reason that comes with the report of its node', () => {
    const state = given(reviewed, ...aCase.accepted())
      .when(
        act('recordContribution', '2026-03-06', { step: 'review', answer: 'yes', reason: 'none of ours' }),
      )
      .thenEvents('contributionRecorded');
    expect(state).not.toHaveProperty('joint.review.other.reason');
  });
});

describe('a joint step', () => {
  it.each([
    ['yes', 'yes', 'adopt', 'passed', []],
    ['yes', 'no', 'ownPartOnly', 'passed', []],
    ['no', 'yes', 'refuse', 'failed', []],
    ['no', 'no', 'refuse', 'failed', []],
    ['conditionalYes', 'yes', 'adoptWithConditions', 'passed', ['own condition']],
    ['yes', 'conditionalYes', 'adoptWithConditions', 'passed', ['other condition']],
    [
      'conditionalYes',
      'conditionalYes',
      'adoptWithConditions',
      'passed',
      ['own condition', 'other condition'],
    ],
    ['conditionalYes', 'no', 'ownPartOnly', 'passed', ['own condition']],
    ['no', 'conditionalYes', 'refuse', 'failed', []],
  ] as const)(
    'with own %s and other %s has the consequence %s',
    (mine, theirs, consequence, result, conditions) => {
      const state = given(
        reviewed,
        ...aCase.accepted(),
        own(mine, mine === 'conditionalYes' ? ['own condition'] : []),
      )
        .when(other(theirs, theirs === 'conditionalYes' ? ['other condition'] : []))
        .thenEvents('contributionRecorded', 'jointOutcomeReached');
      expect(state).toMatchObject({
        joint: { review: { consequence } },
        steps: { review: { result, conditions } },
      });
    },
  );

  it('comes to the same outcome whichever side speaks first', () => {
    const first = given(reviewed, ...aCase.accepted(), own('yes'), {
      ...other('no'),
      on: '2026-03-05',
    }).state;
    const second = given(
      reviewed,
      ...aCase.accepted(),
      { ...other('no'), on: '2026-03-05' },
      own('yes'),
    ).state;
    expect(second).toEqual(first);
  });

  it('hears the other side before this case is accepted, and waits for its own', () => {
    const filed = given(reviewed, ...aCase.filed());
    const state = filed.when({ ...other('yes'), on: '2026-03-02' }).thenEvents('contributionRecorded');
    expect(state).toMatchObject({
      status: 'filed',
      joint: { review: { own: null, other: { answer: 'yes' } } },
    });
    given(
      reviewed,
      ...aCase.filed(),
      { ...other('yes'), on: '2026-03-02' },
      act('acceptCase', '2026-03-03', {}),
    )
      .when(own('yes'))
      .thenEvents('contributionRecorded', 'jointOutcomeReached');
  });

  it('hears the other side while the own clock stands', () => {
    const state = given(
      reviewed,
      ...aCase.accepted(),
      own('yes'),
      act('requestEvidence', '2026-03-05', { facts: ['team.name'] }),
    )
      .when(other('yes'))
      .thenEvents('contributionRecorded', 'jointOutcomeReached');
    expect(state).toMatchObject({ status: 'awaitingEvidence', steps: { review: { result: 'passed' } } });
  });

  it('may send both sides back to the table, where the old answers no longer count', () => {
    const again = { consequence: 'deliberateAgain' as JointConsequence, explanation: text('once more') };
    const outcomes = { ...jointStep('review').joint?.outcomes, yesNo: again };
    const service = aService({ steps: [jointStep('review', { outcomes: outcomes as never })] });
    const state = given(service, ...aCase.accepted(), own('yes'))
      .when(other('no'))
      .thenEvents('contributionRecorded', 'jointOutcomeReached');
    expect(state).toMatchObject({ joint: { review: { round: 2, own: null, other: null } } });
    expect(state).toHaveProperty('steps', {});
    given(service, ...aCase.accepted(), own('yes'), other('no'), { ...own('yes'), on: '2026-03-09' })
      .when({ ...other('yes'), on: '2026-03-09' })
      .thenEvents('contributionRecorded', 'jointOutcomeReached');
  });

  it('takes one answer a side, with conditions exactly where the yes is conditional', () => {
    given(reviewed, ...aCase.accepted(), own('yes'))
      .when(own('no'))
      .thenRefused('alreadyContributed');
    given(reviewed, ...aCase.accepted())
      .when(own('conditionalYes'))
      .thenRefused('conditionsMissing', 'Art. step review');
    given(reviewed, ...aCase.accepted())
      .when(own('yes', ['more']))
      .thenRefused('conditionsNotExpected');
  });

  it('is not completed like an own step, nor an own step by contributions', () => {
    given(reviewed, ...aCase.accepted())
      .when(act('completeStep', '2026-03-05', { step: 'review', result: 'passed' }))
      .thenRefused('stepNotOpen');
    given(aService(), ...aCase.accepted())
      .when(act('contribute', '2026-03-05', { step: 'examination', answer: 'yes' }))
      .thenRefused('stepNotOpen');
  });

  it('hears only the authority that its definition names', () => {
    const stranger = { ...people.peer, organization: 'third-authority' };
    given(reviewed, ...aCase.accepted(), own('yes'))
      .when({ ...other('yes'), by: stranger })
      .thenRefused('notYourDesk');
  });
});

it('each of two panels hears its own other side', () => {
  const second = jointStep('ethics', { id: 'ethics-panel', otherAuthority: 'ethics-board' });
  const service = aService({ steps: [jointStep('review'), second] });
  given(service, ...aCase.accepted())
    .when(act('recordContribution', '2026-03-06', { step: 'ethics', answer: 'yes' }))
    .thenRefused('notYourDesk', 'Art. step ethics');
});

it('an answer is open only in a step of the own desk that has none yet, and the refusal says which has', () => {
  const elsewhere = { ...jointStep('ethics', { id: 'ethics-panel' }), by: 'another-authority' };
  const service = aService({ steps: [jointStep('review'), elsewhere] });
  const { state } = given(service, ...aCase.accepted(), own('yes'));
  const listed = availableActions(state, contextOf(service, people.officer, '2026-03-06'));
  expect(listed).toContainEqual({
    action: 'contribute',
    refusal: expect.objectContaining({
      code: 'alreadyContributed',
      facts: { step: 'review', side: 'own', answer: 'yes' },
    }),
  });
  const { outcome } = given(reviewed, ...aCase.accepted(), other('no')).when(other('yes'));
  expect(outcome).toMatchObject({
    refusal: { code: 'alreadyContributed', facts: { step: 'review', side: 'other', answer: 'no' } },
  });
});

it('conditions of the other side do not bind a side that goes on alone', () => {
  const alone = { consequence: 'ownPartOnly' as JointConsequence, explanation: text('alone') };
  const outcomes = { ...jointStep('review').joint?.outcomes, conditionalYes: alone };
  const service = aService({ steps: [jointStep('review', { outcomes: outcomes as never })] });
  const state = given(service, ...aCase.accepted(), own('conditionalYes', ['own condition']))
    .when(other('conditionalYes', ['other condition']))
    .thenEvents('contributionRecorded', 'jointOutcomeReached');
  expect(state).toMatchObject({ steps: { review: { conditions: ['own condition'] } } });
});

it('a conditional yes against a no is read as a yes', () => {
  expect(combine('conditionalYes', 'no')).toBe('yesNo');
  expect(combine('no', 'conditionalYes')).toBe('noYes');
});

it('conditions of a joint step bind the decision', () => {
  const conditional = [...aCase.accepted(), own('yes'), other('conditionalYes', ['report yearly'])];
  given(reviewed, ...conditional)
    .when(act('decideCase', '2026-03-09', { outcome: 'granted' }))
    .thenRefused('conditionsBind');
  given(reviewed, ...conditional)
    .when(
      act('decideCase', '2026-03-09', { outcome: 'grantedWithConditions', conditions: ['report yearly'] }),
    )
    .thenEvents('caseDecided');
});
