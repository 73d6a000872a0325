import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../clock.ts';

export interface ParkHour {
  /** Calendar date in the park. */
  readonly day: string;
  /** Whether this process has not seen an hour of the day yet. */
  readonly isNewDay: boolean;
}

/**
 * Calls at once, and then whenever the park's clock has come to another hour, so that midnight is not missed by more
 * than a second, whether the machine slept or the clock was set. A call that fails is made again a second later.
 * Returns what ends it, once a call that runs has come to its end.
 */
export function everyParkHour(
  {
    clock,
    timeZone,
    logger,
  }: {
    readonly clock: Clock;
    readonly timeZone: string;
    readonly logger: Pick<FastifyBaseLogger, 'error'>;
  },
  call: (hour: ParkHour) => Promise<void>,
): () => Promise<void> {
  let last = { hour: '', day: '' };
  let running: Promise<void> | null = null;
  const look = (): void => {
    const now = clock.now().toZonedDateTimeISO(timeZone);
    const hour = now.toString().slice(0, 'YYYY-MM-DDTHH'.length);
    if (running !== null || hour === last.hour) return;
    const day = now.toPlainDate().toString();
    running = call({ day, isNewDay: day !== last.day })
      .then(() => {
        last = { hour, day };
      })
      .catch((error: unknown) => logger.error({ err: error }, 'park hour'))
      .finally(() => {
        running = null;
      });
  };
  const timer = setInterval(look, 1_000);
  timer.unref();
  look();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
