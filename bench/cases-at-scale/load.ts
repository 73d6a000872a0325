import type { Zone } from '@twinpark/pack/zone.ts';
import type { CaseCommander } from '@twinpark/park-node/case/case-commander.ts';
import type { CaseOrder } from '@twinpark/park-node/case/case-order.ts';
import { openingOrder, ordersToGrant } from '@twinpark/park-node/testing/case-orders.ts';
import type { TestClock } from '@twinpark/park-node/testing/test-clock.ts';
import type pg from 'pg';

const months = 10;
const casesAMonth = 30;

/** The day after the last month that is loaded: the day on which everything is measured. */
const today = '2026-11-02T09:00:00Z';
export const firstDay = '2026-01-05T09:00:00Z';

/**
 * Real cases, made by the kernel: of each month some that were opened, filed, accepted, examined, proposed and granted.
 * Everything that is loaded later is one of them under another id, number, applicant and authority.
 */
export async function makePrototypes(commander: CaseCommander, zone: Zone, clock: TestClock): Promise<void> {
  const submit = async (order: CaseOrder): Promise<void> => {
    const { kind } = await commander.submit(order);
    if (kind !== 'done') throw new Error(`An order was answered with ${kind}`);
  };
  for (let month = 0; month < months; month += 1) {
    for (let place = 0; place < casesAMonth; place += 1) {
      const opening = openingOrder(zone, clock);
      await submit(opening);
      // Each way of standing comes as often as any other, from a draft to a grant.
      for (const order of ordersToGrant(opening.caseId).slice(0, place % 6)) await submit(order);
      clock.advance({ hours: 20 });
    }
    clock.advance({ days: 5 });
  }
  clock.travelTo(today);
}

/** Brings the stored cases to a number by copying the prototypes in sets, each copy with everything that is its own. */
export async function loadCases(client: pg.Client, from: number, to: number): Promise<void> {
  for (const statement of prototypes) await client.query(statement);
  for (let start = from; start < to; start += chunk) {
    await client.query(copies, [start, Math.min(start + chunk, to) - 1]);
    for (const statement of tables) await client.query(statement);
    await client.query('drop table copies');
  }
  await client.query('vacuum (analyze)');
  await client.query('checkpoint');
}

const chunk = 50_000;

// As they were when they were made: what is measured goes on with the stored ones.
const prototypes = [
  `create table if not exists prototypes as
    select (row_number() over (order by case_id) - 1)::integer as place, * from cases`,
  ...['case_events', 'deadlines', 'case_evidence'].map(
    (table) => `create table if not exists prototype_${table} as select * from ${table}`,
  ),
];

// One case in ten lies with the office under measurement; the others with nineteen more, of five services each.
const copies = `create unlogged table copies as
  select p.case_id as of, 'NORTH-2026-' || (5000000 + i) as case_number,
    (left(p.case_id::text, 14) || '7' || substr(hash, 1, 3) || '-b' || substr(hash, 4, 3) || '-' || substr(hash, 7, 12))::uuid as case_id,
    ('00000000-0000-7000-8000-' || lpad(to_hex(1 + i % 50000), 12, '0'))::uuid as applicant_id,
    case when i % 10 = 0 then p.authority else 'office-' || i % 19 end as authority,
    case when i % 10 = 0 then p.service else 'service-' || i % 5 end as service
  from generate_series($1::integer, $2::integer) as i
  cross join lateral md5(i::text) as hash
  join prototypes p on p.place = i / 7 % (select count(*) from prototypes)`;

const tables = [
  `insert into cases (
      case_id, case_number, applicant_id, applicant_name, service, definition_hash, authority, language, status,
      outcome, waiting_for, due_on, due_provisional, applicant_due_on, opened_on, filed_on, decided_on, version, state,
      search, changed_at)
    select k.case_id, k.case_number, k.applicant_id, p.applicant_name, k.service, p.definition_hash, k.authority,
      p.language, p.status, p.outcome, p.waiting_for, p.due_on, p.due_provisional, p.applicant_due_on, p.opened_on,
      p.filed_on, p.decided_on, p.version, p.state || jsonb_build_object('caseId', k.case_id, 'applicant', k.applicant_id),
      ts_delete(p.search, array['@' || p.authority, '#' || p.service])
        || array_to_tsvector(array['@' || k.authority, '#' || k.service, right(k.case_number, 7)]),
      p.changed_at
    from copies k join prototypes p on p.case_id = k.of`,
  `insert into case_events (case_id, version, type, occurred_on, occurred_at, internal, event)
    select k.case_id, e.version, e.type, e.occurred_on, e.occurred_at, e.internal,
      case when e.type = 'caseOpened'
        then e.event || jsonb_build_object('caseId', k.case_id, 'applicant', k.applicant_id) else e.event end
    from copies k join prototype_case_events e on e.case_id = k.of`,
  `insert into deadlines (
      case_id, clock, subject, applicant_id, authority, desk, owner, due_on, provisional, stopped, ring, ring_on)
    select k.case_id, d.clock, d.subject, k.applicant_id, k.authority, k.authority, d.owner, d.due_on, d.provisional,
      d.stopped, d.ring, d.ring_on
    from copies k join prototype_deadlines d on d.case_id = k.of`,
  `insert into case_evidence (case_id, type, sha256, name, given_on)
    select k.case_id, e.type, e.sha256, e.name, e.given_on from copies k join prototype_case_evidence e on e.case_id = k.of`,
];
