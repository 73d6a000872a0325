import type { FactView } from '@twinpark/contract/catalogue/facts.ts';
import type { Language } from '@twinpark/contract/common.ts';
import type { FilingPreview } from '@twinpark/contract/dossier/steps.ts';
import type { Actor, CaseState } from '@twinpark/kernel/case/state.ts';
import { listGaps } from '@twinpark/kernel/dossier/render.ts';
import type { Refusal } from '@twinpark/kernel/shared/refusal.ts';
import { namesOf } from '@twinpark/pack/words/names.ts';
import { refusalInWords } from '@twinpark/pack/words/refusal.ts';
import { wordsIn } from '@twinpark/pack/words/words.ts';
import { getPark } from '@twinpark/pack/zone.ts';
import { presentEvidenceType, presentFact } from '../catalogue/present-facts.ts';
import { citeLaw, namedOrganization } from '../catalogue/present-law.ts';
import type { Services } from '../services.ts';
import { presentCrossing } from './agreements.ts';
import { askCase } from './ask-case.ts';
import { crossingOf } from './crossing.ts';
import type { HeldDossier } from './held-dossier.ts';
import { presentLack, shown } from './present-dossier.ts';
import type { StepFiling } from './step-filing.ts';
import { writingLanguage } from './writing-language.ts';

/** What a step would send, with names, and what would be said to it. */
export function presentFilingPreview(
  services: Services,
  dossier: HeldDossier,
  filing: StepFiling,
  {
    state,
    actor,
    language,
  }: { readonly state: CaseState; readonly actor: Actor; readonly language: Language },
): FilingPreview {
  const { zone } = services;
  const { step, kind, service, fields, papers, commands } = filing;
  const side = getPark(zone, service.park);
  const refusal = filing.refusal ?? askCase(services, service, commands, state, actor).refusal;
  const held = state.status === 'none' ? {} : state.answers;
  const crossing = crossingOf({ service, fields, papers, held }, services);
  return {
    step: step.id,
    kind,
    version: dossier.row.version,
    service: { id: service.id, name: service.name },
    park: service.park,
    authority: namedOrganization(zone, service.authority),
    language: writingLanguage(dossier.row.language, side),
    fields: Object.entries(fields).map(([id, value]) => ({
      fact: presentFact(zone, id) ?? formerFact(id),
      value: shown(value),
    })),
    papers: papers.map(({ type, name, digest }) => ({
      type,
      typeName: presentEvidenceType(zone, type).name,
      name,
      sha256: digest,
    })),
    lack: presentLack(listGaps(dossier.dossier, dossier.world), step) ?? nothing,
    refusal: refusal && presentRefusal(services, refusal, filing, language),
    crossing: crossing && presentCrossing(zone, crossing, language),
  };
}

/** A fact that the law of a running case asks for, and the dictionary of today no longer names. */
function formerFact(id: string): FactView {
  const unnamed = { label: {}, hint: null, unit: null, currency: null, options: [] };
  return { id, type: 'text', ...unnamed, personal: true, suppliedBy: 'applicant' };
}

const nothing = { facts: [], awaited: [], evidence: [], mayFollow: [] };

function presentRefusal(
  { zone }: Services,
  refusal: Refusal,
  { service }: StepFiling,
  language: Language,
): FilingPreview['refusal'] {
  const words = wordsIn[language];
  return {
    code: refusal.code,
    law: refusal.clause && citeLaw(zone, refusal.clause),
    facts: { ...refusal.facts },
    sentence: refusalInWords(refusal, service, namesOf(zone, words), words),
  };
}
