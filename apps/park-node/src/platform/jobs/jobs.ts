import type { FastifyBaseLogger } from 'fastify';
import { fromKysely, type Job, type JobResult, PgBoss } from 'pg-boss';
import { databaseErrorInBrief, isOfDatabase } from '../database/sql.ts';
import type { Store, Tx } from '../database/store.ts';
import { listFailed } from './failed-jobs.ts';
import { jobsSchema } from './jobs-schema.ts';
import type { FailedJob, FailedJobsPosition, Queue, QueueSettings } from './queue.ts';

/** What the node does on its own, later: kept in the database, done at least once. */
export interface Jobs {
  /** Enqueues in the transaction that causes the jobs, so that neither is there without the other. */
  enqueue<Data extends object>(tx: Tx, queue: Queue<Data>, data: readonly Data[]): Promise<void>;
  /** Says what does the jobs of a queue; before `start`. What it does twice must have its effect once. */
  handle<Data extends object>(queue: Queue<Data>, handler: (data: Data) => Promise<void>): void;
  start(): Promise<void>;
  /** Lets what is running come to its end. */
  stop(): Promise<void>;
  /** Jobs that failed for good, the longest waiting first. */
  listFailed(tx: Tx, limit: number, after: FailedJobsPosition | null): Promise<readonly FailedJob[]>;
  /** Lets a failed job begin again; false when there is none of that id. */
  retry(tx: Tx, jobId: string): Promise<boolean>;
}

export interface JobsOptions {
  readonly store: Store;
  readonly queues: readonly QueueSettings[];
  readonly logger: Pick<FastifyBaseLogger, 'error' | 'warn'>;
  /** Unit: seconds. */
  readonly pace?: {
    /** How often a worker looks for jobs that another process enqueued. */
    readonly polling: number;
    /** How often jobs are looked for whose process has died. */
    readonly supervision: number;
  };
}

/**
 * The jobs of a park, which all of its processes share through the database.
 *
 * A job that fails is tried again with growing pauses, and after the last attempt lies with the failed ones, where
 * whoever runs the park finds it. A job whose process died begins again elsewhere once its heartbeat has been missed.
 */
export async function openJobs(options: JobsOptions): Promise<Jobs> {
  const { store, queues, logger, pace = usualPace } = options;
  const boss = new PgBoss({
    db: store.jobs,
    backend: store.kind === 'embedded' ? 'pglite' : 'postgres',
    schema: jobsSchema,
    // The node has no right to change tables: migrations do that.
    migrate: false,
    createSchema: false,
    reindex: false,
    // The park's own clock says when a day has passed (park-hours.ts).
    schedule: false,
    superviseIntervalSeconds: pace.supervision,
    monitorIntervalSeconds: pace.supervision,
    maintenanceIntervalSeconds: 3_600,
  });
  boss.on('error', (error) => logger.error({ err: asError(error) }, 'jobs'));
  boss.on('warning', ({ message }) => logger.warn({ message }, 'jobs'));
  await boss.start();
  await boss.createQueue(failedQueue, { retentionSeconds: keptSeconds });
  for (const queue of queues) await createQueue(boss, queue);
  // The library asks what a queue is like when it first uses it, on a connection of its own. In a transaction of the
  // embedded store, which has one, it would wait for itself, so it is made to ask now.
  for (const name of [failedQueue, ...queues.map((queue) => queue.name)]) await boss.insert(name, []);
  return new BossJobs(boss, pace.polling);
}

class BossJobs implements Jobs {
  readonly #boss: PgBoss;
  readonly #pollingSeconds: number;
  readonly #handlers = new Map<string, Handled>();
  /** By queue, the worker that is woken when this process has enqueued something. */
  readonly #workers = new Map<string, string>();

  constructor(boss: PgBoss, pollingSeconds: number) {
    this.#boss = boss;
    this.#pollingSeconds = pollingSeconds;
  }

