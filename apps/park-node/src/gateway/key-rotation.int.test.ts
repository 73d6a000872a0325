import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandEndpoints } from '@twinpark/contract/case/case-commands.ts';
import { getCase } from '@twinpark/contract/case/get-case.ts';
import { getReceipt, listReceipts } from '@twinpark/contract/log/receipts.ts';
import type { KeyUse, ParkCard } from '@twinpark/contract/node/park-card.ts';
import type { ParkKeys } from '@twinpark/transparency/keys.ts';
import { nodeCrypto } from '@twinpark/transparency/node-crypto.ts';
import { verifyReceipt } from '@twinpark/transparency/verify-receipt.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeKeyFile } from '../platform/keys/key-files.ts';
import { canSign } from '../platform/keys/key-ring.ts';
import { keysFolder } from '../platform/keys/node-keys.ts';
import { parkCardFile } from '../platform/keys/park-card.ts';
import { aDossier, filedAcross, withPaper } from '../testing/dossiers.ts';
import type { TestNode } from '../testing/test-node.ts';
import { startTwoParks, type TwoParks } from '../testing/two-parks.ts';
import { PeerClient } from './peer-client.ts';

let parks: TwoParks;
beforeAll(async () => {
  parks = await startTwoParks({ jobs: true, keepWire: true });
});
afterAll(async () => await parks.stop());

const waiting = { timeout: 20_000 };
type Side = 'north' | 'south';

/** The applicant of the north files in the south. */
async function filing() {
  const lind = await parks.north.as('applicant', 'Lind Laboratories');
  const { dossierId } = await aDossier(lind, {
    'team.name': 'Lind',
    'laboratory.kind': 'wet',
    'laboratory.opensOn': '2027-01-04',
  });
  await withPaper(parks.north, lind, dossierId, 'safety-concept');
  const { caseId } = await filedAcross(lind, dossierId, 'south-laboratory-permit');
  const number = async () => {
    const reader = await parks.north.as('applicant', 'Lind Laboratories');
    return (await reader.get(getCase, { params: { caseId } })).caseNumber;
  };
  return { caseId, told: () => expect.poll(number, waiting).not.toBeNull() };
}

/** What the operator does: `twinpark keys make --use`, some time after the key before. */
function makeKey(node: TestNode, use: KeyUse): void {
  for (const { clock } of [parks.north, parks.south]) clock.advance({ minutes: 5 });
  const file = makeKeyFile(keysFolder(node.services.config.dataFolder), use, node.clock.now());
  expect(file).not.toBeNull();
}

const signers = ({ services: { keys, ownKeys } }: TestNode) => ({
  gateway: ownKeys.signer(keys.gateway).keyId,
  log: ownKeys.signer(keys.log).keyId,
  witness: ownKeys.signer(keys.witness).keyId,
});

/** Ids of the keys with which requests with messages were signed on a line, in order. */
function keysOnWire(line: keyof TwoParks['links']): readonly string[] {
  const texts = parks.links[line].wire.map((bytes) => bytes.toString('latin1'));
  return texts.flatMap((text) => {
    const isRequest = text.startsWith('["POST","/gateway/messages"');
    const keyId = isRequest ? /keyid=\\"([\w-]+)\\"/.exec(text)?.[1] : undefined;
    return keyId === undefined ? [] : [keyId];
  });
}

async function messagesOf(node: TestNode, types: string) {
  const { rows } = await node.services.store.jobs.executeSql(
    'select type, status from outbox_messages where type like $1 order by created_at, message_id',
    [`org.twinpark.${types}`],
  );
  return rows.map(({ status }) => String(status));
}

describe('a new gateway key', () => {
  it('is announced under the old one, and used once the other park has taken note; nothing is lost meanwhile', async () => {
    const before = signers(parks.north).gateway;
    await (await filing()).told();
    expect(new Set(keysOnWire('fromNorth'))).toEqual(new Set([before]));

    parks.links.fromNorth.isCut = true;
    const during = await filing();
    makeKey(parks.north, 'gateway');
    const restarted = await parks.restart('north');
    const next = restarted.services.keys.gateway[0].keyId;
    expect(next).not.toBe(before);
    // As long as the other park has not heard of it, everything goes out under the old one.
    expect(signers(restarted).gateway).toBe(before);
    expect(await messagesOf(restarted, 'keys.announced')).toEqual(['waiting']);
    const carried = keysOnWire('fromNorth').length;
    parks.links.fromNorth.isCut = false;
    await during.told();
    await expect.poll(() => signers(restarted).gateway, waiting).toBe(next);

    await (await filing()).told();
    const used = keysOnWire('fromNorth').slice(carried);
    expect(used[0]).toBe(before);
    expect(used.at(-1)).toBe(next);
    expect(used.lastIndexOf(before)).toBeLessThan(used.indexOf(next));
    expect(await messagesOf(restarted, '%')).not.toContain('stuck');
    expect(await messagesOf(restarted, '%')).not.toContain('waiting');
  });

  it('is still known to the other park after that was started again, and announced no second time', async () => {
    await parks.restart('south');
    const north = await parks.restart('north');
    await (await filing()).told();
    expect(keysOnWire('fromNorth').at(-1)).toBe(north.services.keys.gateway[0].keyId);
    expect(await messagesOf(north, 'keys.announced')).toEqual(['delivered']);
  });
});

