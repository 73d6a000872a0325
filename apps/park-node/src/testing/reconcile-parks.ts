import type { MessageStatement } from '@twinpark/contract/log/statements.ts';
import { leafHash } from '@twinpark/transparency/merkle.ts';
import { nodeCrypto } from '@twinpark/transparency/node-crypto.ts';
import { appendLeaves, emptyEdge } from '@twinpark/transparency/tile-log.ts';
import { expect } from 'vitest';
import { isInternal } from '../case/internal-event.ts';
import type { Store } from '../platform/database/store.ts';
import { elmera } from './case-orders.ts';
import type { CrossedDossier, Side } from './crossing-load.ts';
import { expectRowsToEqualReplay } from './stored-cases.ts';

/**
 * Holds both stores, both logs and what the clients were told against each other: nothing is lost, nothing is doubled,
 * and every twin is in step.
 */
export async function reconcileParks(
  stores: Readonly<Record<Side, Store>>,
  finished: readonly CrossedDossier[],
): Promise<void> {
  const held = { north: await readAll(stores.north), south: await readAll(stores.south) };
  expectClientsToBeRight(held, finished);
  for (const side of ['north', 'south'] as const) {
    const [own, other] = side === 'north' ? [held.north, held.south] : [held.south, held.north];
    await expectRowsToEqualReplay(stores[side], elmera(), side);
    expectTwinsInStep(own, other);
    expectMessagesOnce(own, other);
    expectLogToHoldEverything(own);
    expectWitness(own, other);
  }
}

type Held = Awaited<ReturnType<typeof readAll>>;

async function readAll(store: Store) {
  return await store.write(async (tx) => ({
    dossiers: await tx.selectFrom('dossiers').select('dossierId').execute(),
    filings: await tx
      .selectFrom('dossierFilings')
      .select(['dossierId', 'caseId', 'status', 'park'])
      .execute(),
    cases: await tx
      .selectFrom('cases')
      .select(['caseId', 'status', 'outcome', 'applicantPark', 'dossierId'])
      .execute(),
    events: await tx
      .selectFrom('caseEvents')
      .select(['caseId', 'version', 'type', 'event'])
      .orderBy('version')
      .execute(),
    peerCases: await tx.selectFrom('peerCases').select(['caseId', 'status', 'outcome', 'act']).execute(),
    told: await tx
      .selectFrom('peerCaseEvents')
      .select(['caseId', 'version', 'type'])
      .orderBy('version')
      .execute(),
    outbox: await tx.selectFrom('outboxMessages').selectAll().orderBy('stream').orderBy('position').execute(),
    inbox: await tx.selectFrom('inboxMessages').selectAll().orderBy('stream').orderBy('position').execute(),
    statements: await tx.selectFrom('logStatements').select(['entryId', 'subject', 'statement']).execute(),
    entries: await tx.selectFrom('logEntries').selectAll().orderBy('logIndex').execute(),
    pending: await tx.selectFrom('logPending').select('entryId').execute(),
    head: await tx.selectFrom('logHead').selectAll().executeTakeFirst(),
    witnessed: await tx.selectFrom('witnessedLogs').selectAll().execute(),
    agreements: await tx.selectFrom('crossingAgreements').select(['caseId', 'dossierId']).execute(),
  }));
}

function expectClientsToBeRight(
  held: Readonly<Record<Side, Held>>,
  finished: readonly CrossedDossier[],
): void {
  const byCase = {
    north: new Map(held.north.cases.map((row) => [row.caseId, row])),
    south: new Map(held.south.cases.map((row) => [row.caseId, row])),
  };
  for (const { dossierId, home, cases } of finished) {
    for (const side of ['north', 'south'] as const) {
      const { caseId, status } = cases[side];
      expect(byCase[side].get(caseId)).toMatchObject({
        status,
        dossierId,
        applicantPark: side === home ? null : home,
      });
    }
  }
  for (const side of ['north', 'south'] as const) {
    const mine = finished.filter(({ home }) => home === side).map(({ dossierId }) => dossierId);
    expect(held[side].dossiers.map(({ dossierId }) => dossierId).sort()).toEqual(mine.sort());
    const filed = finished.map(({ cases }) => cases[side].caseId);
    expect(held[side].cases.map(({ caseId }) => caseId).sort()).toEqual(filed.sort());
  }
}

