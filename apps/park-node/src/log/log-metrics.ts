import { Gauge, type Registry } from 'prom-client';
import type { Services } from '../services.ts';
import { type LogMeasures, measureLog } from './queries/measure-log.ts';

/** What a monitoring system asks of the log: how long it is, what waits, and how far the other park has signed it. */
export function registerLogMetrics(
  register: Registry,
  { store, clock, logger }: Pick<Services, 'store' | 'clock' | 'logger'>,
): void {
  const gauge = (name: string, help: string, read: (measured: LogMeasures) => number) =>
    new Gauge({
      name,
      help,
      registers: [register],
      async collect() {
        try {
          this.set(read(await store.write(measureLog)));
        } catch (error) {
          logger.warn(error, 'The log could not be measured');
        }
      },
    });
  gauge('twinpark_log_entries', 'Entries of the transparency log', ({ entries }) => entries);
  gauge('twinpark_log_pending', 'Entries that wait for their place in the log', ({ pending }) => pending);
  gauge(
    'twinpark_log_cosigned_entries',
    'Entries that the other park has signed, too',
    ({ cosigned }) => cosigned,
  );
  gauge(
    'twinpark_log_uncosigned_seconds',
    'Since when the other park has signed nothing, while there is something to sign; else 0',
    ({ uncosignedSince: since }) =>
      since === null ? 0 : (clock.now().epochMilliseconds - since.getTime()) / 1_000,
  );
}