describe('a new key for documents', () => {
  it('signs none before the other park could verify it', async () => {
    const before = parks.north.services.signer.keyId;
    parks.links.fromNorth.isCut = true;
    makeKey(parks.north, 'documents');
    const { services } = await parks.restart('north');
    const next = services.keys.documents[0].keyId;
    expect(services.signer.keyId).toBe(before);
    const statement = { said: 'meanwhile' };
    const signature = await services.signer.sign(statement);
    parks.links.fromNorth.isCut = false;
    await expect.poll(() => services.signer.keyId, waiting).toBe(next);
    expect(await services.signer.verify(statement, signature)).toBe(true);
    const { peerKeys, clock } = parks.south.services;
    expect(peerKeys.find(next, 'documents', clock.now())).not.toBeNull();
  });
});

describe('new keys of the log and of the witness', () => {
  const cardOf = (side: Side): ParkCard => {
    const { dataFolder } = parks[side].services.config;
    return JSON.parse(readFileSync(parkCardFile(dataFolder), 'utf8')) as ParkCard;
  };
  const cards = (without: ReadonlySet<string> = new Set()): ParkKeys => ({
    format: 'twinpark-keys/1',
    cards: [cardOf('north'), cardOf('south')].map((card) => ({
      ...card,
      keys: card.keys.filter(({ kid }) => !without.has(kid)),
    })) as ParkKeys['cards'],
  });

  /** A receipt of an act in the south, once both parks have signed the log that holds it. */
  async function newReceipt(): Promise<unknown> {
    const { caseId, told } = await filing();
    await told();
    const officer = await parks.south.as('officer', 'south-office');
    await officer.get(commandEndpoints.acceptCase, { params: { caseId }, body: {} });
    const newest = async () => (await officer.get(listReceipts, { params: { caseId } })).items.at(-1);
    await expect.poll(async () => (await newest())?.isReady, waiting).toBe(true);
    const entryId = (await newest())?.entryId ?? '';
    return await officer.get(getReceipt, { params: { entryId } });
  }

  it('sign from then on, and what was signed before holds with the cards of both', async () => {
    const old = { log: signers(parks.south).log, witness: signers(parks.north).witness };
    const receiptBefore = await newReceipt();
    expect(verifyReceipt(receiptBefore, cards(), nodeCrypto).valid).toBe(true);

    makeKey(parks.south, 'log');
    makeKey(parks.north, 'witness');
    await parks.restart('south');
    await parks.restart('north');
    const next = {
      log: parks.south.services.keys.log[0].keyId,
      witness: parks.north.services.keys.witness[0].keyId,
    };
    await expect.poll(() => signers(parks.south).log, waiting).toBe(next.log);
    await expect.poll(() => signers(parks.north).witness, waiting).toBe(next.witness);
    const receiptAfter = await newReceipt();

    for (const receipt of [receiptBefore, receiptAfter]) {
      expect(verifyReceipt(receipt, cards(), nodeCrypto)).toMatchObject({ valid: true });
    }
    const [oldKeys, newKeys] = [new Set(Object.values(old)), new Set(Object.values(next))];
    expect(verifyReceipt(receiptBefore, cards(newKeys), nodeCrypto).valid).toBe(true);
    expect(verifyReceipt(receiptAfter, cards(oldKeys), nodeCrypto).valid).toBe(true);
    const [byOldLog, byOldWitness] = [new Set([next.log]), new Set([next.witness])];
    for (const missing of [byOldLog, byOldWitness]) {
      expect(verifyReceipt(receiptAfter, cards(missing), nodeCrypto).valid).toBe(false);
    }
    expect(verifyReceipt(receiptBefore, cards(oldKeys), nodeCrypto).valid).toBe(false);
  });
});

describe('a retired key', () => {
  it('signs nothing any more, and the other park takes nothing under it once it has the new card', async () => {
    const { services } = parks.north;
    const [newest, old] = services.keys.gateway;
    if (!old || !canSign(old)) throw new Error('The key before the newest still has its private part');
    const { d: _, ...publicPart } = JSON.parse(readFileSync(old.file, 'utf8'));
    writeFileSync(old.file, JSON.stringify(publicPart));
    const north = await parks.restart('north');
    expect(north.services.keys.gateway.filter(canSign).map(({ keyId }) => keyId)).toEqual([newest.keyId]);
    const listed = north.services.parkCard.keys.find(({ kid }) => kid === old.keyId);
    expect(listed?.until).toBe(newest.from.toString());

    copyFileSync(
      parkCardFile(north.services.config.dataFolder),
      join(parks.south.services.config.dataFolder, 'peer-card.json'),
    );
    await parks.restart('south');
    const { peerKeys, clock, config } = north.services;
    const thief = new PeerClient({ peerUrl: config.peerUrl ?? '', peerKeys, signer: () => old, clock });
    const content = { bytes: Buffer.from('[]'), mediaType: 'application/cloudevents-batch+json' };
    const answered = await thief.post('/gateway/messages', content, { protocol: 2 });
    if (answered.kind !== 'answered') throw new Error(answered.kind);
    expect(answered.status).toBe(401);
    expect(JSON.parse(Buffer.from(answered.body).toString('utf8'))).toMatchObject({
      code: 'signatureInvalid',
      facts: { reason: 'keyNotValid' },
    });
    await (await filing()).told();
    expect(keysOnWire('fromNorth').at(-1)).toBe(newest.keyId);
  });
});
