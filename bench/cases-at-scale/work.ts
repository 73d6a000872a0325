import { listCases as listCasesEndpoint } from '@twinpark/contract/case/list-cases.ts';
import { calendarsOf, getPark, type Zone } from '@twinpark/pack/zone.ts';
import type { CaseCommander } from '@twinpark/park-node/case/case-commander.ts';
import { listCases } from '@twinpark/park-node/case/list-cases.ts';
import { findCase, findCaseRows } from '@twinpark/park-node/case/queries/find-cases.ts';
import { listEventsBefore } from '@twinpark/park-node/case/queries/list-events.ts';
import type { Clock } from '@twinpark/park-node/platform/clock.ts';
import type { Reader, Store } from '@twinpark/park-node/platform/database/store.ts';
import { officer, openingOrder, orderOf } from '@twinpark/park-node/testing/case-orders.ts';
import type pg from 'pg';

/** Something a user of a node does. */
export interface Work {
  readonly name: string;
  /** How often of a hundred times. */
  readonly share: number;
  run(): Promise<void>;
}

const reader: Reader = { kind: 'authority', organization: 'north-office', person: 'officer-1' };

/** What officers and applicants do all day, through the queries and the commander of the node itself. */
export async function dailyWork(
  store: Store,
  commander: CaseCommander,
  zone: Zone,
  clock: Clock,
  client: pg.Client,
): Promise<readonly Work[]> {
  const services = { zone, park: getPark(zone, 'north'), clock, calendarFor: calendarsOf(zone) };
  const known = await idsOf(client, `status <> 'draft'`);
  const filed = await idsOf(client, `status = 'filed'`);
  const numbers = await numbersOf(client);
  const list = async (query: Readonly<Record<string, unknown>>): Promise<void> => {
    const parsed = listCasesEndpoint.query.parse(query);
    const rows = await store.read(reader, async (tx) => {
      const page = await listCases(tx, reader, parsed, services);
      return await findCaseRows(tx, page?.caseIds ?? []);
    });
    if (rows.length === 0) throw new Error('The list is empty');
  };
  const submit = async (order: Parameters<typeof commander.submit>[0]): Promise<void> => {
    const idempotency = { scope: 'bench', key: crypto.randomUUID(), requestHash: 'bench' };
    const { kind } = await commander.submit({ ...order, idempotency });
    if (kind !== 'done') throw new Error(`An order was answered with ${kind}`);
  };
  return [
    {
      name: 'list, by due day',
      share: 25,
      run: () => list({ status: ['inExamination', 'filed'], sort: 'due' }),
    },
    { name: 'list, newest changes', share: 15, run: () => list({ sort: '-changed' }) },
    { name: 'search, a case number', share: 10, run: () => list({ q: anyOf(numbers) }) },
    {
      name: 'open, with timeline',
      share: 30,
      run: async () => {
        const caseId = anyOf(known);
        const found = await store.read(reader, async (tx) => ({
          stored: await findCase(tx, caseId),
          events: await listEventsBefore(tx, caseId, null, 51),
        }));
        if (!found.stored || found.events.length === 0) throw new Error('A case was not found');
      },
    },
    {
      name: 'file',
      share: 10,
      run: async () => {
        const order = openingOrder(zone, clock);
        await submit({ ...order, commands: [...order.commands, { type: 'fileCase' }] });
        filed.push(order.caseId);
      },
    },
    {
      name: 'accept',
      share: 10,
      run: async () => {
        const caseId = filed.shift();
        if (caseId === undefined) return;
        await submit(orderOf(caseId, officer(), [{ type: 'acceptCase' }]));
      },
    },
  ];
}

/** The least that any look-up costs: one row by its key, over a pool, without a transaction of its own. */
export async function bareLookUp(pool: pg.Pool, client: pg.Client): Promise<Work> {
  const known = await idsOf(client, 'true');
  return {
    name: 'bare select by primary key',
    share: 100,
    run: async () => {
      const { rowCount } = await pool.query('select case_number from cases where case_id = $1', [
        anyOf(known),
      ]);
      if (rowCount !== 1) throw new Error('A row was not found');
    },
  };
}

async function idsOf(client: pg.Client, condition: string): Promise<string[]> {
  const { rows } = await client.query<{ case_id: string }>(
    `select case_id from cases where authority = 'north-office' and service = 'north-laboratory-permit'
      and ${condition} order by md5(case_id::text) limit 20000`,
  );
  return rows.map((row) => row.case_id);
}

async function numbersOf(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ case_number: string }>(
    `select case_number from cases where authority = 'north-office' and status <> 'draft'
      order by md5(case_id::text) limit 5000`,
  );
  return rows.map((row) => row.case_number);
}

function anyOf(ids: readonly string[]): string {
  const id = ids[Math.floor(Math.random() * ids.length)];
  if (id === undefined) throw new Error('There is no case');
  return id;
}
