import type { MessageOf } from '@twinpark/contract/gateway/messages.ts';
import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import { otherPark } from '@twinpark/pack/zone.ts';
import { carryOut } from '../../case/carry-out.ts';
import type { CaseOrder } from '../../case/case-order.ts';
import { crossingOf } from '../../dossier/crossing.ts';
import { writingLanguage } from '../../dossier/writing-language.ts';
import { timeOfId } from '../../platform/ids.ts';
import type { Services } from '../../services.ts';
import { undeclaredIn } from '../check-crossing.ts';
import { wantPapers } from '../fetch-files.ts';
import { dossierStream } from '../outgoing.ts';
import { peerActor, peerEntry } from '../peer-order.ts';
import { ensureMonths, findTakenIds } from '../queries/foreign-cases.ts';
import { type Refused, refuseMessage, type Take } from '../take.ts';

type Filing = MessageOf<'org.twinpark.filing.submitted'>;

/** How long a filing may have been on its way, and how far ahead the other park's clock may be. Unit: days. */
const longestDaysAgo = 400;
const longestDaysAhead = 1;

/**
 * An applicant of the other park files here: its case is opened and filed under the id that its node gave it. What the
 * law has against the filing is answered, and is no reason not to take the message.
 *
 * Refuses: `definitionUnknown`, `serviceOfOtherPark`, `streamOfOther`, `caseIdTaken`, `applicantOfThisPark`,
 * `timeImplausible`, what `undeclaredIn` refuses, and `agreementMissing`.
 */
export const takeFilingSubmitted: Take<'org.twinpark.filing.submitted'> = async (tx, messages, services) => {
  const { caseOptions, clock } = services;
  const taken = await findTakenIds(tx, {
    cases: messages.map(({ data }) => data.caseId),
    dossiers: messages.map(({ data }) => data.dossierId),
    organizations: messages.map(({ data }) => data.applicant.organizationId),
  });
  const seen = new Set<string>();
  const judged = messages.map((message): { readonly order: CaseOrder } | { readonly refused: Refused } => {
    const { caseId } = message.data;
    const isRepeated = seen.has(caseId);
    seen.add(caseId);
    const service = serviceOf(message, services);
    if ('code' in service) return { refused: service };
    const refused = isRepeated
      ? refuseMessage('caseIdTaken', { case: caseId })
      : (unfit(message, taken, services) ??
        undeclaredIn(services.zone, service, message.data.answers, message.data.papers) ??
        unagreed(message, service, services));
    return refused ? { refused } : { order: orderOf(message, service, services) };
  });
  const orders = judged.flatMap((each) => ('order' in each ? [each.order] : []));
  await ensureMonths(
    tx,
    orders.map(({ caseId }) => monthOf(timeOfId(caseId) ?? clock.now().epochMilliseconds)),
  );
  const results = orders.length > 0 ? await carryOut(tx, orders, caseOptions) : [];
  const filed = new Set(
    orders.filter((_, index) => results[index]?.kind === 'done').map(({ caseId }) => caseId),
  );
  await wantPapers(
    tx,
    services,
    messages.filter((message, index) => 'order' in (judged[index] ?? {}) && filed.has(message.data.caseId)),
  );
  return judged.map((each) => ('refused' in each ? each.refused : null));
};

function serviceOf(
  { data: { service: id, definition } }: Filing,
  { zone, park }: Services,
): ServiceDefinition | Refused {
  const service = zone.services.get(id);
  if (service && service.park !== park.id) return refuseMessage('serviceOfOtherPark', { service: id });
  if (service?.hash !== definition) {
    return refuseMessage('definitionUnknown', { service: id, definition, known: service?.hash ?? null });
  }
  return service;
}

function unfit(
  { stream, data: { caseId, dossierId, applicant } }: Filing,
  taken: ReadonlySet<string>,
  { clock }: Services,
): Refused | null {
  if (stream !== dossierStream(dossierId) || taken.has(dossierId)) {
    return refuseMessage('streamOfOther', { dossier: dossierId });
  }
  if (taken.has(caseId)) return refuseMessage('caseIdTaken', { case: caseId });
  // Whoever applies there is not known here, and must not come to stand for one of ours.
  if (taken.has(applicant.organizationId)) return refuseMessage('applicantOfThisPark');
  const made = timeOfId(caseId);
  const now = clock.now().epochMilliseconds;
  const isPlausible =
    made !== null && made > now - days(longestDaysAgo) && made < now + days(longestDaysAhead);
  return isPlausible ? null : refuseMessage('timeImplausible', { case: caseId });
}

/** The applicant agreed to these very values and papers, by the digest of the preview. */
function unagreed({ data }: Filing, service: ServiceDefinition, { zone, park }: Services): Refused | null {
  const { answers: fields, papers, agreement } = data;
  const crossing = crossingOf(
    { service, fields, papers, held: {} },
    { zone, park: otherPark(zone, park.id) },
  );
  return crossing?.digest === agreement.digest ? null : refuseMessage('agreementMissing');
}

function orderOf(message: Filing, service: ServiceDefinition, services: Services): CaseOrder {
  const { id: messageId, stream, data } = message;
  const { caseId, dossierId, step, answers, papers, applicant, language } = data;
  const { zone, park } = services;
  const evidence = papers.map(({ type, name, digest }) => ({ type, name, digest }));
  return {
    caseId,
    reader: null,
    actor: peerActor(applicant.organizationId),
    commands: [{ type: 'openCase', caseId, dossier: dossierId, answers, evidence }, { type: 'fileCase' }],
    opening: {
      service,
      applicantName: applicant.name,
      applicantPark: otherPark(zone, park.id).id,
      language: writingLanguage(language, park),
      dossier: { dossierId, step, attempt: 1 },
    },
    output: null,
    idempotency: null,
    broughtBy: { messageId, stream },
    audit: peerEntry('case.fileCase', caseId, applicant.organizationId, services, messageId),
    answer: () => ({ status: 201, body: null }),
  };
}

function monthOf(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 7)}-01`;
}

function days(count: number): number {
  return count * 86_400_000;
}
