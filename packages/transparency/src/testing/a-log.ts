import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { bytesOf, fromBase64Url } from '../bytes.ts';
import { writeCheckpoint } from '../checkpoint.ts';
import { commitmentOf } from '../commitment.ts';
import { cosign } from '../cosignature.ts';
import { logName, type ParkCard, type ParkKeys, thumbprintOf, witnessName } from '../keys.ts';
import { leafHash } from '../merkle.ts';
import { type HashReader, inclusionProof } from '../merkle-proofs.ts';
import { nodeCrypto, signEd25519 } from '../node-crypto.ts';
import { type Receipt, type Statement, writeReceipt } from '../receipt.ts';
import { type KeyType, type NoteSigner, noteKey, signText, writeNote } from '../signed-note.ts';
import { appendLeaves, emptyEdge, rootOfEdge, tileHashReader } from '../tile-log.ts';
import { tilePath, tileWidth, widthIn, writeBundle } from '../tiles.ts';

/** The invented zone's two parks, each with keys that are the same in every run. */
const zone = 'elmera';
export const parks = ['north', 'south'] as const;
export type Park = (typeof parks)[number];

/** Name of whoever signs, and the key. */
export function aSigner(type: KeyType, name: string, seed = name): NoteSigner {
  const privateKey = aPrivateKey(seed);
  const bytes = fromBase64Url(publicOf(privateKey));
  if (!bytes) throw new Error('An Ed25519 key has a public part');
  return {
    key: noteKey(nodeCrypto, type, name, bytes),
    sign: (message) => signEd25519(privateKey, message),
  };
}

export function logSigner(park: Park): NoteSigner {
  return aSigner('ed25519', logName(zone, park));
}

export function witnessSigner(park: Park): NoteSigner {
  return aSigner('cosignature', witnessName(zone, park));
}

export function aCard(park: Park): ParkCard {
  const names = { log: logName(zone, park), witness: witnessName(zone, park) } as const;
  return {
    format: 'twinpark-park-card/1',
    zone,
    park,
    name: { en: park === 'north' ? 'North Park' : 'South Park' },
    address: null,
    keys: (['log', 'witness'] as const).map((use) => {
      const x = publicOf(aPrivateKey(names[use]));
      const kid = thumbprintOf(nodeCrypto, x);
      return { use, name: names[use], kid, x, from: '2026-01-01T00:00:00Z', until: null };
    }),
  };
}

export const bothKeys: ParkKeys = { format: 'twinpark-keys/1', cards: parks.map(aCard) };

/** 2026-03-02 at noon, when the other park cosigns unless another time is said. */
export const noon = Temporal.Instant.from('2026-03-02T12:00:00Z');

/** A log in memory that can be served and mirrored as files. */
export interface Log {
  readonly size: number;
  readonly root: Uint8Array;
  readonly read: HashReader;
  readonly checkpoint: string;
  /** Static layout: names below the log's address. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

export function aLog(
  entries: readonly Uint8Array[],
  { park = 'north', isCosigned = true }: { readonly park?: Park; readonly isCosigned?: boolean } = {},
): Log {
  const files = new Map<string, Uint8Array>();
  const grown = appendLeaves(
    nodeCrypto,
    emptyEdge,
    entries.map((entry) => leafHash(nodeCrypto, entry)),
  );
  for (const tile of grown.changed) files.set(tilePath(tile), tile.hashes);
  const size = entries.length;
  for (let index = 0; index * tileWidth < size; index += 1) {
    const own = entries.slice(index * tileWidth, (index + 1) * tileWidth);
    files.set(tilePath({ level: 'entries', index, width: own.length }), writeBundle(own));
  }
  const root = rootOfEdge(nodeCrypto, grown.edge);
  const text = writeCheckpoint({ origin: logName(zone, park), size, root, extensions: [] });
  const other = park === 'north' ? 'south' : 'north';
  const signatures = [signText(text, logSigner(park))];
  if (isCosigned) signatures.push(cosign(text, noon.epochMilliseconds / 1000, witnessSigner(other)));
  const checkpoint = writeNote({ text, signatures });
  files.set('checkpoint', bytesOf(checkpoint));
  const read = tileHashReader(nodeCrypto, (level, index) => {
    const tile = files.get(tilePath({ level, index, width: widthIn(size, level, index) }));
    if (!tile) throw new Error(`No tile ${level}/${index}`);
    return tile;
  });
  return { size, root, read, checkpoint, files };
}

/** Commitments to nothing in particular, each different. */
export function someEntries(count: number, kind = 'entry'): readonly Uint8Array[] {
  return Array.from({ length: count }, (_, index) =>
    createHash('sha256').update(`${kind} ${index}`).digest(),
  );
}

export const aStatement: Statement = {
  format: 'twinpark-decision/1',
  zone,
  park: 'north',
  at: '2026-03-02T11:59:30Z',
  number: 'N-2026-000017',
  outcome: 'granted',
  name: { en: 'Laboratory \u{1f9ea}', 'zh-Hant': '實驗室' },
  areaSquareMetres: 120.5,
};

export const aSalt: Uint8Array = createHash('sha256').update('salt').digest();

/** A receipt for a statement at that place of a log of so many entries. */
export async function aReceipt(
  statement: Statement = aStatement,
  { index = 41, size = 300, change = (checkpoint: string) => checkpoint } = {},
): Promise<Receipt> {
  const entry = commitmentOf(nodeCrypto, aSalt, statement);
  if (!entry) throw new Error('The statement has canonical form');
  const log = aLog(someEntries(size).with(index, entry));
  const hashes = await inclusionProof(nodeCrypto, index, size, log.read);
  return writeReceipt(statement, aSalt, { index, hashes, checkpoint: change(log.checkpoint) });
}

function aPrivateKey(seed: string): KeyObject {
  // PKCS #8 of an Ed25519 key is this and the 32 octets of its seed (RFC 8410).
  const prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
  const key = Buffer.concat([prefix, createHash('sha256').update(seed).digest()]);
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
}

function publicOf(privateKey: KeyObject): string {
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  return x ?? '';
}
