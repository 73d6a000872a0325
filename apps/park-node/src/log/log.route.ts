import {
  proveConsistency,
  proveInclusion,
  readCheckpoint,
  readTileEndpoints,
} from '@twinpark/contract/log/read-log.ts';
import { toBase64 } from '@twinpark/transparency/bytes.ts';
import { consistencyProof, inclusionProof } from '@twinpark/transparency/merkle-proofs.ts';
import { nodeCrypto } from '@twinpark/transparency/node-crypto.ts';
import { parseTilePath } from '@twinpark/transparency/tiles.ts';
import type { App } from '../platform/http/app.ts';
import { problem } from '../platform/http/problem.ts';
import { route } from '../platform/http/route.ts';
import type { Services } from '../services.ts';
import { findNewestCheckpoint } from './queries/checkpoints.ts';
import { findHead, findPlaces, listCommitments } from './queries/tree.ts';
import { readTile } from './read-tile.ts';
import { treeReader } from './tree-reader.ts';

/** The park's log, for whoever wants to check or to copy it. */
export function registerLogRoutes(app: App, { store }: Services): void {
  route(app, readCheckpoint, async () => {
    const newest = await store.write(findNewestCheckpoint);
    if (newest === null) return problem('notFound');
    const stream = Buffer.from(`${newest.note}${newest.cosignatures.join('')}`);
    return { headers: { 'cache-control': 'no-store' }, stream };
  });

  for (const endpoint of readTileEndpoints) {
    route(app, endpoint, async ({ params }) => {
      const tile = parseTilePath(`tile/${Object.values(params).join('/')}`);
      const bytes = tile && (await store.write((tx) => readTile(tx, tile)));
      return bytes ? { headers: forGood, stream: bytes } : problem('notFound');
    });
  }

  route(app, proveInclusion, async ({ query }) =>
    store.write(async (tx) => {
      const { size: newest } = await findHead(tx);
      const index = query.entry ? (await findPlaces(tx, [query.entry])).get(query.entry) : query.index;
      if (query.entry && index === undefined) return problem('notFound');
      const size = query.size ?? newest;
      if (index === undefined || index >= size || size > newest) {
        return problem('logRangeUnknown', { size: newest });
      }
      const hashes = await inclusionProof(nodeCrypto, index, size, treeReader(tx));
      const [entry = new Uint8Array()] = await listCommitments(tx, index, index + 1);
      return { index, size, entry: toBase64(entry), hashes: hashes.map(toBase64) };
    }),
  );

  route(app, proveConsistency, async ({ query: { from, to: asked } }) =>
    store.write(async (tx) => {
      const { size: newest } = await findHead(tx);
      const to = asked ?? newest;
      if (from > to || to > newest) return problem('logRangeUnknown', { size: newest });
      const hashes = await consistencyProof(nodeCrypto, from, to, treeReader(tx));
      return { from, to, hashes: hashes.map(toBase64) };
    }),
  );
}

/** What a tile of a name holds never changes: a wider one has another name. */
const forGood = { 'cache-control': 'public, max-age=31536000, immutable' };
