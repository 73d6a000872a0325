import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import { applies } from '@twinpark/kernel/case/filing.ts';
import type { EvidenceItem } from '@twinpark/kernel/case/state.ts';
import type { Facts } from '@twinpark/kernel/policy/expression.ts';
import { hashOf } from '@twinpark/pack/hash.ts';
import { otherPark, type Zone } from '@twinpark/pack/zone.ts';

/** Everything of a filing or an amendment that goes to the other park, now or in a joint step. */
export interface Crossing {
  readonly toPark: string;
  readonly service: ServiceDefinition;
  readonly fields: Facts;
  readonly papers: readonly EvidenceItem[];
  readonly joint: readonly JointFacts[];
  /** SHA-256 (hex) of the canonical JSON of it, with every value. */
  readonly digest: string;
}

/** Facts of a case that the panel of the other side is shown in a joint step. */
export interface JointFacts {
  readonly step: string;
  readonly panel: string;
  /** The park to whose panel they go: for a service of the other park that is this one. */
  readonly park: string;
  readonly authority: string;
  readonly fields: Facts;
}

interface Content {
  readonly service: ServiceDefinition;
  /** What the case is given. */
  readonly fields: Facts;
  readonly papers: readonly EvidenceItem[];
  /** What it holds already. */
  readonly held: Facts;
}

/**
 * What of a filing or an amendment leaves the park that keeps the dossier; null where nothing does. Of a service of this
 * park that is what its joint steps share, and only as far as it is new.
 */
export function crossingOf(
  { service, fields, papers, held }: Content,
  { zone, park }: { readonly zone: Zone; readonly park: { readonly id: string } },
): Crossing | null {
  const toPark = otherPark(zone, park.id).id;
  const shared = new Set(sharedBy(service, held).map(hashOf));
  const joint = sharedBy(service, { ...held, ...fields }).filter((facts) => !shared.has(hashOf(facts)));
  const crosses =
    service.park === park.id
      ? { fields: Object.assign({}, ...joint.map((facts) => facts.fields)) as Facts, papers: [] }
      : { fields, papers };
  if (Object.keys(crosses.fields).length + crosses.papers.length + joint.length === 0) return null;
  const digest = hashOf({
    to: toPark,
    service: service.id,
    definition: service.hash,
    fields: crosses.fields,
    papers: crosses.papers.map(({ type, digest: sha256 }) => ({ type, sha256 })),
    joint,
  });
  return { toPark, service, ...crosses, joint, digest };
}

/** What joint steps that are or may be needed share of these answers. */
function sharedBy({ steps }: ServiceDefinition, answers: Facts): readonly JointFacts[] {
  return steps.flatMap(({ id, when, joint }): JointFacts[] => {
    if (joint === null || !applies(when, answers)) return [];
    const fields = joint.shares.flatMap((fact) => {
      const value = answers[fact];
      return value === undefined || value === null ? [] : [[fact, value] as const];
    });
    if (fields.length === 0) return [];
    const { id: panel, otherPark: park, otherAuthority: authority } = joint;
    return [{ step: id, panel, park, authority, fields: Object.fromEntries(fields) }];
  });
}
