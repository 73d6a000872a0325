import { randomBytes } from 'node:crypto';
import { parseSignedCheckpoint } from '@twinpark/transparency/checkpoint.ts';
import { commitmentOf } from '@twinpark/transparency/commitment.ts';
import { emptyRoot, leafHash } from '@twinpark/transparency/merkle.ts';
import { nodeCrypto } from '@twinpark/transparency/node-crypto.ts';
import { isSignedBy } from '@twinpark/transparency/signed-note.ts';
import { appendLeaves, emptyEdge } from '@twinpark/transparency/tile-log.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../platform/database/store.ts';
import { newId } from '../platform/ids.ts';
import {
  elmera,
  officer,
  openCommander,
  openingOrder,
  orderOf,
  ordersToGrant,
} from '../testing/case-orders.ts';
import { openTestStores, storeKinds } from '../testing/stores.ts';
import { TestClock } from '../testing/test-clock.ts';
import { aSigner } from './fixtures/a-signer.ts';
import { ParkLog } from './park-log.ts';
import { listCommitments } from './queries/tree.ts';
import { entryRow, log } from './statements.ts';

const zone = elmera();

describe.each(storeKinds)('The log of a park, %s', (kind) => {
  const clock = new TestClock('2026-03-02T09:00:00Z');
  const signer = aSigner('twinpark/elmera/north/log');
  const logger = { error: (...about: unknown[]) => expect(about).toBe('no error') };
  let stores: readonly Store[] = [];
  let logs: readonly ParkLog[] = [];
  const store = () => first(stores);
  const parkLog = () => first(logs);

  beforeAll(async () => {
    // Several stores on one database are several processes of one park; the embedded database has room for one.
    stores = await openTestStores(kind, 3, clock);
    logs = stores.map((each) => new ParkLog({ store: each, clock, signer: () => signer, logger }));
  });
  afterAll(async () => {
    for (const each of stores) await each.close();
  });

  it('is signed while it is empty', async () => {
    await parkLog().sequence();
    const signed = await newestCheckpoint(store());
    expect(signed.checkpoint).toMatchObject({ origin: 'twinpark/elmera/north/log', size: 0 });
    expect(signed.checkpoint.root.toHex()).toBe(emptyRoot(nodeCrypto).toHex());
    expect(isSignedBy(nodeCrypto, signed.note, signer.key)).toBe(true);
  });

  it('holds every act of a case from its filing on, and none that is the affair of two officers', async () => {
    const commander = await openCommander(store(), clock);
    const opening = openingOrder(zone, clock);
    for (const order of [opening, ...ordersToGrant(opening.caseId)]) {
      expect(await commander.submit(order)).toMatchObject({ kind: 'done' });
    }
    await commander.stop();
    const { statements, events } = await logged(store(), opening.caseId);
    expect(statements.map(({ statement }) => statement)).toMatchObject([
      { format: 'twinpark-act/1', type: 'caseFiled', version: 2, zone: 'elmera', park: 'north' },
      { type: 'caseAccepted', version: 3, by: { role: 'officer', organization: 'north-office' } },
      { type: 'stepCompleted', version: 4 },
      { type: 'caseDecided', version: 6 },
    ]);
    expect(events).toContain('decisionProposed');
    const text = JSON.stringify(statements);
    for (const person of ['person-reed', 'officer-1', 'officer-2', 'Reed'])
      expect(text).not.toContain(person);
  });

  it('holds the opening, too, where it is filed in the same order, and nothing of a draft', async () => {
    const commander = await openCommander(store(), clock);
    const draft = openingOrder(zone, clock);
    const withdrawn = openingOrder(zone, clock);
    const both = openingOrder(zone, clock);
    await commander.submit(draft);
    await commander.submit(withdrawn);
    await commander.submit(orderOf(withdrawn.caseId, withdrawn.actor, [{ type: 'withdrawCase' }]));
    await commander.submit({ ...both, commands: [...both.commands, { type: 'fileCase' }] });
    await commander.stop();
    const typesOf = async (caseId: string) =>
      (await logged(store(), caseId)).statements.map(({ statement }) => statement.type);
    expect(await typesOf(draft.caseId)).toEqual([]);
    expect(await typesOf(withdrawn.caseId)).toEqual([]);
    expect(await typesOf(both.caseId)).toEqual(['caseOpened', 'caseFiled']);
  });

  it('commits to each statement under its own salt, as the stored row can show', async () => {
    await parkLog().sequence();
    const rows = await store().write(async (tx) =>
      tx
        .selectFrom('logStatements')
        .innerJoin('logEntries', 'logEntries.entryId', 'logStatements.entryId')
        .select(['statement', 'salt', 'commitment'])
        .execute(),
    );
    expect(rows.length).toBeGreaterThan(4);
    for (const { statement, salt, commitment } of rows) {
      expect(commitmentOf(nodeCrypto, salt, statement)?.toHex()).toBe(commitment.toHex());
    }
    expect(new Set(rows.map(({ salt }) => salt.toHex())).size).toBe(rows.length);
  });

  it('refuses an order together with its act where the order fails', async () => {
    const before = await counts(store());
    const commander = await openCommander(store(), clock);
    const opening = openingOrder(zone, clock);
    const refused = await commander.submit(orderOf(opening.caseId, officer(), [{ type: 'acceptCase' }]));
    expect(refused.kind).toBe('notFound');
    await expect(
      store().write(async (tx) => {
        await log(tx, clock, [erasure(1)]);
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    await commander.stop();
    expect(await counts(store())).toEqual(before);
  });

  it('loses, doubles and skips nothing while several processes add to it and give places', async () => {
    const before = (await counts(store())).entries;
    const added = await Promise.all(
      Array.from({ length: 24 }, async (_, lane) => {
        const own = stores[lane % stores.length] ?? store();
        const ids: string[] = [];
        for (let round = 0; round < 5; round += 1) {
          ids.push(...(await own.write((tx) => log(tx, clock, many(7)))));
          await logs[(lane + round) % logs.length]?.sequence();
          const places = await parkLog().positionsOf(ids);
          // What waited when the run was asked for has its place when it is answered.
          expect(places.size).toBe(ids.length);
        }
        return ids;
      }),
    );
    const ids = added.flat();
    const { entries, pending } = await counts(store());
    expect({ entries, pending }).toEqual({ entries: before + ids.length, pending: 0 });
    expect(new Set(ids).size).toBe(ids.length);
    await expectSoundLog(store());
  });

  it('leaves nothing behind where a process dies in the middle, and its successor goes on', async () => {
    const ids = await store().write((tx) => log(tx, clock, many(3)));
    const before = await counts(store());
    const dying = new ParkLog({ store: first(stores), clock, signer: unableToSign, logger });
    await expect(dying.sequence()).rejects.toThrow('killed');
    expect(await counts(store())).toEqual(before);
    await parkLog().sequence();
    expect((await parkLog().positionsOf(ids)).size).toBe(3);
    await expectSoundLog(store());
  });

  it('gives tens of thousands of entries their places in runs of 4,096', async () => {
    const entries = Array.from({ length: 9_000 }, () => ({
      entryId: newId(clock),
      commitment: randomBytes(32).toHex(),
    }));
    await store().write(async (tx) => {
      await sql`insert into log_pending (entry_id, commitment)
        select entry_id, decode(commitment, 'hex')
        from unnest(${entries.map(({ entryId }) => entryId)}::uuid[], ${entries.map(({ commitment }) => commitment)}::text[])
          as entry (entry_id, commitment)`.execute(tx);
    });
    const before = (await counts(store())).checkpoints;
    await parkLog().sequence();
    expect((await counts(store())).checkpoints - before).toBe(3);
    await expectSoundLog(store());
  });

  it('is signed anew by a new key as long as nobody has cosigned it', async () => {
    const renewed = aSigner('twinpark/elmera/north/log');
    await new ParkLog({ store: store(), clock, signer: () => renewed, logger }).sequence();
    const signed = await newestCheckpoint(store());
    expect(isSignedBy(nodeCrypto, signed.note, renewed.key)).toBe(true);
    expect(isSignedBy(nodeCrypto, signed.note, signer.key)).toBeNull();
  });

  const erasure = (entries: number) =>
    ({
      statement: {
        format: 'twinpark-erasure/1',
        zone: 'elmera',
        park: 'north',
        at: clock.now().toString(),
        entries,
        reason: 'asked for',
      },
      subject: null,
    }) as const;
  const many = (count: number) => Array.from({ length: count }, (_, at) => erasure(at));

  it('has an entry of the same form for every kind of statement', () => {
    const row = entryRow(clock, erasure(2));
    expect(Buffer.from(row.salt, 'base64')).toHaveLength(32);
    expect(Buffer.from(row.commitment, 'base64')).toHaveLength(32);
  });
});

function unableToSign() {
  const signer = aSigner('twinpark/elmera/north/log');
  return {
    key: signer.key,
    sign: () => {
      throw new Error('killed');
    },
  };
}

async function counts(store: Store) {
  return await store.write(async (tx) => {
    const { rows } = await sql<{ entries: number; pending: number; statements: number; checkpoints: number }>`
      select (select count(*) from log_entries) as entries, (select count(*) from log_pending) as pending,
        (select count(*) from log_statements) as statements, (select count(*) from log_checkpoints) as checkpoints`.execute(
      tx,
    );
    return rows[0] ?? { entries: -1, pending: -1, statements: -1, checkpoints: -1 };
  });
}

async function newestCheckpoint(store: Store) {
  const { note } = await store.write((tx) =>
    tx.selectFrom('logCheckpoints').select('note').orderBy('size', 'desc').limit(1).executeTakeFirstOrThrow(),
  );
  const signed = parseSignedCheckpoint(note);
  if (!signed) throw new Error('Not a checkpoint');
  return signed;
}

async function logged(store: Store, caseId: string) {
  return await store.write(async (tx) => {
    const statements = await tx
      .selectFrom('logStatements')
      .select(['statement', 'entryId'])
      .where('subject', '=', caseId)
      .orderBy('entryId')
      .execute();
    const events = await tx.selectFrom('caseEvents').select('type').where('caseId', '=', caseId).execute();
    return {
      statements: statements as readonly { readonly statement: { readonly type: string } }[],
      events: events.map(({ type }) => type),
    };
  });
}

/** The tree made anew from the entries is the one that is stored and signed. */
async function expectSoundLog(store: Store): Promise<void> {
  const { commitments, tiles, indices } = await store.write(async (tx) => ({
    commitments: await listCommitments(tx, 0, 1_000_000),
    tiles: await tx.selectFrom('logTiles').selectAll().orderBy('level').orderBy('tile').execute(),
    indices: await tx.selectFrom('logEntries').select('logIndex').orderBy('logIndex').execute(),
  }));
  expect(indices.map(({ logIndex }) => logIndex)).toEqual(indices.map((_, at) => at));
  const grown = appendLeaves(
    nodeCrypto,
    emptyEdge,
    commitments.map((commitment) => leafHash(nodeCrypto, commitment)),
  );
  const { checkpoint } = await newestCheckpoint(store);
  expect({ size: checkpoint.size, root: checkpoint.root.toHex() }).toEqual({
    size: commitments.length,
    root: grown.root.toHex(),
  });
  const plainly = (all: readonly { level: number; width: number; hashes: Uint8Array }[]) =>
    all.map(({ level, width, hashes }) => `${level} ${width} ${hashes.toHex()}`);
  const expected = grown.changed.toSorted((one, other) => one.level - other.level || one.index - other.index);
  expect(plainly(tiles)).toEqual(plainly(expected));
}

function first<Item>([item]: readonly Item[]): Item {
  if (item === undefined) throw new Error('There is none');
  return item;
}
