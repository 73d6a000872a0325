import { createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import canonicalize from 'canonicalize';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeKeyFile } from '../platform/keys/key-files.ts';
import { loadNodeKeys } from '../platform/keys/node-keys.ts';
import { TestClock } from '../testing/test-clock.ts';
import { createSigner } from './jws-signer.ts';

const clock = new TestClock('2026-03-04T05:06:07Z');
const statement = { receiptNumber: 'R-1', names: { b: '名', a: 'Ä' }, count: 3, none: null };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'twinpark-keys-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const freshFolder = () => mkdtempSync(join(folder, 'of-'));
const signerOf = (dataFolder: string) =>
  createSigner(loadNodeKeys(dataFolder, { create: true, clock }).documents);

describe('the keys for documents', () => {
  it('rotate: the newest signs, and what the retired one signed still verifies without its private part', async () => {
    const dataFolder = freshFolder();
    const old = signerOf(dataFolder);
    const signature = await old.sign(statement);
    const file = join(dataFolder, 'keys/signing-20260304T050607Z.jwk');
    const { d: _, ...publicPart } = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify(publicPart));
    makeKeyFile(join(dataFolder, 'keys'), 'documents', Temporal.Instant.from('2027-01-01T00:00:00Z'));
    const rotated = signerOf(dataFolder);
    expect(rotated.keyId).not.toBe(old.keyId);
    expect(rotated.publicKeys.map(({ kid }) => kid)).toEqual([rotated.keyId, old.keyId]);
    expect(await rotated.verify(statement, signature)).toBe(true);
    expect(await rotated.verify(statement, await rotated.sign(statement))).toBe(true);
    expect(await old.verify(statement, await rotated.sign(statement))).toBe(false);
  });
});

describe('a signature', () => {
  it('verifies with nothing but the published key and the standard’s own words', async () => {
    const signer = signerOf(freshFolder());
    const signature = await signer.sign(statement);
    const [header = '', payload, bytes = ''] = signature.split('.');
    expect(payload).toBe('');
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString());
    const jwk = signer.publicKeys.find((key) => key.kid === kid);
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: jwk?.x ?? '' }, format: 'jwk' });
    const signed = `${header}.${Buffer.from(canonicalize(statement) ?? '').toString('base64url')}`;
    expect(verify(null, Buffer.from(signed), key, Buffer.from(bytes, 'base64url'))).toBe(true);
  });

  it('holds whatever the order of the statement’s keys', async () => {
    const signer = signerOf(freshFolder());
    const signature = await signer.sign(statement);
    const reordered = { none: null, count: 3, names: { a: 'Ä', b: '名' }, receiptNumber: 'R-1' };
    expect(await signer.verify(reordered, signature)).toBe(true);
  });

  it('fails for every statement that says anything else', async () => {
    const signer = signerOf(freshFolder());
    const signature = await signer.sign(statement);
    for (const changed of [
      { ...statement, receiptNumber: 'R-2' },
      { ...statement, count: 4 },
      // The same letter in two characters.
      { ...statement, names: { ...statement.names, a: 'A\u0308' } },
      { ...statement, none: false },
      { ...statement, more: true },
      { receiptNumber: 'R-1' },
    ]) {
      expect(await signer.verify(changed, signature)).toBe(false);
    }
  });

  it('fails when any of its bits is changed', async () => {
    const signer = signerOf(freshFolder());
    const [header = '', , bytes = ''] = (await signer.sign(statement)).split('.');
    const raw = Buffer.from(bytes, 'base64url');
    for (let bit = 0; bit < raw.length * 8; bit += 1) {
      const changed = Buffer.from(raw);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(await signer.verify(statement, `${header}..${changed.toString('base64url')}`)).toBe(false);
    }
  });

  it('is taken in no other spelling', async () => {
    const signer = signerOf(freshFolder());
    const [header = '', , bytes = ''] = (await signer.sign(statement)).split('.');
    const last = bytes.at(-1) ?? '';
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const strayBits = bytes.slice(0, -1) + alphabet.charAt(alphabet.indexOf(last) ^ 1);
    const headerOf = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const kid = signer.keyId;
    for (const other of [
      `${header}..${strayBits}`,
      `${header}..${bytes}=`,
      `${header}..${bytes}.`,
      `${header}. .${bytes}`,
      `${header}..${bytes}\n`,
      `${headerOf({ alg: 'none', kid })}..${bytes}`,
      `${headerOf({ alg: 'none', kid })}..`,
      `${headerOf({ kid, alg: 'EdDSA' })}..${bytes}`,
      `${headerOf({ alg: 'EdDSA', kid: 'another' })}..${bytes}`,
      `${headerOf({ alg: 'EdDSA' })}..${bytes}`,
      '',
    ]) {
      expect(await signer.verify(statement, other)).toBe(false);
    }
    expect(await signer.verify(statement, `${header}..${bytes}`)).toBe(true);
  });
});
