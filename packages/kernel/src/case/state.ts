import type { FactId, Facts } from '../policy/expression.ts';
import type { IsoDate } from '../shared/date.ts';
import { dayNumberOf } from '../shared/day-number.ts';
import type { Pause } from '../shared/time-limit.ts';
import type { DecisionOutcome, JointAnswer, JointConsequence, Role } from '../vocabulary.ts';

/** Who acts, in which capacity, for whom. */
export interface Actor {
  readonly role: Role;
  readonly person: string;
  /** The applicant's party, or the organisation of the pack whose desk the person holds. */
  readonly organization: string;
}

/** A paper as the case knows it: by type and digest, never by its bytes. */
export interface EvidenceItem {
  readonly type: string;
  readonly name: string;
  /** SHA-256 of the bytes, hex. */
  readonly digest: string;
}

/** Closed pauses, newest first. A list that shares its tail keeps an event's cost flat in the history's length. */
export type Pauses = { readonly pause: Pause; readonly before: Pauses } | null;

export interface StepResult {
  readonly result: 'passed' | 'failed';
  readonly conditions: readonly string[];
  readonly on: IsoDate;
}

export interface Contribution {
  readonly answer: JointAnswer;
  readonly conditions: readonly string[];
  readonly on: IsoDate;
  /** Set where an officer recorded by hand what the other side said: from which paper. */
  readonly reason?: string;
}

/** What both sides have said in a joint step; the other side may speak before this case is accepted. */
export interface JointState {
  /** Counts the panel's meetings from 1; `deliberateAgain` starts the next. */
  readonly round: number;
  readonly own: Contribution | null;
  readonly other: Contribution | null;
  readonly consequence: JointConsequence | null;
}

/** What the applicant still has to supply; what has come is struck off. */
export interface EvidenceRequest {
  readonly evidence: readonly string[];
  readonly facts: readonly string[];
  readonly requestedOn: IsoDate;
  /** Day by which the applicant must have supplied everything; null where no limit is established. */
  readonly dueOn: IsoDate | null;
}

/** A remedy that changed nothing, with the days it took. */
export interface DismissedRemedy {
  readonly remedy: string;
  readonly from: IsoDate;
  readonly to: IsoDate;
}

export interface Decision {
  readonly outcome: DecisionOutcome;
  readonly reasons: readonly string[];
  readonly conditions: readonly string[];
}

interface Opened {
  readonly caseId: string;
  readonly dossier: string | null;
  /** Party that files. */
  readonly applicant: string;
  readonly definition: { readonly service: string; readonly hash: string };
  readonly answers: Facts;
  /** Newest paper of each type. */
  readonly evidence: Readonly<Record<string, EvidenceItem>>;
  /** Day of the newest event; no act may be dated before it. */
  readonly lastOn: IsoDate;
}

interface Filed extends Opened {
  readonly filedOn: IsoDate;
  /** Day from which limits that start with the filing run: the filing, or the reopening by a remedy. */
  readonly runsFrom: IsoDate;
  readonly pauses: Pauses;
  /** The stretches that these pauses cover together, each by the cause that began it: all a due date asks of them. */
  readonly stretches: Pauses;
  readonly evidenceRounds: number;
  readonly joint: Readonly<Record<string, JointState>>;
  /** Remedies that the newest decision has withstood. */
  readonly dismissed: readonly DismissedRemedy[];
}

interface Accepted extends Filed {
  readonly acceptedOn: IsoDate;
  /** Minor papers still owed (容缺受理), with the day each is due. */
  readonly debts: Readonly<Record<string, IsoDate>>;
  readonly steps: Readonly<Record<string, StepResult>>;
  readonly extensions: number;
  readonly proposal: (Decision & { readonly by: string }) | null;
}

interface WithDecision extends Accepted {
  readonly decision: Decision & { readonly on: IsoDate; readonly tacit: boolean };
}

