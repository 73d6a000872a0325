import type { CaseCommand } from '@twinpark/kernel/case/commands.ts';
import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import type { Actor } from '@twinpark/kernel/case/state.ts';
import { checkPack } from '@twinpark/pack/check.ts';
import { compileZone } from '@twinpark/pack/compile.ts';
import { calendarsOf, getPark, getService, type Zone } from '@twinpark/pack/zone.ts';
import { inventedZone } from '@twinpark/testkit/invented-zone.ts';
import { CaseCommander, type CommanderOptions } from '../case/case-commander.ts';
import type { CaseOrder, Opening } from '../case/case-order.ts';
import { Definitions, storeDefinitions } from '../case/definitions.ts';
import type { Clock } from '../platform/clock.ts';
import type { Store } from '../platform/database/store.ts';
import { newId } from '../platform/ids.ts';

/** The invented zone, compiled. */
export function elmera(): Zone {
  const { pack } = checkPack(inventedZone());
  if (!pack) throw new Error('The invented zone has a fault');
  return compileZone(pack);
}

/** A commander of the north park over a store; the store is given the law. */
export async function openCommander(
  store: Store,
  clock: Clock,
  onRecorded: CommanderOptions['onRecorded'] = async () => {},
): Promise<CaseCommander> {
  const zone = elmera();
  await storeDefinitions(store, zone, clock);
  return new CaseCommander({
    store,
    clock,
    definitions: new Definitions(zone),
    park: getPark(zone, 'north'),
    calendarFor: calendarsOf(zone),
    zone: zone.id,
    peer: null,
    onRecorded,
  });
}

/** The organisation that applies where a test does not say which. */
export const reed = '00000000-0000-7000-8000-000000000001';

export function applicant(organization = reed): Actor {
  return { role: 'applicant', person: 'person-reed', organization };
}

export function officer(person = 'officer-1', organization = 'north-office'): Actor {
  return { role: 'officer', person, organization };
}

const paper = { type: 'floor-plan', name: 'plan.pdf', digest: 'a'.repeat(64) };

/** An order by an actor who reads for its own organisation. */
export function orderOf(
  caseId: string,
  actor: Actor,
  commands: readonly CaseCommand[],
  more: Partial<CaseOrder> = {},
): CaseOrder {
  return {
    caseId,
    reader:
      actor.role === 'applicant' || actor.role === 'officer'
        ? {
            kind: actor.role === 'applicant' ? 'applicant' : 'authority',
            organization: actor.organization,
            person: actor.person,
          }
        : null,
    actor,
    commands,
    opening: null,
    output: null,
    idempotency: null,
    audit: {
      action: `case.${commands[0]?.type ?? 'openCase'}`,
      personId: actor.person,
      organization: actor.organization,
      role: actor.role,
      subjectKind: 'case',
      subjectId: caseId,
      requestId: null,
      details: {},
    },
    answer: ({ row }) => ({ status: 200, body: { caseId, version: row.version, status: row.status } }),
    ...more,
  };
}

/** Opens a case of the north's laboratory permit, complete enough to be filed. */
export function openingOrder(
  zone: Zone,
  clock: Clock,
  { by = applicant(), ...more }: Partial<CaseOrder> & { readonly by?: Actor } = {},
): CaseOrder {
  const caseId = newId(clock);
  const service: ServiceDefinition = getService(zone, 'north-laboratory-permit');
  const opening: Opening = { service, applicantName: 'Reed Institute', language: 'de', dossier: null };
  const answers = { 'team.name': 'Reed', 'team.headcount': 4, 'laboratory.kind': 'dry' };
  return orderOf(caseId, by, [{ type: 'openCase', caseId, answers, evidence: [paper] }], {
    opening,
    ...more,
  });
}

/** What follows on an opening until two officers have granted the permit: five orders. */
export function ordersToGrant(caseId: string): readonly CaseOrder[] {
  return [
    orderOf(caseId, applicant(), [{ type: 'fileCase' }]),
    orderOf(caseId, officer(), [{ type: 'acceptCase' }]),
    orderOf(caseId, officer(), [{ type: 'completeStep', step: 'technical-review', result: 'passed' }]),
    orderOf(caseId, officer(), [{ type: 'proposeDecision', outcome: 'granted' }]),
    orderOf(caseId, officer('officer-2'), [{ type: 'approveDecision' }]),
  ];
}
