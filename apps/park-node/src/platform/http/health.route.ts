import { setTimeout as wait } from 'node:timers/promises';
import type { Services } from '../../services.ts';
import type { App } from './app.ts';
import { problem } from './problem.ts';

/** A database that takes longer is of no use to a request either. Unit: milliseconds. */
const longestPing = 2_000;

/**
 * For whoever runs the node: `/health/live` says that the process works, `/health/ready` that it can serve, which is to
 * say that its database answers and that it is not stopping. Migrations are done before a node listens at all.
 */
export function registerHealthRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  app.fastify.get('/health/live', () => ({ status: 'live' }));
  app.fastify.get('/health/ready', async (request, reply) => {
    if (app.draining) return app.refuse(request, reply, problem('shuttingDown'));
    const answers = await answersInTime(() => store.ping());
    return answers ? { status: 'ready' } : app.refuse(request, reply, problem('databaseUnavailable'));
  });
}

async function answersInTime(ping: () => Promise<void>): Promise<boolean> {
  const waiting = new AbortController();
  try {
    return await Promise.race([
      ping().then(() => true),
      wait(longestPing, false, { signal: waiting.signal }),
    ]);
  } catch {
    return false;
  } finally {
    waiting.abort();
  }
}
