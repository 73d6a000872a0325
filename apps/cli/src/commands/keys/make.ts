import { type KeyUse, keyUses } from '@twinpark/contract/node/park-card.ts';
import { nearest } from '@twinpark/pack/nearest.ts';
import { listOf } from '@twinpark/pack/words/words.ts';
import { makeKeyFile, readKeyFiles } from '@twinpark/park-node/platform/keys/key-files.ts';
import type { ParkKeyPair } from '@twinpark/park-node/platform/keys/key-ring.ts';
import { keysFolder, makeMissingKeys } from '@twinpark/park-node/platform/keys/node-keys.ts';
import { parkCardFile } from '@twinpark/park-node/platform/keys/park-card.ts';
import { StartFault } from '@twinpark/park-node/platform/start-fault.ts';
import { startFaultText } from '@twinpark/park-node/platform/start-fault-text.ts';
import { faultOf } from '../../dispatch.ts';
import { wrongUsage } from '../../faults.ts';
import { fill, type Messages, plural } from '../../i18n/messages.ts';
import { done, type Fault, failed, json, type Outcome } from '../../outcome.ts';
import { hang, wrap } from '../../render/width.ts';
import { type Command, type Input, nameOf, optionValue, type Session } from '../command.ts';

/** Makes the keys of a node that are missing, or a further one of a use, which then takes over from the one before. */
export const keysMake: Command = {
  words: ['keys', 'make'],
  summary: (m) => m.commands.keysMake,
  operands: [],
  options: [
    { name: 'data', required: true, about: (m) => m.options.keysData },
    { name: 'use', about: (m) => m.options.keysUse },
    { name: 'json', about: (m) => m.options.json },
  ],
  examples: ['twinpark keys make --data data', 'twinpark keys make --data data --use gateway'],
  run: (input, session) => Promise.resolve(run(input, session)),
};

function run(input: Input, session: Session): Outcome {
  const { m } = session;
  const asked = optionValue(input, 'use');
  const use = keyUses.find((each) => each === asked);
  const faults = [
    ...input.faults,
    ...(asked !== undefined && use === undefined ? [unknownUse(asked, m)] : []),
  ];
  const data = optionValue(input, 'data');
  if (faults.length > 0 || data === undefined) return wrongUsage(nameOf(keysMake), faults, m);
  const folder = session.resolve(data);
  try {
    const files = make(folder, use, session);
    if (files === null) return wrongUsage(nameOf(keysMake), [faultOf('use', m.keysMake.madeThisSecond)], m);
    const keys = keyUses.flatMap((each) => readKeyFiles(keysFolder(folder), each));
    const card = parkCardFile(folder);
    if (input.flags.has('json')) return json({ made: files, keys: keys.map(describe), card });
    return done(inWords(keys, files, card, session));
  } catch (error) {
    const text = startFaultText(faultIn(error, folder), m.language);
    return failed(2, `${wrap(text, session.terminal.width).join('\n')}\n`, {
      faults: [{ ...faultOf('data', text) }],
    });
  }
}

/** The files that were made; null where the one asked for has been made in this second already. */
function make(
  folder: string,
  use: KeyUse | undefined,
  { now }: Pick<Session, 'now'>,
): readonly string[] | null {
  if (use === undefined) return makeMissingKeys(folder, now());
  // A damaged key of this use is told before another one stands beside it.
  readKeyFiles(keysFolder(folder), use);
  const file = makeKeyFile(keysFolder(folder), use, now());
  return file === null ? null : [file];
}

function unknownUse(value: string, m: Messages): Fault {
  const suggestion = nearest(value, keyUses);
  const reason = fill(m.keysMake.unknownUse, { value, suggestion, known: listOf(m, keyUses) });
  return { ...faultOf('use', reason), example: `--use ${suggestion || keyUses[0]}` };
}

function describe({ use, keyId, from, file, privateKey }: ParkKeyPair) {
  return { use, kid: keyId, from: from.toString(), file, retired: privateKey === null };
}

function inWords(
  keys: readonly ParkKeyPair[],
  made: readonly string[],
  card: string,
  { m, terminal }: Session,
): string {
  const { width, paint } = terminal;
  const words = m.keysMake;
  const head = made.length === 0 ? words.nothingMissing : plural(words.made, made.length);
  const lines = [
    ...wrap(head, width).map((line) => paint('strong', line)),
    ...keys.flatMap(({ use, keyId, file }) => [
      '',
      `${paint('strong', use)}  ${words.uses[use]}${made.includes(file) ? words.fresh : ''}`,
      ...hang(fill(words.fingerprint, { fingerprint: keyId }), width, '  '),
      ...hang(fill(words.file, { file }), width, '  '),
    ]),
    '',
    ...(made.length === 0 ? [] : [...wrap(words.restart, width), ...wrap(words.backup, width)]),
    ...wrap(fill(words.card, { file: card }), width),
  ];
  return `${lines.join('\n')}\n`;
}

/** What keeps keys from being read or made, in a way that the reader can act on. */
function faultIn(error: unknown, folder: string): StartFault {
  if (error instanceof StartFault) return error;
  if (!(error instanceof Error && 'code' in error)) throw error;
  return new StartFault('folderUnwritable', { folder, reason: error.code }, error);
}
