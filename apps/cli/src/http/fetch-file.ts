import { setTimeout } from 'node:timers/promises';
import { fill, type Messages } from '../i18n/messages.ts';

/** Why nothing could be had from an address; the message says what to do. */
export class FetchFault extends Error {
  readonly words: (m: Messages) => string;

  constructor(words: (m: Messages) => string, cause?: unknown) {
    super('Not fetched', { cause });
    this.words = words;
  }
}

/** How long an answer may take, and how often and how long a server that is busy is waited for. */
const patience = { milliseconds: 30_000, times: 10, retryAfterSeconds: 120 };

/**
 * The bytes at an address; null where there are none (404).
 *
 * Waits where a server that is busy says for how long.
 *
 * Throws: a FetchFault when it cannot be reached, answers otherwise, or has more bytes than such a file may have.
 */
export async function fetchFile(url: string, limitBytes: number): Promise<Uint8Array | null> {
  try {
    const response = await ask(url);
    if (!response.ok) await response.body?.cancel();
    if (response.status === 404) return null;
    if (!response.ok) {
      throw new FetchFault((m) => fill(m.proof.faults.status, { url, status: String(response.status) }));
    }
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of response.body ?? []) {
      length += chunk.length;
      if (length > limitBytes) {
        throw new FetchFault((m) => fill(m.proof.faults.tooLarge, { url, limit: String(limitBytes) }));
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    if (error instanceof FetchFault) throw error;
    throw new FetchFault((m) => fill(m.proof.faults.unreachable, { url, reason: reasonOf(error) }), error);
  }
}

async function ask(url: string): Promise<Response> {
  for (let times = 1; ; times += 1) {
    const response = await fetch(url, { signal: AbortSignal.timeout(patience.milliseconds) });
    const isBusy = response.status === 429 || response.status === 503;
    const wait = /^\d{1,6}$/.exec((isBusy && response.headers.get('retry-after')) || '');
    if (!wait || times === patience.times) return response;
    await response.body?.cancel();
    await setTimeout(Math.min(Number(wait[0]), patience.retryAfterSeconds) * 1000);
  }
}

/** Code of the system's fault, such as ECONNREFUSED, which lies below what fetch says. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return String(cause);
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
}

/** The address without its last slash, or what is wrong with it. */
export function readUrl(
  written: string,
  m: Messages,
): { readonly url: string } | { readonly reason: string } {
  const url = URL.parse(written);
  if (url !== null && /^https?:$/.test(url.protocol)) {
    return { url: `${url.origin}${url.pathname.replace(/\/+$/, '')}` };
  }
  return { reason: fill(m.proof.faults.badUrl, { value: written }) };
}