export interface NoCase {
  readonly status: 'none';
}
export interface DraftCase extends Opened {
  readonly status: 'draft';
}
export interface FiledCase extends Filed {
  readonly status: 'filed';
}
/** Returned for evidence (补正): the clock stands and the next move is the applicant's. */
export type AwaitingEvidenceCase = {
  readonly status: 'awaitingEvidence';
  readonly request: EvidenceRequest;
} & (({ readonly before: 'acceptance' } & Filed) | ({ readonly before: 'decision' } & Accepted));
export interface InExaminationCase extends Accepted {
  readonly status: 'inExamination';
}
/** A special procedure runs, whose days the limit leaves out. */
export interface SuspendedCase extends Accepted {
  readonly status: 'suspended';
  readonly procedure: string;
  readonly suspendedOn: IsoDate;
}
export interface DecidedCase extends WithDecision {
  readonly status: 'decided';
}
export interface ServedCase extends WithDecision {
  readonly status: 'served';
  readonly servedOn: IsoDate;
  readonly receiptNumber: string;
}
export interface ClosedCase extends WithDecision {
  readonly status: 'closed';
  readonly servedOn: IsoDate;
  readonly receiptNumber: string;
  readonly closedOn: IsoDate;
}
export interface NotAcceptedCase extends Filed {
  readonly status: 'notAccepted';
  readonly reasons: readonly string[];
  readonly servedOn: IsoDate;
}
export interface WithdrawnCase extends Opened {
  readonly status: 'withdrawn';
}
export interface LapsedCase extends Filed {
  readonly status: 'lapsed';
  readonly servedOn: IsoDate;
}
/** A decision can be challenged before it is served: else an authority that stays silent would keep the remedy shut. */
export type ChallengeableCase = NotAcceptedCase | LapsedCase | DecidedCase | ServedCase | ClosedCase;
export interface UnderRemedyCase extends Opened {
  readonly status: 'underRemedy';
  readonly remedy: string;
  readonly lodgedOn: IsoDate;
  readonly challenged: ChallengeableCase;
}

/** A case (办件): one filing of one service, in exactly one status, each with the fields that have meaning in it. */
export type CaseState =
  | NoCase
  | DraftCase
  | FiledCase
  | AwaitingEvidenceCase
  | InExaminationCase
  | SuspendedCase
  | DecidedCase
  | ServedCase
  | ClosedCase
  | NotAcceptedCase
  | WithdrawnCase
  | LapsedCase
  | UnderRemedyCase;

/** A case that lies with the authority and is not decided yet. */
export type PendingCase = FiledCase | AwaitingEvidenceCase | InExaminationCase | SuspendedCase;

export const noCase: NoCase = { status: 'none' };

/** Adds a pause, which cannot begin before the newest, to stretches: one that meets or touches the newest extends it. */
export function stretch(stretches: Pauses, pause: Pause): Pauses {
  if (stretches === null) return { pause, before: null };
  const { pause: newest, before } = stretches;
  if (dayNumberOf(pause.from) > dayNumberOf(newest.to) + 1) return { pause, before: stretches };
  return { pause: { ...newest, to: pause.to > newest.to ? pause.to : newest.to }, before };
}

/** Closed pauses in the order in which they began. */
export function listPauses(pauses: Pauses): readonly Pause[] {
  const list: Pause[] = [];
  for (let link = pauses; link !== null; link = link.before) list.push(link.pause);
  return list.reverse();
}

/** What both sides have said in a joint step so far. */
export function jointOf(state: PendingCase, step: string): JointState {
  return state.joint[step] ?? { round: 1, own: null, other: null, consequence: null };
}

/** Whether a fact is known; stored JSON may keep an emptied answer as null. */
export function isAnswered(fact: FactId, answers: Facts): boolean {
  return (answers[fact] ?? null) !== null;
}

/** What is still asked for once these answers and papers are in. */
export function stillAsked(
  { evidence, facts }: EvidenceRequest,
  filling: { readonly answers: Facts; readonly evidence: readonly EvidenceItem[] },
): { readonly evidence: readonly string[]; readonly facts: readonly string[] } {
  const types = filling.evidence.map((item) => item.type);
  return {
    evidence: evidence.filter((type) => !types.includes(type)),
    facts: facts.filter((fact) => !isAnswered(fact, filling.answers)),
  };
}
