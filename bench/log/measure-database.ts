import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ParkLog } from '@twinpark/park-node/log/park-log.ts';
import { log } from '@twinpark/park-node/log/statements.ts';
import { treeReader } from '@twinpark/park-node/log/tree-reader.ts';
import { systemClock } from '@twinpark/park-node/platform/clock.ts';
import { openEmbeddedStore } from '@twinpark/park-node/platform/database/embedded-store.ts';
import type { Store } from '@twinpark/park-node/platform/database/store.ts';
import { inclusionProof } from '@twinpark/transparency/merkle-proofs.ts';
import { nodeCrypto, signEd25519 } from '@twinpark/transparency/node-crypto.ts';
import { noteKey } from '@twinpark/transparency/signed-note.ts';

const proofs = 200;
const statements = 20_000;

/** The log of a node over the embedded database: places, proofs and space at growing sizes. */
export async function measureDatabase(sizes: readonly number[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'twinpark-bench-'));
  const store = await openEmbeddedStore(folder, systemClock);
  try {
    const parkLog = new ParkLog({ store, clock: systemClock, signer, logger: console });
    console.log('\nOver the embedded database.');
    let length = 0;
    for (const size of sizes) {
      await addPending(store, size - length);
      const began = performance.now();
      await parkLog.sequence();
      const passed = performance.now() - began;
      const perEntry = (passed * 1_000) / (size - length);
      length = size;
      await addPending(store, 1);
      const single = performance.now();
      await parkLog.sequence();
      length += 1;
      const one = performance.now() - single;
      console.log(
        `  ${size.toLocaleString('en').padStart(10)}  ${perEntry.toFixed(1)} µs an entry in runs, ${one.toFixed(1)} ms a run of one, ${(await timeProofs(store, length)).toFixed(2)} ms an inclusion proof`,
      );
    }
    await printSpace(store, length);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const x = Uint8Array.fromBase64(publicKey.export({ format: 'jwk' }).x ?? '', { alphabet: 'base64url' });
const signer = () => ({
  key: noteKey(nodeCrypto, 'ed25519', 'twinpark/zone/park/log', x),
  sign: (message: Uint8Array) => signEd25519(privateKey, message),
});

async function addPending(store: Store, count: number): Promise<void> {
  await store.jobs.executeSql(
    `insert into log_pending select gen_random_uuid(), sha256(place::text::bytea) from generate_series(1, $1) as place`,
    [count],
  );
}

async function timeProofs(store: Store, size: number): Promise<number> {
  const began = performance.now();
  for (let at = 0; at < proofs; at += 1) {
    const index = Math.floor((at * size) / proofs);
    await store.write((tx) => inclusionProof(nodeCrypto, index, size, treeReader(tx)));
  }
  return (performance.now() - began) / proofs;
}

async function printSpace(store: Store, length: number): Promise<void> {
  const at = systemClock.now().toString();
  const act = {
    format: 'twinpark-act/1',
    zone: 'elmera',
    park: 'north',
    at,
    caseId: '01900000-0000-7000-8000-000000000000',
    caseNumber: 'NORTH-2026-0000001',
    service: 'north-laboratory-permit',
    definition: 'd'.repeat(64),
    version: 3,
    type: 'caseAccepted',
    on: '2026-06-10',
    by: { role: 'officer', organization: 'north-office' },
    receiptNumber: null,
    digest: 'e'.repeat(64),
  } as const;
  for (let done = 0; done < statements; done += 1_000) {
    await store.write((tx) =>
      log(
        tx,
        systemClock,
        Array.from({ length: 1_000 }, () => ({ statement: act, subject: act.caseId })),
      ),
    );
  }
  const { rows } = await store.jobs.executeSql(
    `
    select 'entries' as name, pg_total_relation_size('log_entries') / $1::float as bytes
    union all select 'tiles', pg_total_relation_size('log_tiles') / $1::float
    union all select 'statements', (
      select sum(pg_total_relation_size(inhrelid)) from pg_inherits where inhparent = 'log_statements'::regclass
    ) / $2::float`,
    [length, statements],
  );
  for (const { name, bytes } of rows) {
    console.log(`  ${String(name).padEnd(10)} ${Math.round(Number(bytes))} MB a million`);
  }
}
