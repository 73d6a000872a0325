import { expect } from 'vitest';
import type { Store } from '../platform/database/store.ts';
import { elmera } from './case-orders.ts';
import { type Acknowledged, eventsOfFinishedCase } from './filing-load.ts';
import { expectRowsToEqualReplay } from './stored-cases.ts';

/** Every client got its answers in the end, so the store holds exactly what they were told: no less and no more. */
export async function reconcile(store: Store, { dossiers, cases }: Acknowledged): Promise<void> {
  const stored = await store.write(async (tx) => ({
    dossiers: await tx.selectFrom('dossiers').select('dossierId').execute(),
    cases: await tx.selectFrom('cases').select(['caseId', 'version', 'status']).execute(),
    events: await tx
      .selectFrom('caseEvents')
      .select(['caseId', 'version', 'type'])
      .orderBy('version')
      .execute(),
    audit: await tx
      .selectFrom('auditEvents')
      .select(['subjectId', 'action'])
      .where('outcome', '=', 'success')
      .where('action', 'like', 'case.%')
      .execute(),
  }));
  expect(dossiers.length).toBeGreaterThan(10);
  expect(stored.dossiers.map(({ dossierId }) => dossierId).sort()).toEqual(dossiers.toSorted());
  expect(new Map(stored.cases.map(({ caseId, version }) => [caseId, version]))).toEqual(cases);
  for (const { caseId, status } of stored.cases) {
    const events = stored.events.filter((event) => event.caseId === caseId);
    expect(events.map(({ type }) => type)).toEqual(eventsOfFinishedCase);
    expect(events.map(({ version }) => version)).toEqual(eventsOfFinishedCase.map((_, index) => index + 1));
    expect(status).toBe('decided');
  }
  expect(await expectRowsToEqualReplay(store, elmera(), 'north')).toBe(cases.size);
  const audited = stored.audit.map(({ subjectId, action }) => `${subjectId} ${action}`);
  expect(new Set(audited).size).toBe(audited.length);
}
