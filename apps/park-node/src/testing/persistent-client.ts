import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createClient, type Result } from '@twinpark/contract/client.ts';
import type {
  AnswerOf,
  Endpoint,
  SentBodyOf,
  SentParamsOf,
  SentQueryOf,
} from '@twinpark/contract/endpoint.ts';
import { listDemoAccounts, signInAsDemo } from '@twinpark/contract/identity/demo-accounts.ts';
import type { MemberRole } from '@twinpark/contract/identity/roles.ts';

interface Sent<E extends Endpoint> {
  readonly params?: SentParamsOf<E>;
  readonly query?: SentQueryOf<E>;
  readonly body?: SentBodyOf<E>;
}

/** The nodes at which a client may knock, now and then none of them. */
export interface Doors {
  /** Address of one that is thought to serve. */
  readonly url: () => string;
}

/**
 * A client that wants an answer: it repeats a request under the same key until some node of the park gives one, as a
 * browser on a bad line does.
 */
export class PersistentClient {
  readonly #doors: Doors;
  readonly cookie: string;
  answered = 0;
  /** Requests that were sent more than once. */
  repeated = 0;

  constructor(doors: Doors, cookie: string) {
    this.#doors = doors;
    this.cookie = cookie;
  }

  /** The first answer that comes from a node; problems of the node's own trouble are no answers. */
  async call<E extends Endpoint>(endpoint: E, sent: Sent<E> = {}): Promise<Result<E>> {
    const idempotencyKey = randomUUID();
    let last: unknown;
    const until = performance.now() + longestWait;
    for (let attempt = 1; ; attempt += 1) {
      if (attempt === 2) this.repeated += 1;
      if (performance.now() > until) throw new Error(`${endpoint.id} was not answered: ${last}`);
      try {
        const client = createClient({ baseUrl: this.#doors.url(), headers: { cookie: this.cookie } });
        const given = { ...sent, ...(endpoint.effect ? { idempotencyKey } : {}) };
        const signal = AbortSignal.timeout(longestAnswer);
        const result = await client.call(endpoint as Endpoint, { ...given, signal } as never);
        if (result.ok || !isMomentary(result.status, result.problem.code)) {
          this.answered += 1;
          return result as Result<E>;
        }
        last = JSON.stringify(result.problem);
      } catch (error) {
        // Nobody was there, or it was killed before it could answer.
        last = error;
      }
      await pause(50 + Math.random() * 100);
    }
  }

  async get<E extends Endpoint>(endpoint: E, sent: Sent<E> = {}): Promise<AnswerOf<E>> {
    const result = await this.call(endpoint, sent);
    if (!result.ok) throw new Error(`${endpoint.id}: ${result.status} ${JSON.stringify(result.problem)}`);
    return result.body as AnswerOf<E>;
  }
}

// Unit: milliseconds. A node that is killed again and again may take a while until it is there for long enough.
const longestWait = 300_000;
const longestAnswer = 20_000;

function isMomentary(status: number, code: string): boolean {
  return status >= 500 || code === 'idempotencyKeyInFlight' || code === 'rateLimited';
}

/** Signs in as a demo account of a role, for an organisation of the zone pack where it matters which. */
export async function signIn(
  doors: Doors,
  role: MemberRole,
  organization?: string,
): Promise<PersistentClient> {
  const nobody = new PersistentClient(doors, '');
  const { items } = await nobody.get(listDemoAccounts);
  const account = items.find(
    ({ acting }) => acting.role === role && (organization === undefined || acting.packId === organization),
  );
  if (!account) throw new Error(`There is no demo account for ${role} ${organization ?? ''}`);
  const address = signInAsDemo.path.replace(':accountId', encodeURIComponent(account.accountId));
  const response = await fetch(`${doors.url()}${address}`, {
    method: 'POST',
    headers: { 'idempotency-key': randomUUID() },
  });
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
  if (!response.ok || cookie === '') throw new Error(`Nobody could sign in: ${await response.text()}`);
  return new PersistentClient(doors, cookie);
}
