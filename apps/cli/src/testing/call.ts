import { join } from 'node:path';
import { Writable } from 'node:stream';
import { WriteStream } from 'node:tty';
import { run } from '../run.ts';

/** Root of the repository. */
export const home = join(import.meta.dirname, '../../../..');
/** The invented zone of the tests: small, two parks `north` and `south`, sound. */
export const inventedZone = join(home, 'packages/testkit/zone');
export const fixtures = join(import.meta.dirname, '../fixtures');

interface Circumstances {
  readonly env?: Readonly<Record<string, string>>;
  readonly columns?: number;
  /** Whether the output is a terminal with colours. */
  readonly isTty?: boolean;
  readonly now?: string;
  /** Asks the command to end once it aborts. */
  readonly stop?: AbortSignal;
  /** Told what is printed while the command goes on. */
  readonly onOut?: (text: string) => void;
}

export interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Calls the command line without a process of its own: what it answers, and nothing else happens. */
export async function call(argv: readonly string[], circumstances: Circumstances = {}): Promise<Answer> {
  const { env = { LANG: 'en_HK.UTF-8' }, columns = 110, now = '2026-03-02T01:00:00Z' } = circumstances;
  const stdout = collect(columns, env, circumstances.isTty ?? false, circumstances.onOut);
  const stderr = collect(columns, env, false);
  const code = await run(argv, {
    env,
    folder: home,
    now: () => Temporal.Instant.from(now),
    stdout: stdout.stream,
    stderr: stderr.stream,
    onStop: (listener) => {
      circumstances.stop?.addEventListener('abort', listener);
      return () => circumstances.stop?.removeEventListener('abort', listener);
    },
  });
  return { code, out: stdout.text(), err: stderr.text() };
}

function collect(
  columns: number,
  env: Readonly<Record<string, string>>,
  isTTY: boolean,
  onText?: (text: string) => void,
) {
  const chunks: string[] = [];
  const stream = new Writable({
    write: (chunk, _, done) => {
      chunks.push(String(chunk));
      onText?.(String(chunk));
      done();
    },
  });
  // A terminal says how many colours it has; the platform reads that from the environment it is given.
  const getColorDepth = () => WriteStream.prototype.getColorDepth(env);
  return { stream: Object.assign(stream, { columns, isTTY, getColorDepth }), text: () => chunks.join('') };
}
