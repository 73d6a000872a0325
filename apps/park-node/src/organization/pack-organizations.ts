import type { OrganizationKind } from '@twinpark/contract/identity/roles.ts';
import type { Text } from '@twinpark/kernel/shared/text.ts';
import type { Park, Zone } from '@twinpark/pack/zone.ts';
import type { Clock } from '../platform/clock.ts';
import type { Store } from '../platform/database/store.ts';
import { newId } from '../platform/ids.ts';

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
  const named = (kind: PackOrganization['kind'], packId: string): PackOrganization => {
    const name = zone.organizations.get(packId)?.name;
    return { kind, packId, name: name ? wordsOf(name, park) : packId };
  };
  return [
    ...desksOf(zone, park).map((desk) => named('authority', desk)),
    named('operator', park.operator ?? 'operator'),
    named('oversight', 'oversight'),
  ];
}

/** Brings the stored organisations in step with the zone pack. None is taken away: cases and members refer to it. */
export async function storePackOrganizations(
  store: Store,
  clock: Clock,
  zone: Zone,
  park: Park,
): Promise<void> {
  const createdAt = new Date(clock.now().epochMilliseconds);
  const rows = organizationsOfPark(zone, park).map((organization) => ({
    ...organization,
    organizationId: newId(clock),
    createdAt,
  }));
  await store.write(async (tx) => {
    await tx
      .insertInto('organizations')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['packId', 'kind']).doUpdateSet((update) => ({ name: update.ref('excluded.name') })),
      )
      .execute();
  });
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
