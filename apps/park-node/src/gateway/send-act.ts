import type { Language } from '@twinpark/contract/common.ts';
import type { CaseCommand } from '@twinpark/kernel/case/commands.ts';
import { type EvidenceItem, noCase } from '@twinpark/kernel/case/state.ts';
import type { Facts } from '@twinpark/kernel/policy/expression.ts';
import { otherPark } from '@twinpark/pack/zone.ts';
import { sql } from 'kysely';
import { type Agreement, agreementFor, recordAgreement } from '../dossier/agreements.ts';
import { askCase } from '../dossier/ask-case.ts';
import { crossingOf } from '../dossier/crossing.ts';
import { holdPapers, type Paper } from '../dossier/queries/papers.ts';
import { toldRow } from '../dossier/told-row.ts';
import { actorOf, type Member } from '../platform/auth/caller.ts';
import { dateIn, instantNow } from '../platform/clock.ts';
import type { Tx } from '../platform/database/store.ts';
import { Problem, problem, refused } from '../platform/http/problem.ts';
import type { Services } from '../services.ts';
import { dossierStream, type OutgoingMessage, sendToPeer } from './outgoing.ts';
import { lockPeerCase, offerPapers, type PeerCaseRow, updatePeerCase } from './queries/peer-cases.ts';

/** What applicants do with a case of the other park once it is filed there. */
export type ActCommand = Extract<
  CaseCommand,
  { type: 'amendCase' | 'supplyEvidence' | 'withdrawCase' | 'lodgeRemedy' }
>;

export interface ActToSend {
  readonly caseId: string;
  readonly command: ActCommand;
  readonly caller: Member;
  readonly language: Language;
  /** Version of the case that the applicant saw; not given: any. */
  readonly seenVersion?: number | undefined;
  readonly agreement: { readonly digest: string } | undefined;
  /** Whether what is given was taken from the dossier, so that the dossier need not be told. */
  readonly fromDossier: boolean;
}

/**
 * Sends an applicant's act on a case of the other park, in the transaction handed in. What that park would refuse by its
 * law as it stands is refused here already; it has the last word all the same.
 *
 * Problems: `notFound`, `versionConflict`, `actUnanswered`, what the case refuses, and those of `prepareCrossing`.
 */
export async function sendAct(
  tx: Tx,
  services: Services,
  { caseId, command, caller, language, seenVersion, agreement: given, fromDossier }: ActToSend,
): Promise<PeerCaseRow | Problem> {
  const { clock, definitions } = services;
  const row = await lockPeerCase(tx, caseId);
  if (row?.applicantId !== caller.acting.organizationId) return problem('notFound');
  if (seenVersion !== undefined && seenVersion !== row.version) {
    return problem('versionConflict', { version: row.version });
  }
  if (row.act.answer === null) return problem('actUnanswered', { sentAt: row.act.sentAt });
  await definitions.load(tx, [row.definitionHash]);
  const service = definitions.service(row.definitionHash);
  const from = row.status === 'none' ? noCase : row.state;
  const { refusal } = askCase(services, service, [command], from, actorOf(caller));
  if (refusal) return refused(refusal, service);
  const { fields, papers } = fillingOf(command);
  const crossing = crossingOf({ service, fields, papers, held: row.state.answers }, services);
  const about = { caseId, dossierId: row.dossierId, step: row.step, caller, language };
  const prepared = await prepareCrossing(tx, services, { crossing, given, papers, about });
  if (prepared instanceof Problem) return prepared;
  const message = messageOf(row, command, prepared);
  const [messageId = ''] = await sendToPeer(tx, clock, [message]);
  if (!fromDossier) await tellDossier(tx, services, row.dossierId, fields, papers);
  services.peer?.courier.nudge();
  const sentAt = instantNow(clock);
  return await updatePeerCase(tx, row, {
    act: { messageId, action: command.type, sentAt: sentAt.toISOString(), answer: null },
    changedAt: sentAt,
  });
}

/** What is sent along with an act or a filing. */
export interface PreparedCrossing {
  readonly agreement: Agreement | null;
  readonly papers: readonly OfferedPaper[];
}

