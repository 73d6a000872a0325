import type { EvidenceTypeView, FactView } from '@twinpark/contract/catalogue/facts.ts';
import type { Zone } from '@twinpark/pack/zone.ts';

/** Entries of the fact dictionary, in the order asked for. A fact that the zone no longer has is left out. */
export function presentFacts(zone: Zone, ids: Iterable<string>): FactView[] {
  return [...new Set(ids)].flatMap((id) => presentFact(zone, id) ?? []);
}

export function presentFact(zone: Zone, id: string): FactView | undefined {
  const fact = zone.facts.get(id);
  return (
    fact && {
      id,
      type: fact.type,
      label: fact.label,
      hint: fact.hint ?? null,
      unit: fact.unit ?? null,
      currency: fact.currency ?? null,
      options: fact.options ?? [],
      personal: fact.personal ?? false,
      suppliedBy: fact.suppliedBy,
    }
  );
}

/** An evidence type; one that the zone no longer has is called by its id. */
export function presentEvidenceType(zone: Zone, id: string): EvidenceTypeView {
  const type = zone.evidenceTypes.get(id);
  return { id, name: type?.name ?? {}, issuer: type?.issuer ?? null, note: type?.note ?? null };
}
