import {
  countDeadlines as countDeadlinesEndpoint,
  listDeadlines,
} from '@twinpark/contract/deadline/list-deadlines.ts';
import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import type { Zone } from '@twinpark/pack/zone.ts';
import { nameEvidence, namePart } from '../case/present-case-fields.ts';
import { caseReaderOf } from '../case/reader-view.ts';
import { readableDate } from '../platform/database/sql.ts';
import type { App } from '../platform/http/app.ts';
import { cursorAt, readPlace } from '../platform/http/cursor.ts';
import { problem } from '../platform/http/problem.ts';
import { route } from '../platform/http/route.ts';
import type { Services } from '../services.ts';
import {
  countDeadlines,
  type DeadlineDay,
  type DeadlineRow,
  listDeadlinesOn,
} from './queries/list-deadlines.ts';

/** The calendar of running limits: for an applicant those of its cases, for an authority those on its desk. */
export function registerDeadlineRoutes(app: App, { store, zone, definitions }: Services): void {
  route(app, countDeadlinesEndpoint, async ({ query, caller }) => {
    const reader = caseReaderOf(caller);
    const from = Temporal.PlainDate.from(query.from);
    const to = readableDate(from.add({ days: query.days - 1 }));
    const rows = await store.read(reader, (tx) => countDeadlines(tx, reader, readableDate(from), to));
    return { days: [...Map.groupBy(rows, ({ date }) => date)].map(([date, of]) => countsOf(date, of)) };
  });

  route(app, listDeadlines, async ({ params, query, caller }) => {
    const reader = caseReaderOf(caller);
    const list = `deadlines ${reader.organization} ${params.date}`;
    const place = query.cursor === undefined ? null : readPlace(list, query.cursor, ['id', 'text', 'text']);
    if (query.cursor !== undefined && place === null) return problem('cursorInvalid');
    const after = place && { caseId: place[0], clock: place[1], subject: place[2] };
    return await store.read(reader, async (tx) => {
      const date = readableDate(Temporal.PlainDate.from(params.date));
      const rows = await listDeadlinesOn(tx, reader, date, after, query.limit + 1);
      const page = rows.slice(0, query.limit);
      await definitions.load(
        tx,
        page.map(({ definitionHash }) => definitionHash),
      );
      const last = rows.length > query.limit ? page.at(-1) : undefined;
      return {
        items: page.map((row) => presentDeadline(zone, row, definitions.service(row.definitionHash))),
        nextCursor: last ? cursorAt(list, [last.caseId, last.clock, last.subject]) : null,
      };
    });
  });
}

function countsOf(date: string, rows: readonly DeadlineDay[]) {
  const numberOf = (owner: DeadlineDay['owner']) => rows.find((row) => row.owner === owner)?.number ?? 0;
  return { date, applicant: numberOf('applicant'), authority: numberOf('authority') };
}

function presentDeadline(zone: Zone, row: DeadlineRow, service: ServiceDefinition) {
  const { caseId, caseNumber, applicantName, clock, subject, owner, provisional } = row;
  return {
    ...{ caseId, caseNumber, applicantName, clock, owner, provisional },
    service: { id: service.id, name: service.name },
    subject: subjectOf(zone, row, subject, service),
  };
}

function subjectOf(zone: Zone, { clock }: DeadlineRow, subject: string, service: ServiceDefinition) {
  if (subject === '') return null;
  return clock === 'step' ? namePart(service, 'steps', subject) : nameEvidence(zone, subject);
}
