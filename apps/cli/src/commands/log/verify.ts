import { stat } from 'node:fs/promises';
import { nodeCrypto } from '@twinpark/transparency/node-crypto.ts';
import { verifyLog } from '@twinpark/transparency/verify-log.ts';
import { fill, plural } from '../../i18n/messages.ts';
import { done, type Fault, json, type Outcome } from '../../outcome.ts';
import { wrap } from '../../render/width.ts';
import { type Command, type Input, nameOf, type Session } from '../command.ts';
import { openKeys, parkNameOf } from '../open-keys.ts';
import { logFolder } from './folder.ts';
import { brokenLog, cosignersInWords, describeCheckpoint } from './words.ts';

/** Makes every hash of a copied log anew from its entries and compares. Nothing is fetched. */
export const logVerify: Command = {
  words: ['log', 'verify'],
  summary: (m) => m.proof.about.logVerify,
  operands: [{ value: 'folder', required: true, example: 'log --keys keys.json' }],
  options: [
    { name: 'keys', required: true, about: (m) => m.proof.options.keys },
    { name: 'json', about: (m) => m.options.json },
  ],
  examples: ['twinpark log verify log --keys keys.json'],
  run,
};

async function run(input: Input, session: Session): Promise<Outcome> {
  const { m, terminal, resolve } = session;
  const [shown = ''] = input.operands;
  const folder = resolve(shown);
  const opened = await openKeys(logVerify, input, await missingFolder(shown, folder, session), session);
  if ('outcome' in opened) return opened.outcome;
  const verified = await verifyLog(logFolder(folder).read, opened.keys, nodeCrypto);
  if ('fault' in verified) return brokenLog(shown, verified.fault, m.proof.log.distrust, m);
  const { checkpoint, tiles } = verified.found;
  if (input.flags.has('json')) return json({ ok: true, ...describeCheckpoint(checkpoint), tiles });
  const words = m.proof.log;
  const lines = [
    fill(words.whole, { path: shown, park: parkNameOf(checkpoint.card, m) }),
    [plural(words.entries, checkpoint.checkpoint.size), plural(words.tiles, tiles)].join(m.proof.log.comma),
    fill(words.root, { root: checkpoint.checkpoint.root.toBase64() }),
    ...cosignersInWords(checkpoint, m),
  ];
  return done(`${lines.flatMap((line) => wrap(line, terminal.width)).join('\n')}\n`);
}

/** An empty word names no folder, which has been said already. */
async function missingFolder(shown: string, folder: string, { m }: Session): Promise<readonly Fault[]> {
  if (shown === '') return [];
  const example = `twinpark ${nameOf(logVerify)} log --keys keys.json`;
  const kind = await stat(folder).then(
    (found) => (found.isDirectory() ? null : m.faults.notAFolder),
    () => m.faults.folderMissing,
  );
  return kind === null ? [] : [{ argument: shown, reason: fill(kind, { path: shown }), example }];
}
