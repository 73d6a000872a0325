import type { OrganizationKind } from '@twinpark/contract/identity/roles.ts';
import type { Text } from '@twinpark/kernel/shared/text.ts';
import type { Park, Zone } from '@twinpark/pack/zone.ts';
import { sql } from 'kysely';
import type { Config } from '../config.ts';
import { type Clock, instantNow } from '../platform/clock.ts';
import type { Store, Tx } from '../platform/database/store.ts';
import { newId } from '../platform/ids.ts';
import { StartFault } from '../platform/start-fault.ts';

export interface PackOrganization {
  readonly kind: Exclude<OrganizationKind, 'applicant'>;
  readonly packId: string;
  readonly name: string;
}

/**
 * Every organisation that has something to do at this park's node: the authorities of its services, whoever else has a
 * desk in one (a step, a remedy), the body that runs the park, and the oversight body.
 */
export function organizationsOfPark(zone: Zone, park: Park): readonly PackOrganization[] {
  const named = (kind: PackOrganization['kind'], packId: string, otherwise: Text): PackOrganization => {
    const name = zone.organizations.get(packId)?.name ?? otherwise;
    return { kind, packId, name: wordsOf(name, park) };
  };
  return [
    ...desksOf(zone, park).map((desk) => named('authority', desk, { en: desk })),
    named('operator', park.operator ?? 'operator', operatorName),
    named('oversight', 'oversight', oversightName),
  ];
}

/** What a body is called that the pack does not name. */
const operatorName: Text = { en: 'Park operator', 'zh-Hans': '园区运营机构', 'zh-Hant': '園區營運機構' };
const oversightName: Text = { en: 'Oversight body', 'zh-Hans': '监督机构', 'zh-Hant': '監察機構' };

/**
 * Brings the stored organisations in step with the zone pack. None is taken away: cases and members refer to it. They
 * keep, as of the first start, whether the database is one of a demonstration.
 *
 * Faults: `demoData`, `productionData` where the database was begun in the other mode; nothing is stored then.
 */
export async function storePackOrganizations(
  store: Store,
  clock: Clock,
  zone: Zone,
  park: Park,
  mode: Config['mode'],
): Promise<void> {
  const createdAt = instantNow(clock);
  const rows = organizationsOfPark(zone, park).map((organization) => ({
    ...organization,
    organizationId: newId(clock),
    demo: mode === 'demo',
    createdAt,
  }));
  await store.write(async (tx) => {
    await requireMode(tx, mode);
    await tx
      .insertInto('organizations')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['packId', 'kind']).doUpdateSet((update) => ({ name: update.ref('excluded.name') })),
      )
      .execute();
  });
}

/** Nodes that start at once take turns, so that the first settles the mode for all. */
async function requireMode(tx: Tx, mode: Config['mode']): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('twinpark.mode'))`.execute(tx);
  const { rows } = await sql<{ isDemo: boolean | null }>`
    select exists (select from auth_users where demo) or bool_or(demo) as is_demo
    from organizations where kind <> 'applicant'`.execute(tx);
  const isDemo = rows[0]?.isDemo ?? null;
  if (isDemo !== null && isDemo !== (mode === 'demo')) {
    throw new StartFault(isDemo ? 'demoData' : 'productionData', {});
  }
}

/** Authorities first, in the order of the pack. */
function desksOf(zone: Zone, park: Park): readonly string[] {
  const services = [...zone.services.values()].filter((service) => service.park === park.id);
  const others = services.flatMap(({ steps, remedies }) => [
    ...steps.map(({ by }) => by),
    ...remedies.map(({ body }) => body),
  ]);
  return [...new Set([...services.map(({ authority }) => authority), ...others])];
}

function wordsOf(name: Text, { languages }: Park): string {
  return languages.map((language) => name[language]).find(Boolean) ?? Object.values(name)[0] ?? '';
}
