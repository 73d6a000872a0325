import { otherPark } from '@twinpark/pack/zone.ts';
import { parseSignedCheckpoint } from '@twinpark/transparency/checkpoint.ts';
import { cosign } from '@twinpark/transparency/cosignature.ts';
import { logName } from '@twinpark/transparency/keys.ts';
import { nodeCrypto } from '@twinpark/transparency/node-crypto.ts';
import { signatureLine } from '@twinpark/transparency/signed-note.ts';
import { decideWitness, parseAddCheckpoint, type WitnessDecision } from '@twinpark/transparency/witness.ts';
import { recordAudit } from '../platform/audit/audit-trail.ts';
import { instantNow } from '../platform/clock.ts';
import { type Problem, problem } from '../platform/http/problem.ts';
import type { Services } from '../services.ts';
import { peerNoteKey, witnessSigner } from './note-signers.ts';
import type { Head } from './queries/tree.ts';
import { lockWitnessed, rememberWitnessed } from './queries/witnessed.ts';

export type Cosigned =
  /** Lines of signature for below the checkpoint. */
  | { readonly lines: string }
  /** What this park has seen of the log, where the request goes by something else. */
  | { readonly knownSize: string };

/**
 * Says, as the other park's witness, that its log is the one seen so far and has only grown. What has been seen is kept
 * before it is said: the log's own park can never have it said of two histories.
 *
 * Problems: `malformedRequest`, `notFound` for a log that is not the other park's, `checkpointNotSigned`, `logForked`,
 * `logInconsistent`. Source: C2SP tlog-witness.
 */
export async function cosignLog(
  services: Services,
  body: string,
  requestId: string,
): Promise<Cosigned | Problem> {
  const { store, clock, zone, park, peerKeys, keys, ownKeys } = services;
  const origin = logName(zone.id, otherPark(zone, park.id).id);
  const asked = parseSignedCheckpoint(parseAddCheckpoint(body)?.checkpoint ?? '')?.checkpoint;
  if (asked === undefined) return problem('malformedRequest');
  const logKeys = peerKeys.list('log', clock.now()).map((key) => peerNoteKey('ed25519', key));
  // Nothing is stored, nor waited for, on the word of somebody who cannot sign for the log.
  const claim = decideWitness(nodeCrypto, body, () =>
    asked.origin === origin ? { keys: logKeys, last: null } : null,
  );
  if ('refused' in claim && ['unknownLog', 'notSigned'].includes(claim.refused)) return presented(claim);
  return await store.write(async (tx) => {
    const at = instantNow(clock);
    const last = await lockWitnessed(tx, origin, at);
    const decision = decideWitness(nodeCrypto, body, () => ({ keys: logKeys, last }));
    if ('refused' in decision) {
      if (isContradiction(decision)) await recordFork(services, tx, { last, asked, requestId, decision });
      return presented(decision);
    }
    const { checkpoint, note } = decision.cosign;
    await rememberWitnessed(tx, origin, {
      ...checkpoint,
      checkpoint: parseAddCheckpoint(body)?.checkpoint ?? '',
      at,
    });
    const seconds = Math.floor(at.getTime() / 1_000);
    const signer = witnessSigner({ zone: zone.id, park: park.id }, ownKeys.signer(keys.witness));
    return { lines: signatureLine(cosign(note.text, seconds, signer)) };
  });
}

type Refusal = Extract<WitnessDecision, { refused: unknown }>;

const codeOf = {
  malformed: 'malformedRequest',
  oldSizeTooLarge: 'malformedRequest',
  notSigned: 'checkpointNotSigned',
  unknownLog: 'notFound',
  otherSize: 'logForked',
  otherRoot: 'logForked',
  inconsistent: 'logInconsistent',
} as const;

function presented({ refused, body }: Refusal): Cosigned | Problem {
  return refused === 'otherSize' && body !== null ? { knownSize: body } : problem(codeOf[refused]);
}

/**
 * The log has signed something that does not go with what it signed before. One that is merely shorter than what was
 * seen says nothing: an older request may have been overtaken on its way.
 */
function isContradiction({ refused }: Refusal): boolean {
  return refused === 'otherRoot' || refused === 'inconsistent';
}

async function recordFork(
  { clock, logger }: Services,
  tx: Parameters<typeof recordAudit>[0],
  found: {
    readonly last: Head;
    readonly asked: Head & { readonly origin: string };
    readonly requestId: string;
    readonly decision: Refusal;
  },
): Promise<void> {
  const { last, asked, requestId, decision } = found;
  const details = {
    seenSize: last.size,
    seenRoot: last.root.toBase64(),
    size: asked.size,
    root: asked.root.toBase64(),
  };
  logger.error({ origin: asked.origin, ...details }, 'The log of the other park contradicts itself');
  const entry = {
    action: 'log.forkSeen',
    personId: null,
    organization: null,
    role: null,
    subjectKind: 'log',
    subjectId: asked.origin,
    requestId,
    details,
  } as const;
  await recordAudit(tx, clock, entry, 'refused', codeOf[decision.refused]);
}
