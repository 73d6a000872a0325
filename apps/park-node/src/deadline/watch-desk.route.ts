import { watchDesk } from '@twinpark/contract/deadline/watch-desk.ts';
import type { CaseStatus } from '@twinpark/kernel/vocabulary.ts';
import { dueRange } from '../case/due-range.ts';
import { listCaseDesks } from '../case/queries/list-case-desks.ts';
import { caseReaderOf, personFor, readerView } from '../case/reader-view.ts';
import { dateIn } from '../platform/clock.ts';
import type { App } from '../platform/http/app.ts';
import { route } from '../platform/http/route.ts';
import type { Services } from '../services.ts';
import { countDecisions, countOpenCases, type OpenCases } from './queries/watch-desk.ts';

/** Not served yet: what an authority still has to do something about, or waits for. */
const openStatuses: readonly CaseStatus[] = [
  'filed',
  'awaitingEvidence',
  'inExamination',
  'suspended',
  'decided',
  'underRemedy',
];

/** How an authority stands, for who answers for it. */
export function registerDeskRoutes(app: App, { store, clock, park, calendarFor }: Services): void {
  route(app, watchDesk, async ({ caller, language }) => {
    const reader = caseReaderOf(caller);
    const authority = reader.organization;
    const today = dateIn(park.timeZone, clock.now());
    const atRiskTo = dueRange('inThreeWorkingDays', today, calendarFor([park.calendar])).to ?? today;
    const month = Temporal.PlainDate.from(today).with({ day: 1 }).toString();
    return await store.read(reader, async (tx) => {
      const desks = await listCaseDesks(tx, authority);
      const services = desks.filter(({ kind }) => kind === 'authority').map(({ service }) => service);
      const open = await countOpenCases(tx, authority, services, openStatuses, { today, atRiskTo });
      const { decided, medianDays } = await countDecisions(tx, authority, month);
      const view = await readerView(tx, reader, caller, language);
      const byOfficer = Map.groupBy(open, ({ assignee }) => assignee);
      const people = new Set([
        ...view.colleagues.keys(),
        ...[...byOfficer.keys()].filter((id) => id !== null),
      ]);
      return {
        today,
        ...sumOf(open),
        byStatus: openStatuses.map((status) => ({
          status,
          cases: sumOf(open.filter((row) => row.status === status)).open,
        })),
        unassigned: sumOf(byOfficer.get(null) ?? []),
        officers: [...people].flatMap((person) => {
          const officer = personFor(view, person, authority);
          return officer ? [{ officer, ...sumOf(byOfficer.get(person) ?? []) }] : [];
        }),
        month: { from: month, decided, medianDaysToDecide: medianDays },
      };
    });
  });
}

function sumOf(rows: readonly OpenCases[]): Pick<OpenCases, 'open' | 'overdue' | 'atRisk'> {
  const sum = (field: 'open' | 'overdue' | 'atRisk') => rows.reduce((total, row) => total + row[field], 0);
  return { open: sum('open'), overdue: sum('overdue'), atRisk: sum('atRisk') };
}
