import type { CaseEvent } from '@twinpark/kernel/case/events.ts';
import { calendarsOf, getPark, type Zone } from '@twinpark/pack/zone.ts';
import { expect } from 'vitest';
import { Definitions } from '../case/definitions.ts';
import { replayProjection } from '../case/replay-projection.ts';
import type { Store } from '../platform/database/store.ts';

/** Holds every stored case, its limits and its filing to a fresh replay of its events. Returns how many cases there are. */
export async function expectRowsToEqualReplay(store: Store, zone: Zone, park: string): Promise<number> {
  const definitions = new Definitions(zone);
  const calendars = { calendarFor: calendarsOf(zone), parkCalendar: getPark(zone, park).calendar };
  return await store.write(async (tx) => {
    const cases = await tx.selectFrom('cases').selectAll().orderBy('caseId').execute();
    const events = await tx.selectFrom('caseEvents').selectAll().orderBy('version').execute();
    const deadlines = await tx.selectFrom('deadlines').selectAll().execute();
    const filings = await tx.selectFrom('dossierFilings').selectAll().execute();
    await definitions.load(
      tx,
      cases.map(({ definitionHash }) => definitionHash),
    );
    expect(new Set(events.map(({ caseId }) => caseId))).toEqual(new Set(cases.map(({ caseId }) => caseId)));
    for (const row of cases) {
      const own = events.filter(({ caseId }) => caseId === row.caseId);
      const history = own.map(({ event }) => event as CaseEvent);
      const expected = replayProjection(history, row, definitions.service(row.definitionHash), calendars);
      expect(own.map(({ version }) => version)).toEqual(history.map((_, index) => index + 1));
      expect(row).toMatchObject({ ...expected.projection, version: expected.version });
      expect(row.state).toEqual(expected.state);
      const limits = deadlines
        .filter(({ caseId }) => caseId === row.caseId)
        .map(({ ring: _ring, ringOn: _ringOn, rungAt: _rungAt, ...deadline }) => deadline);
      expect(sorted(limits)).toEqual(sorted(expected.deadlines));
      const filing = filings.find(({ caseId }) => caseId === row.caseId);
      expect(filing !== undefined).toBe(row.dossierId !== null && row.applicantPark === null);
      if (filing) {
        const { answers, evidence, status } = expected.state;
        expect(filing).toMatchObject({ answers, evidence, status, outcome: expected.projection.outcome });
      }
    }
    return cases.length;
  });
}

function sorted<Limit extends { readonly clock: string; readonly subject: string }>(
  limits: readonly Limit[],
): readonly Limit[] {
  return limits.toSorted((a, b) => `${a.clock} ${a.subject}`.localeCompare(`${b.clock} ${b.subject}`));
}
