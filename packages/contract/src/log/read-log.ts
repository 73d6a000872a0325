import { z } from 'zod';
import { idSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';

const sizeSchema = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const hashSchema = z.base64().length(44);

export const readCheckpoint = endpoint({
  id: 'readCheckpoint',
  method: 'GET',
  path: '/log/checkpoint',
  tag: 'Log',
  summary: 'The newest checkpoint of the park’s log, with the other park’s cosignature once it has one',
  description: 'A signed note (C2SP tlog-checkpoint, tlog-cosignature).',
  access: 'public',
  success: { status: 200, body: null },
  mediaType: 'text/plain; charset=utf-8',
  effect: false,
  problems: ['notFound'],
});

const partSchema = z.string().max(20);
const levelSchema = z
  .string()
  .max(20)
  .describe('`entries` for what the log holds, else the level of the hashes: 0 for those of the entries');
const tile = {
  method: 'GET',
  tag: 'Log',
  summary: 'A tile of the log: 256 hashes or entries, or those that there are so far',
  description:
    'C2SP tlog-tiles. The index is written in groups of three digits, all but the last behind an x, and a tile that is not full has `.p/WIDTH` behind it; so the address has one part or several.',
  access: 'public',
  success: { status: 200, body: null },
  mediaType: 'application/octet-stream',
  effect: false,
  problems: ['notFound'],
} as const;

/** `/log/tile/0/001` */
const readTile = endpoint({
  ...tile,
  id: 'readTile',
  path: '/log/tile/:level/:first',
  params: z.object({ level: levelSchema, first: partSchema }),
});
/** `/log/tile/0/x001/234`, `/log/tile/0/001.p/5` */
const readTileOfTwoParts = endpoint({
  ...tile,
  id: 'readTileOfTwoParts',
  path: '/log/tile/:level/:first/:second',
  params: z.object({ level: levelSchema, first: partSchema, second: partSchema }),
});
/** `/log/tile/0/x001/x234/567`, `/log/tile/0/x001/234.p/5` */
const readTileOfThreeParts = endpoint({
  ...tile,
  id: 'readTileOfThreeParts',
  path: '/log/tile/:level/:first/:second/:third',
  params: z.object({ level: levelSchema, first: partSchema, second: partSchema, third: partSchema }),
});
/** `/log/tile/0/x001/x234/567.p/5` */
const readTileOfFourParts = endpoint({
  ...tile,
  id: 'readTileOfFourParts',
  path: '/log/tile/:level/:first/:second/:third/:fourth',
  params: z.object({
    level: levelSchema,
    first: partSchema,
    second: partSchema,
    third: partSchema,
    fourth: partSchema,
  }),
});
/** A log of 256 thousand million entries has no tile with more parts. */
export const readTileEndpoints = [
  readTile,
  readTileOfTwoParts,
  readTileOfThreeParts,
  readTileOfFourParts,
] as const;

export const proveInclusion = endpoint({
  id: 'proveInclusion',
  method: 'GET',
  path: '/log/proof/inclusion',
  tag: 'Log',
  summary: 'That an entry is in the log of a size (RFC 6962 section 2.1.1)',
  access: 'public',
  query: z.object({
    entry: idSchema.optional().describe('Id of the entry; or else its index'),
    index: sizeSchema.optional(),
    size: sizeSchema.optional().describe('Where it is missing, the size of the newest checkpoint'),
  }),
  success: {
    status: 200,
    body: z
      .object({
        index: z.int(),
        size: z.int(),
        entry: hashSchema.describe('What the log holds: the salted hash of the statement'),
        hashes: z.array(hashSchema).describe('From the leaf’s neighbour upwards'),
      })
      .meta({ id: 'InclusionProof' }),
  },
  effect: false,
  problems: ['notFound', 'logRangeUnknown'],
});

export const proveConsistency = endpoint({
  id: 'proveConsistency',
  method: 'GET',
  path: '/log/proof/consistency',
  tag: 'Log',
  summary: 'That the log of one size is the beginning of that of another (RFC 6962 section 2.1.2)',
  access: 'public',
  query: z.object({
    from: sizeSchema,
    to: sizeSchema.optional().describe('Where it is missing, the size of the newest checkpoint'),
  }),
  success: {
    status: 200,
    body: z
      .object({ from: z.int(), to: z.int(), hashes: z.array(hashSchema) })
      .meta({ id: 'ConsistencyProof' }),
  },
  effect: false,
  problems: ['logRangeUnknown'],
});

/** Largest body of a request to cosign: 63 hashes and a checkpoint with its signatures. Unit: bytes. */
const largestAddCheckpointBytes = 65_536;

/**
 * Of no effect in the sense of an Idempotency-Key: to be asked twice about the same checkpoint is to say the same twice,
 * and the checkpoint's own signature says whose request it is.
 */
export const addCheckpoint = endpoint({
  id: 'addCheckpoint',
  method: 'POST',
  path: '/witness/add-checkpoint',
  tag: 'Log',
  summary: 'This park’s cosignature on a checkpoint of the other park’s log',
  description:
    'C2SP tlog-witness. The answer is lines of signature for below the checkpoint. Where the request goes by another size than was seen here last, the answer has status 409 and is that size, as `text/x.tlog.size`.',
  access: 'public',
  bodyMediaType: 'text/plain',
  largestBodyBytes: largestAddCheckpointBytes,
  success: { status: 200, body: null },
  mediaType: 'text/plain; charset=utf-8',
  effect: false,
  problems: ['notFound', 'checkpointNotSigned', 'logForked', 'logInconsistent'],
});
