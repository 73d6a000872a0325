import { Gauge, type Registry } from 'prom-client';
import type { Services } from '../services.ts';
import { readLink } from './queries/peer-link.ts';
import { countUnsettled } from './queries/traffic.ts';

/** More are not counted: by then somebody has been told. */
const mostCounted = 1_000_000;

/** What a monitoring system asks of the gateway: what waits, what is stuck, since when the other park is away. */
export function registerGatewayMetrics(
  register: Registry,
  { store, clock }: Pick<Services, 'store' | 'clock'>,
): void {
  const count = (status: 'waiting' | 'stuck') => async (gauge: Gauge) =>
    gauge.set((await store.write((tx) => countUnsettled(tx, status, mostCounted))).count);
  addGauge(
    register,
    'twinpark_outbox_waiting',
    'Messages that wait to be taken by the other park',
    count('waiting'),
  );
  addGauge(register, 'twinpark_outbox_stuck', 'Messages that the other park refused', count('stuck'));
  addGauge(
    register,
    'twinpark_peer_away_seconds',
    'Since when the other park does not answer; 0 while it does',
    async (gauge) => {
      const { failingSince } = await store.write(readLink);
      gauge.set(failingSince === null ? 0 : (clock.now().epochMilliseconds - failingSince.getTime()) / 1_000);
    },
  );
}

function addGauge(
  register: Registry,
  name: string,
  help: string,
  read: (gauge: Gauge) => Promise<void>,
): void {
  const gauge: Gauge = new Gauge({
    name,
    help,
    registers: [register],
    collect: () => read(gauge),
  });
}
