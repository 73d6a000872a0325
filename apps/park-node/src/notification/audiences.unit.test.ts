import { notificationKinds } from '@twinpark/contract/notification/notifications.ts';
import type { CaseEvent } from '@twinpark/kernel/case/events.ts';
import type { Actor } from '@twinpark/kernel/case/state.ts';
import { people } from '@twinpark/testkit/case-spec.ts';
import { describe, expect, test } from 'vitest';
import { tellingOf } from './audiences.ts';
import { recipientsOf } from './notices.ts';

function event(type: CaseEvent['type'], fields: object = {}, by: Actor = people.officer): CaseEvent {
  return { type, on: '2026-03-02', at: '2026-03-02T01:00:00Z', by, ...fields } as CaseEvent;
}

const decision = { outcome: 'granted', reasons: ['because of a person'], conditions: ['a secret one'] };
const row = {
  caseId: 'case-1',
  applicantId: 'reed',
  applicantPark: null,
  authority: 'authority',
  assignee: 'officer-1',
  filedOn: '2026-03-02',
} as const;

describe('who is told of an event', () => {
  test('nobody of its own act', () => {
    expect(tellingOf(event('caseDecided', { decision, tacit: false }))).toMatchObject({
      to: ['applicant', 'authority', 'desks'],
      notTo: 'authority',
    });
  });

  test('everybody of what silence did', () => {
    expect(tellingOf(event('caseDecided', { decision, tacit: true }, people.timer))).toMatchObject({
      notTo: null,
    });
  });

  test('colleagues alone of what goes on between two officers', () => {
    for (const type of ['decisionProposed', 'proposalReturned'] as const) {
      expect(tellingOf(event(type, { decision, reason: 'too soon' }))).toMatchObject({
        to: ['authority'],
        notTo: null,
      });
    }
  });

  test('nobody but the applicant before the case is filed', () => {
    const draft = { ...row, filedOn: null };
    expect(recipientsOf(draft, ['court'], ['applicant', 'authority', 'desks'])).toEqual(['reed']);
    expect(recipientsOf(row, ['court', 'authority'], ['authority', 'desks'])).toEqual(['authority', 'court']);
  });

  test('an applicant of the other park there and not here', () => {
    const foreign = { ...row, applicantPark: 'south' };
    expect(recipientsOf(foreign, ['court'], ['applicant', 'authority', 'desks'])).toEqual([
      'authority',
      'court',
    ]);
  });
});

test('what is told holds no word that somebody wrote', () => {
  const told = tellingOf(event('caseDecided', { decision, tacit: false }));
  expect(told?.facts).toEqual({ on: '2026-03-02', outcome: 'granted', tacit: false });
  expect(tellingOf(event('limitExtended', { reason: 'because of a person' }))?.facts).toEqual({
    on: '2026-03-02',
  });
});

test('every kind that an event has is told of, and an opening is not', () => {
  const ofEvents = notificationKinds.filter((kind) => !kind.startsWith('deadline') && kind !== 'actRefused');
  const facts = { decision, request: { dueOn: null } };
  for (const kind of ofEvents) {
    const type = kind as CaseEvent['type'];
    expect(tellingOf(event(type, facts))).toMatchObject({ kind });
  }
  expect(tellingOf(event('caseOpened'))).toBeNull();
});
