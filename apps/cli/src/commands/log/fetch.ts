import type { ParkKeys } from '@twinpark/transparency/keys.ts';
import { type MirrorFault, mirrorLog } from '@twinpark/transparency/mirror-log.ts';
import { nodeCrypto } from '@twinpark/transparency/node-crypto.ts';
import { FetchFault, fetchFile, readUrl } from '../../http/fetch-file.ts';
import { fill, type Messages, plural } from '../../i18n/messages.ts';
import { done, failed, json, type Outcome } from '../../outcome.ts';
import { wrap } from '../../render/width.ts';
import { type Command, type Input, nameOf, type Session } from '../command.ts';
import { openKeys, parkNameOf } from '../open-keys.ts';
import { logFileBytes, logFolder } from './folder.ts';
import { brokenLog, cosignersInWords, describeCheckpoint } from './words.ts';

/** Copies the log of a park's node into a folder, or brings the copy up to date. */
export const logFetch: Command = {
  words: ['log', 'fetch'],
  summary: (m) => m.proof.about.logFetch,
  operands: [
    { value: 'url', required: true, example: 'https://park.example.org log --keys keys.json' },
    { value: 'folder', required: true, example: 'https://park.example.org log --keys keys.json' },
  ],
  options: [
    { name: 'keys', required: true, about: (m) => m.proof.options.keys },
    { name: 'json', about: (m) => m.options.json },
  ],
  examples: ['twinpark log fetch https://park.example.org log --keys keys.json'],
  run,
};

async function run(input: Input, session: Session): Promise<Outcome> {
  const { m, resolve } = session;
  const [written = '', shown = ''] = input.operands;
  const address = written === '' ? null : readUrl(written, m);
  const example = `twinpark ${nameOf(logFetch)} https://park.example.org log --keys keys.json`;
  const wrong =
    address && 'reason' in address ? [{ argument: m.values.url, reason: address.reason, example }] : [];
  const opened = await openKeys(logFetch, input, wrong, session);
  if ('outcome' in opened) return opened.outcome;
  const url = `${address && 'url' in address ? address.url : ''}/log`;
  try {
    return await copy(url, { path: resolve(shown), shown }, opened.keys, input, session);
  } catch (error) {
    return interrupted(error, shown, m);
  }
}

async function copy(
  url: string,
  folder: { readonly path: string; readonly shown: string },
  keys: ParkKeys,
  input: Input,
  { m, terminal }: Session,
): Promise<Outcome> {
  const remote = (path: string) => fetchFile(`${url}/${path}`, logFileBytes);
  const result = await mirrorLog(remote, logFolder(folder.path), keys, nodeCrypto);
  if ('fault' in result) {
    const { fault } = result;
    return brokenLog(fault.where === 'copy' ? folder.shown : url, fault, remedyOf(fault, m), m);
  }
  const { checkpoint, before, files } = result.mirrored;
  if (input.flags.has('json')) return json({ ok: true, ...describeCheckpoint(checkpoint), before, files });
  const words = m.proof.log;
  const sizes = { before: String(before), size: String(checkpoint.checkpoint.size) };
  const lines = [
    fill(words.grown, { path: folder.shown, park: parkNameOf(checkpoint.card, m), ...sizes }),
    plural(words.fetched, files),
    ...cosignersInWords(checkpoint, m),
  ];
  return done(`${lines.flatMap((line) => wrap(line, terminal.width)).join('\n')}\n`);
}

function remedyOf({ reason, where }: MirrorFault, m: Messages): string {
  const { evidence, damaged, again } = m.proof.log;
  if (where === 'copy') return damaged;
  return reason === 'missing' ? again : evidence;
}

/** The way or the disk has failed, and what was kept so far is proved. */
function interrupted(error: unknown, shown: string, m: Messages): Outcome {
  const { faults, log } = m.proof;
  const isOfDisk = error instanceof Error && 'code' in error && 'syscall' in error;
  if (!(error instanceof FetchFault) && !isOfDisk) throw error;
  const message =
    error instanceof FetchFault
      ? error.words(m)
      : fill(faults.notWritten, { path: shown, reason: String(error.code) });
  return failed(1, `${message}\n${log.again}\n`, {
    problems: [{ path: shown, code: 'interrupted', message }],
  });
}