type OfferedPaper = EvidenceItem & Pick<Paper, 'sizeBytes' | 'mediaType'>;

/**
 * Everything that has to be there before something crosses: the way to the other park, the applicant's agreement, and
 * the papers, which stay from then on.
 *
 * Problems: `peerNotConfigured`, those of `agreementFor`, `evidenceUnknown`.
 */
export async function prepareCrossing(
  tx: Tx,
  services: Services,
  {
    crossing,
    given,
    papers,
    about,
  }: {
    readonly crossing: ReturnType<typeof crossingOf>;
    readonly given: { readonly digest: string } | undefined;
    readonly papers: readonly EvidenceItem[];
    readonly about: Parameters<typeof agreementFor>[3];
  },
): Promise<PreparedCrossing | Problem> {
  if (services.config.peerUrl === null) {
    return problem('peerNotConfigured', { park: otherPark(services.zone, services.park.id).id });
  }
  const agreement = agreementFor(services, crossing, given, about);
  if (agreement instanceof Problem) return agreement;
  const digests = papers.map(({ digest }) => digest);
  const held = await holdPapers(tx, digests, about.caller.acting.organizationId);
  const offered = papers.flatMap((paper): OfferedPaper[] => {
    const file = held.get(paper.digest);
    return file ? [{ ...paper, sizeBytes: file.sizeBytes, mediaType: file.mediaType }] : [];
  });
  if (offered.length < papers.length) {
    const unknown = papers.filter(({ digest }) => !held.has(digest)).map(({ name }) => name);
    return problem('evidenceUnknown', { evidence: unknown });
  }
  await offerPapers(tx, about.caseId, digests);
  if (agreement) await recordAgreement(tx, services, agreement);
  return { agreement, papers: offered };
}

/** An agreement as the other park is told of it. */
export function toldAgreement(agreement: Agreement | null) {
  if (agreement === null) throw new Error('Nothing crosses without an agreement');
  const { agreementId, agreedAt, crossing } = agreement;
  return { agreementId, at: agreedAt.toISOString(), digest: crossing.digest };
}

/** Facts as a message holds them. */
export function sentFacts(facts: Facts): Record<string, string | number | boolean | string[]> {
  return Object.fromEntries(
    Object.entries(facts).map(([fact, value]) => [fact, typeof value === 'object' ? [...value] : value]),
  );
}

function fillingOf(command: ActCommand): {
  readonly fields: Facts;
  readonly papers: readonly EvidenceItem[];
} {
  if (command.type !== 'amendCase' && command.type !== 'supplyEvidence') return { fields: {}, papers: [] };
  return { fields: command.answers ?? {}, papers: command.evidence ?? [] };
}

function messageOf(
  { caseId, dossierId }: PeerCaseRow,
  command: ActCommand,
  { agreement, papers }: PreparedCrossing,
): OutgoingMessage {
  const common = { stream: dossierStream(dossierId), subject: caseId };
  switch (command.type) {
    case 'amendCase':
    case 'supplyEvidence':
      return {
        ...common,
        type: 'org.twinpark.filing.amended',
        data: {
          caseId,
          act: command.type,
          answers: sentFacts(command.answers ?? {}),
          papers: [...papers],
          agreement: toldAgreement(agreement),
        },
      };
    case 'withdrawCase':
      return { ...common, type: 'org.twinpark.filing.withdrawn', data: { caseId } };
    case 'lodgeRemedy':
      return { ...common, type: 'org.twinpark.remedy.lodged', data: { caseId, remedy: command.remedy } };
    default:
      return command satisfies never;
  }
}

/** What the applicant gives a case itself stands in the dossier, too: it is written once. */
async function tellDossier(
  tx: Tx,
  { clock, park }: Services,
  dossierId: string,
  fields: Facts,
  papers: readonly EvidenceItem[],
): Promise<void> {
  if (Object.keys(fields).length + papers.length === 0) return;
  const since = dateIn(park.timeZone, clock.now());
  const given = { answers: fields, evidence: papers };
  const told = toldRow(dossierId, given, since, instantNow(clock));
  await sql`select record_case_changes(${JSON.stringify({ told: [told] })}::text::jsonb)`.execute(tx);
}
