import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import type { JourneyDefinition } from '@twinpark/kernel/dossier/journey.ts';
import type { Zone } from '@twinpark/pack/zone.ts';
import { type Clock, instantNow } from '../platform/clock.ts';
import { json } from '../platform/database/sql.ts';
import type { Store, Tx } from '../platform/database/store.ts';

/** The law by content hash: what is in force today from the zone pack, what was from the store. */
export class Definitions {
  readonly #services = new Map<string, ServiceDefinition>();
  readonly #journeys = new Map<string, JourneyDefinition>();

  constructor(zone: Zone) {
    for (const service of zone.services.values()) this.#services.set(service.hash, service);
    for (const journey of zone.journeys.values()) this.#journeys.set(journey.hash, journey);
  }

  /** Services and journeys by hash; those that the zone pack no longer has are read once. */
  async load(tx: Tx, hashes: readonly string[]): Promise<void> {
    const unknown = hashes.filter((hash) => !this.#services.has(hash) && !this.#journeys.has(hash));
    if (unknown.length === 0) return;
    const rows = await tx
      .selectFrom('definitions')
      .select(['hash', 'kind', 'content'])
      .where('hash', 'in', unknown)
      .execute();
    for (const { hash, kind, content } of rows) {
      if (kind === 'service') this.#services.set(hash, content as ServiceDefinition);
      else this.#journeys.set(hash, content as JourneyDefinition);
    }
  }

  /** The newest text of services that the zone pack no longer has, by id. */
  async loadFormer(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, ServiceDefinition>> {
    if (ids.length === 0) return new Map();
    const rows = await tx
      .selectFrom('definitions')
      .select(['id', 'content'])
      .where('kind', '=', 'service')
      .where('id', 'in', ids)
      .orderBy('firstSeenAt')
      .execute();
    return new Map(rows.map(({ id, content }) => [id, content as ServiceDefinition]));
  }

  /** A definition that `load` was asked for before. */
  service(hash: string): ServiceDefinition {
    const service = this.#services.get(hash);
    if (!service) throw new Error(`No definition is stored for the hash ${hash}`);
    return service;
  }

  /** A journey that `load` was asked for before. */
  journey(hash: string): JourneyDefinition {
    const journey = this.#journeys.get(hash);
    if (!journey) throw new Error(`No definition is stored for the hash ${hash}`);
    return journey;
  }
}

/** Keeps every definition of the zone pack, so that a case can be read under its law when the pack has moved on. */
export async function storeDefinitions(store: Store, zone: Zone, clock: Clock): Promise<void> {
  const firstSeenAt = instantNow(clock);
  const rows = [
    ...[...zone.services.values()].map((service) => ({ kind: 'service' as const, definition: service })),
    ...[...zone.journeys.values()].map((journey) => ({ kind: 'journey' as const, definition: journey })),
  ].map(({ kind, definition }) => ({
    hash: definition.hash,
    kind,
    id: definition.id,
    content: json(definition),
    firstSeenAt,
  }));
  if (rows.length === 0) return;
  await store.write(async (tx) => {
    await tx
      .insertInto('definitions')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
}
