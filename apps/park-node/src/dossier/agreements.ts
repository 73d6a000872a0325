import type { Language } from '@twinpark/contract/common.ts';
import type { CrossingView } from '@twinpark/contract/dossier/agreement.ts';
import { fillIn } from '@twinpark/pack/problems.ts';
import { namesOf, partName } from '@twinpark/pack/words/names.ts';
import { wordsIn } from '@twinpark/pack/words/words.ts';
import type { Zone } from '@twinpark/pack/zone.ts';
import { sql } from 'kysely';
import { namedOrganization } from '../catalogue/present-law.ts';
import { entryRow } from '../log/statements.ts';
import type { Member } from '../platform/auth/caller.ts';
import { instantNow } from '../platform/clock.ts';
import type { Tx } from '../platform/database/store.ts';
import { type Problem, problem } from '../platform/http/problem.ts';
import { newId } from '../platform/ids.ts';
import type { Services } from '../services.ts';
import { agreementWords } from './agreement-words.ts';
import type { Crossing } from './crossing.ts';

/** That an applicant has agreed to what crosses, before any of it does. */
export interface Agreement {
  readonly agreementId: string;
  readonly agreedAt: Date;
  readonly crossing: Crossing;
  readonly caseId: string;
  readonly dossierId: string;
  readonly step: string;
  readonly organizationId: string;
  readonly personId: string;
  /** Language of the text that was agreed to. */
  readonly language: Language;
}

/**
 * What an applicant's word for what it has seen is worth: null where nothing crosses.
 *
 * Problems: `agreementRequired` with the digest of what would cross, `previewChanged`.
 */
export function agreementFor(
  { clock }: Pick<Services, 'clock'>,
  crossing: Crossing | null,
  given: { readonly digest: string } | undefined,
  of: Pick<Agreement, 'caseId' | 'dossierId' | 'step' | 'language'> & { readonly caller: Member },
): Agreement | null | Problem {
  if (crossing === null) return given === undefined ? null : problem('previewChanged');
  const { toPark, digest, fields, papers, service } = crossing;
  const facts = {
    park: toPark,
    service: service.id,
    digest,
    fields: Object.keys(fields),
    papers: papers.map(({ type }) => type),
  };
  if (given === undefined) return problem('agreementRequired', facts);
  if (given.digest !== digest) return problem('previewChanged', facts);
  const { caller, ...about } = of;
  return {
    ...about,
    agreementId: newId(clock),
    agreedAt: instantNow(clock),
    crossing,
    organizationId: caller.acting.organizationId,
    personId: caller.person.id,
  };
}

/** Rows for `record_case_changes` (sql/000013_recording.sql): the agreement, and its entry for the log. */
export function agreementRows(
  { zone, park, clock }: { readonly zone: string; readonly park: string; readonly clock: Services['clock'] },
  { agreementId, agreedAt, crossing, caseId, ...agreement }: Agreement,
) {
  const { toPark, service, digest } = crossing;
  return {
    crossing_agreements: [
      {
        agreement_id: agreementId,
        dossier_id: agreement.dossierId,
        step: agreement.step,
        case_id: caseId,
        to_park: toPark,
        service: service.id,
        definition_hash: service.hash,
        organization_id: agreement.organizationId,
        person_id: agreement.personId,
        fields: Object.keys(crossing.fields),
        papers: crossing.papers.map(({ type, digest: sha256 }) => ({ type, sha256 })),
        digest,
        language: agreement.language,
        agreed_at: agreedAt,
      },
    ],
    log_statements: [
      entryRow(clock, {
        subject: caseId,
        statement: {
          format: 'twinpark-agreement/1',
          zone,
          park,
          at: agreedAt.toISOString(),
          ...{ agreementId, caseId, toPark, digest },
          service: service.id,
        },
      }),
    ],
  };
}

/** Keeps an agreement in the transaction of what is agreed to. Case commands write theirs with their events. */
export async function recordAgreement(
  tx: Tx,
  { zone, park, clock }: Pick<Services, 'zone' | 'park' | 'clock'>,
  agreement: Agreement,
): Promise<void> {
  const rows = agreementRows({ zone: zone.id, park: park.id, clock }, agreement);
  await sql`select record_case_changes(${JSON.stringify(rows)}::text::jsonb)`.execute(tx);
}

/** What crosses, with what the applicant agrees to. */
export function presentCrossing(zone: Zone, crossing: Crossing, language: Language): CrossingView {
  const { toPark, fields, papers, joint, digest } = crossing;
  return {
    toPark,
    fields: Object.keys(fields),
    papers: papers.map(({ type, digest: sha256 }) => ({ type, sha256 })),
    jointFacts: joint.map(({ step, panel, park, authority, fields: shared }) => ({
      ...{ step, panel, park },
      authority: namedOrganization(zone, authority),
      fields: Object.keys(shared),
    })),
    digest,
    agreementText: agreementText(zone, crossing, language),
  };
}

function agreementText(zone: Zone, { toPark, service, joint }: Crossing, language: Language): string {
  const words = wordsIn[language];
  const names = namesOf(zone, words);
  const { filing, joint: shown } = agreementWords[language];
  const sentences = [
    ...(service.park === toPark
      ? [fillIn(filing, { authority: names.organization(service.authority), park: names.park(toPark) })]
      : []),
    ...joint.map(({ step, park, authority }) =>
      fillIn(shown, {
        authority: names.organization(authority),
        park: names.park(park),
        step: partName(service, 'steps', step, words),
      }),
    ),
  ];
  return sentences.join(language === 'en' ? ' ' : '');
}
