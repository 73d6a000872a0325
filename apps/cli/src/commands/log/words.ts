import { join } from 'node:path';
import type { TrustedCheckpoint } from '@twinpark/transparency/check-checkpoint.ts';
import { fill, type Messages } from '../../i18n/messages.ts';
import { failed, type Outcome } from '../../outcome.ts';

export interface ShownLogFault {
  readonly reason: keyof Messages['proof']['logReasons'];
  /** Name of the file below the folder or address. */
  readonly place: string;
  readonly entry: number | null;
}

/** What is wrong with a log: the file, the entry, the reason, and what to do. */
export function brokenLog(base: string, fault: ShownLogFault, remedy: string, m: Messages): Outcome {
  const words = m.proof;
  const isUrl = /^https?:/.test(base);
  const place = isUrl ? `${base}/${fault.place}` : join(base, fault.place);
  const message = words.logReasons[fault.reason];
  const line =
    fault.entry === null
      ? fill(words.log.fault, { place, reason: message })
      : fill(words.log.faultAt, { place, entry: String(fault.entry), reason: message });
  const problem = { path: place, code: fault.reason, entry: fault.entry, message };
  return failed(1, `${line}\n${remedy}\n`, { problems: [problem] });
}

/** Who has cosigned a checkpoint. */
export function cosignersInWords({ cosigners }: TrustedCheckpoint, m: Messages): readonly string[] {
  if (cosigners.length === 0) return [m.proof.log.notCosigned];
  return cosigners.map(({ at, witness }) => fill(m.proof.log.cosigned, { at, witness }));
}

/** A checkpoint as programs read it. */
export function describeCheckpoint({ checkpoint, cosigners, card }: TrustedCheckpoint): object {
  const { origin, size, root } = checkpoint;
  return { zone: card.zone, park: card.park, origin, size, root: root.toBase64(), cosigners };
}
