import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { registerGatewayMetrics } from '../../gateway/gateway-metrics.ts';
import { registerLogMetrics } from '../../log/log-metrics.ts';
import type { Services } from '../../services.ts';
import type { App } from './app.ts';
import { routeOf } from './log.ts';
import { problem } from './problem.ts';

/**
 * What a monitoring system asks for, in the text format of Prometheus. It holds no personal data, but tells how busy a
 * park is: it is for the bearer of the configured token, or, where none is configured, for this machine alone.
 */
export function registerMetricsRoute(app: App, services: Services): void {
  const { config, store, logger } = services;
  const register = new Registry();
  if (services.peer) registerGatewayMetrics(register, services);
  registerLogMetrics(register, services);
  collectDefaultMetrics({ register, prefix: 'twinpark_' });
  const requests = new Histogram({
    name: 'twinpark_request_duration_seconds',
    help: 'Time from a request to its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [register],
  });
  const commands = new Counter({
    name: 'twinpark_effects_total',
    help: 'Requests that change something, by operation and by the code of the problem where they changed nothing',
    labelNames: ['operation', 'code'],
    registers: [register],
  });
  const jobs = new Gauge({
    name: 'twinpark_jobs',
    help: 'Jobs by queue and state',
    labelNames: ['queue', 'state'],
    registers: [register],
  });
  app.onAnswered(({ request, endpoint, status, code, seconds }) => {
    requests.observe({ method: request.method, route: routeOf(request), status }, seconds);
    if (endpoint?.effect) commands.inc({ operation: endpoint.id, code: code ?? 'done' });
  });

  app.fastify.get('/metrics', async (request, reply) => {
    if (!mayRead(request, config.metricsToken)) return app.refuse(request, reply, problem('notFound'));
    await countJobs(jobs, store, logger);
    return await reply.type(register.contentType).send(await register.metrics());
  });
}

/** What the jobs library last counted of each queue; nothing where its tables cannot be read. */
async function countJobs(
  jobs: Gauge<'queue' | 'state'>,
  store: Services['store'],
  logger: Services['logger'],
): Promise<void> {
  jobs.reset();
  try {
    const { rows } = await store.jobs.executeSql(
      'select name, queued_count, active_count, deferred_count from pgboss.queue',
    );
    for (const row of rows) {
      for (const state of ['queued', 'active', 'deferred']) {
        jobs.set({ queue: String(row['name']), state }, Number(row[`${state}_count`]));
      }
    }
  } catch (error) {
    logger.warn(error, 'The jobs could not be counted');
  }
}

function mayRead(request: FastifyRequest, token: string | null): boolean {
  // The peer's own address: what a proxy says of another counts for nothing here.
  if (token === null)
    return isLoopback(request.socket.remoteAddress) && !('x-forwarded-for' in request.headers);
  const given = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  return timingSafeEqual(sha256(given), sha256(token));
}

function isLoopback(address: string | undefined): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address ?? '');
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