/** What the applicant's side was told is what happened, and nothing waits for an answer. */
function expectTwinsInStep(home: Held, deciding: Held): void {
  const cases = new Map(deciding.cases.map((row) => [row.caseId, row]));
  const events = Map.groupBy(
    deciding.events.filter(({ event }) => !isInternal(event)),
    ({ caseId }) => caseId,
  );
  const told = Map.groupBy(home.told, ({ caseId }) => caseId);
  for (const { caseId, status, outcome, act } of home.peerCases) {
    expect({ caseId, status, outcome }).toEqual({
      caseId,
      status: cases.get(caseId)?.status,
      outcome: cases.get(caseId)?.outcome,
    });
    expect(act?.answer?.outcome).toBe('done');
    const happened = events.get(caseId) ?? [];
    expect((told.get(caseId) ?? []).map(({ version, type }) => `${version} ${type}`)).toEqual(
      happened.map(({ version, type }) => `${version} ${type}`),
    );
  }
  const foreign = deciding.cases.filter(({ applicantPark }) => applicantPark !== null);
  expect(home.peerCases.map(({ caseId }) => caseId).sort()).toEqual(
    foreign.map(({ caseId }) => caseId).sort(),
  );
  const agreed = new Set(home.agreements.map(({ caseId }) => caseId));
  for (const { caseId } of home.peerCases) expect(agreed.has(caseId)).toBe(true);
}

/** Everything that was sent was taken, once, as it was sent, and in order; both logs name the same digests. */
function expectMessagesOnce(sender: Held, receiver: Held): void {
  expect(sender.outbox.filter(({ status }) => status !== 'delivered')).toEqual([]);
  const line = (
    message: Pick<Held['inbox'][number], 'messageId' | 'stream' | 'position' | 'type'> & {
      digest: string | null;
    },
  ) => `${message.stream} ${message.position} ${message.type} ${message.messageId} ${message.digest}`;
  expect(receiver.inbox.map(line)).toEqual(sender.outbox.map(line));
  for (const messages of Map.groupBy(sender.outbox, ({ stream }) => stream).values()) {
    expect(messages.map(({ position }) => position)).toEqual(messages.map((_, index) => index + 1));
  }
  const logged = (held: Held, direction: MessageStatement['direction']) =>
    held.statements
      .flatMap(({ statement }) =>
        statement.format === 'twinpark-message/1' && statement.direction === direction
          ? [`${statement.messageId} ${statement.digest}`]
          : [],
      )
      .sort();
  expect(logged(sender, 'sent')).toEqual(
    sender.outbox.map(({ messageId, digest }) => `${messageId} ${digest}`).sort(),
  );
  expect(logged(receiver, 'received')).toEqual(logged(sender, 'sent'));
}

/** Each act of legal effect has one entry, every entry its place, and the tree is that of its leaves. */
function expectLogToHoldEverything({ events, statements, entries, pending, head }: Held): void {
  expect(pending).toEqual([]);
  const acts = statements.flatMap(({ statement }) =>
    statement.format === 'twinpark-act/1' ? [`${statement.caseId} ${statement.version}`] : [],
  );
  const formal = events.filter(({ event }) => !isInternal(event));
  expect(acts.sort()).toEqual(formal.map(({ caseId, version }) => `${caseId} ${version}`).sort());
  expect(entries.map(({ logIndex }) => logIndex)).toEqual(entries.map((_, index) => index));
  expect(entries.map(({ entryId }) => entryId).sort()).toEqual(
    statements.map(({ entryId }) => entryId).sort(),
  );
  const leaves = entries.map(({ commitment }) => leafHash(nodeCrypto, commitment));
  const { root } = appendLeaves(nodeCrypto, emptyEdge, leaves);
  expect(head?.size).toBe(entries.length);
  expect(Buffer.from(head?.root ?? []).equals(root)).toBe(true);
}

/** What the other park has cosigned of this log is this log. */
function expectWitness(own: Held, other: Held): void {
  const [seen] = other.witnessed;
  if (!seen) throw new Error('The other park has never seen this log');
  const leaves = own.entries.slice(0, seen.size).map(({ commitment }) => leafHash(nodeCrypto, commitment));
  const { root } = appendLeaves(nodeCrypto, emptyEdge, leaves);
  expect(Buffer.from(seen.root).equals(root)).toBe(true);
}