  async enqueue<Data extends object>(tx: Tx, { name }: Queue<Data>, data: readonly Data[]): Promise<void> {
    if (data.length === 0) return;
    const jobs = data.map((each) => ({ data: each }));
    await this.#boss.insert(name, jobs, { db: fromKysely(tx) });
    const worker = this.#workers.get(name);
    // By then the transaction is most likely done; if not, polling finds the job.
    if (worker !== undefined)
      setTimeout(() => this.#boss.notifyWorker(worker), wakeAfterMilliseconds).unref();
  }

  handle<Data extends object>(queue: Queue<Data>, handler: (data: Data) => Promise<void>): void {
    this.#handlers.set(queue.name, { queue, handler: (data) => handler(queue.data.parse(data)) });
  }

  async start(): Promise<void> {
    for (const [name, { queue, handler }] of this.#handlers) {
      const single = queue.runs === 'single';
      const worker = await this.#boss.work(
        name,
        {
          pollingIntervalSeconds: this.#pollingSeconds,
          batchSize: single ? 1 : batchSize,
          burstWhenBatchFull: !single,
          perJobResults: true,
        },
        (batch) => workOff(batch, handler),
      );
      this.#workers.set(name, worker);
    }
  }

  async stop(): Promise<void> {
    const names = [...this.#workers.keys()];
    this.#workers.clear();
    await Promise.all(names.map((name) => this.#boss.offWork(name)));
    await this.#boss.stop({ close: false });
  }

  async listFailed(tx: Tx, limit: number, after: FailedJobsPosition | null): Promise<readonly FailedJob[]> {
    return await listFailed(tx, failedQueue, limit, after);
  }

  async retry(tx: Tx, jobId: string): Promise<boolean> {
    return (await this.#boss.redrive(failedQueue, { ids: [jobId], db: fromKysely(tx) })) > 0;
  }
}

interface Handled {
  readonly queue: QueueSettings;
  readonly handler: (data: unknown) => Promise<void>;
}

const usualPace = { polling: 2, supervision: 30 };
const failedQueue = 'failed-jobs';
const batchSize = 20;
const wakeAfterMilliseconds = 50;
const keptSeconds = 365 * 86_400;

async function createQueue(boss: PgBoss, { name, runs, longestSeconds }: QueueSettings): Promise<void> {
  const options = {
    // Over some three hours: a fault that lasts longer needs a person.
    retryLimit: 12,
    retryDelay: 5,
    retryBackoff: true,
    retryDelayMax: 3_600,
    expireInSeconds: longestSeconds,
    heartbeatSeconds: 60,
    retentionSeconds: keptSeconds,
    deleteAfterSeconds: 6 * 3_600,
    deadLetter: failedQueue,
  };
  await boss.createQueue(name, { ...options, policy: runs === 'single' ? 'stately' : 'standard' });
  // A queue that an earlier version of the node made gets the options of this one.
  await boss.updateQueue(name, options);
}

/** One after the other; what becomes of one is nothing to the next. */
async function workOff(
  batch: readonly Job<unknown>[],
  handler: (data: unknown) => Promise<void>,
): Promise<JobResult[]> {
  const results: JobResult[] = [];
  for (const { id, data } of batch) {
    try {
      await handler(data);
      results.push({ id, status: 'completed' });
    } catch (error) {
      results.push({ id, status: 'failed', output: { reason: plainly(error) } });
    }
  }
  return results;
}

/** The library tells of most errors by a copy of what they hold, which the log would not know for an error. */
function asError(told: { readonly message: string }): Error {
  return told instanceof Error ? told : Object.assign(new Error(told.message), told);
}

/** An error for whoever runs the park to read: of one of the database, whose words quote rows, what kind it is and where. */
function plainly(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return isOfDatabase(error) ? databaseErrorInBrief(error) : `${error.name}: ${error.message}`;
}
