import type { MessageOf } from '@twinpark/contract/gateway/messages.ts';
import type { JointPart, ServiceDefinition } from '@twinpark/kernel/case/definition.ts';
import { otherPark } from '@twinpark/pack/zone.ts';
import { instantNow } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database/store.ts';
import type { Services } from '../../services.ts';
import { invalidFacts, undeclaredFacts } from '../check-crossing.ts';
import { hearNewWords } from '../hear-words.ts';
import { dossierStream } from '../outgoing.ts';
import { findUnknownPeerCases } from '../queries/foreign-cases.ts';
import { keepBriefings, keepEnds, keepWords, lockJointDossiers } from '../queries/joint-words.ts';
import { type Refused, refuseMessage, type Take } from '../take.ts';

type JointType = 'org.twinpark.joint.briefed' | 'org.twinpark.joint.contributed' | 'org.twinpark.joint.ended';
type JointMessage = MessageOf<JointType>;

/*
 * What the other side has to say in joint steps: the facts that it shares, its word, and that its case has ended. The
 * newest of each is kept.
 *
 * All refuse: `streamOfOther`, `panelUnknown`, `caseUnknown`, `fieldNotDeclared`, `factValueInvalid`, `messageMalformed`.
 */

export const takeJointBriefed: Take<'org.twinpark.joint.briefed'> = async (tx, messages, services) => {
  const { taken, refusals } = await sift(tx, messages, services);
  await keepBriefings(tx, taken, instantNow(services.clock));
  return refusals;
};

/** A word is heard at once by the case here that waits for it. */
export const takeJointContributed: Take<'org.twinpark.joint.contributed'> = async (
  tx,
  messages,
  services,
) => {
  const { taken, refusals } = await sift(tx, messages, services);
  await keepWords(tx, taken, instantNow(services.clock));
  if (taken.length > 0) await hearNewWords(tx, taken, services.caseOptions);
  return refusals;
};

export const takeJointEnded: Take<'org.twinpark.joint.ended'> = async (tx, messages, services) => {
  const { taken, refusals } = await sift(tx, messages, services);
  await keepEnds(tx, taken, instantNow(services.clock));
  return refusals;
};

/** What may be taken, its dossiers locked; each stands for one dossier, since each message is of a stream of its own. */
async function sift<Sifted extends JointMessage>(
  tx: Tx,
  messages: readonly Sifted[],
  services: Services,
): Promise<{
  readonly taken: readonly Sifted['data'][];
  readonly refusals: readonly (Refused | null)[];
}> {
  const unknown = await findUnknownPeerCases(
    tx,
    messages.map(({ data: { dossierId, caseId } }) => ({ dossierId, caseId })),
  );
  const refusals = messages.map((message) => unfit(message, unknown, services));
  const taken = messages.filter((_, index) => refusals[index] === null).map(({ data }) => data);
  await lockJointDossiers(
    tx,
    taken.map(({ dossierId }) => dossierId),
  );
  return { taken, refusals };
}

function unfit(
  message: JointMessage,
  unknown: ReadonlySet<string>,
  { zone, park }: Services,
): Refused | null {
  const { stream, data } = message;
  if (stream !== dossierStream(data.dossierId))
    return refuseMessage('streamOfOther', { dossier: data.dossierId });
  const services = [...zone.services.values()];
  const theirs = seatsOf(data.panel, data.fromAuthority, otherPark(zone, park.id).id, services);
  const ours = seatsOf(data.panel, data.toAuthority, park.id, services);
  if (theirs.length === 0 || ours.length === 0) return refuseMessage('panelUnknown', { panel: data.panel });
  if (unknown.has(data.caseId)) return refuseMessage('caseUnknown', { case: data.caseId });
  if (message.type === 'org.twinpark.joint.briefed') {
    const { facts } = message.data;
    // The message does not name the service; no one of those that sit on the panel may share more than it declares.
    const undeclared = theirs.map(({ shares }) => undeclaredFacts(facts, shares));
    return undeclared.includes(null) ? invalidFacts(zone, facts) : (undeclared[0] ?? null);
  }
  if (message.type !== 'org.twinpark.joint.contributed') return null;
  const { answer, conditions } = message.data;
  const fits = (answer === 'conditionalYes') === conditions.length > 0;
  return fits ? null : refuseMessage('messageMalformed', { pointer: '/data/conditions' });
}

/** The joint steps of one side's services by which an organisation sits on a panel. */
function seatsOf(
  panel: string,
  organization: string,
  park: string,
  services: readonly ServiceDefinition[],
): readonly JointPart[] {
  return services
    .filter((service) => service.park === park)
    .flatMap(({ authority, steps }) =>
      steps.flatMap(({ by, joint }) =>
        joint?.id === panel && (by === organization || authority === organization) ? [joint] : [],
      ),
    );
}
