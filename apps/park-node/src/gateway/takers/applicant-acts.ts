import type { MessageOf } from '@twinpark/contract/gateway/messages.ts';
import type { CaseCommand } from '@twinpark/kernel/case/commands.ts';
import type { ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import { otherPark } from '@twinpark/pack/zone.ts';
import { carryOut } from '../../case/carry-out.ts';
import type { CaseOrder } from '../../case/case-order.ts';
import type { Services } from '../../services.ts';
import { undeclaredIn } from '../check-crossing.ts';
import { wantPapers } from '../fetch-files.ts';
import { dossierStream } from '../outgoing.ts';
import { peerActor, peerEntry } from '../peer-order.ts';
import { type ForeignCase, findForeignCases } from '../queries/foreign-cases.ts';
import { type Refused, refuseMessage, type Take } from '../take.ts';

type ActType = 'org.twinpark.filing.amended' | 'org.twinpark.filing.withdrawn' | 'org.twinpark.remedy.lodged';
type Act = MessageOf<ActType>;

/**
 * What applicants of the other park do with cases that they filed here. What the law has against an act is answered.
 *
 * Refuses: `caseUnknown`, `streamOfOther`, and what `undeclaredIn` refuses.
 */
async function takeActs(
  tx: Parameters<Take<ActType>>[0],
  messages: readonly Act[],
  services: Services,
): Promise<readonly (Refused | null)[]> {
  const { zone, park, definitions, caseOptions } = services;
  const cases = await findForeignCases(
    tx,
    messages.map(({ data }) => data.caseId),
    otherPark(zone, park.id).id,
  );
  await definitions.load(
    tx,
    [...cases.values()].map(({ definitionHash }) => definitionHash),
  );
  const judged = messages.map((message): { readonly order: CaseOrder } | { readonly refused: Refused } => {
    const held = cases.get(message.data.caseId);
    if (!held) return { refused: refuseMessage('caseUnknown', { case: message.data.caseId }) };
    if (message.stream !== dossierStream(held.dossierId)) {
      return { refused: refuseMessage('streamOfOther', { case: held.caseId }) };
    }
    const refused = undeclaredInAct(message, definitions.service(held.definitionHash), services);
    return refused ? { refused } : { order: orderOf(message, held, services) };
  });
  const orders = judged.flatMap((each) => ('order' in each ? [each.order] : []));
  const results = orders.length > 0 ? await carryOut(tx, orders, caseOptions) : [];
  const done = new Set(
    orders.filter((_, index) => results[index]?.kind === 'done').map(({ caseId }) => caseId),
  );
  await wantPapers(
    tx,
    services,
    messages.filter(
      (message, index): message is MessageOf<'org.twinpark.filing.amended'> =>
        message.type === 'org.twinpark.filing.amended' &&
        'order' in (judged[index] ?? {}) &&
        done.has(message.data.caseId),
    ),
  );
  return judged.map((each) => ('refused' in each ? each.refused : null));
}

export const takeFilingAmended: Take<'org.twinpark.filing.amended'> = takeActs;
export const takeFilingWithdrawn: Take<'org.twinpark.filing.withdrawn'> = takeActs;
export const takeRemedyLodged: Take<'org.twinpark.remedy.lodged'> = takeActs;

function undeclaredInAct(message: Act, service: ServiceDefinition, { zone }: Services): Refused | null {
  if (message.type !== 'org.twinpark.filing.amended') return null;
  return undeclaredIn(zone, service, message.data.answers, message.data.papers);
}

function orderOf(message: Act, { caseId, applicantId }: ForeignCase, services: Services): CaseOrder {
  const command = commandOf(message);
  const { id: messageId, stream } = message;
  return {
    caseId,
    reader: null,
    actor: peerActor(applicantId),
    commands: [command],
    opening: null,
    output: null,
    idempotency: null,
    broughtBy: { messageId, stream },
    audit: peerEntry(`case.${command.type}`, caseId, applicantId, services, messageId),
    answer: () => ({ status: 200, body: null }),
  };
}

function commandOf(message: Act): CaseCommand {
  switch (message.type) {
    case 'org.twinpark.filing.amended': {
      const { act, answers, papers } = message.data;
      const evidence = papers.map(({ type, name, digest }) => ({ type, name, digest }));
      return { type: act, answers, evidence };
    }
    case 'org.twinpark.filing.withdrawn':
      return { type: 'withdrawCase' };
    case 'org.twinpark.remedy.lodged':
      return { type: 'lodgeRemedy', remedy: message.data.remedy };
    default:
      return message satisfies never;
  }
}
