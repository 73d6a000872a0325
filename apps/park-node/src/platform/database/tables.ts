import type { ActAcross } from '@twinpark/contract/case/act-across.ts';
import type { MessageReceipt } from '@twinpark/contract/gateway/exchange.ts';
import type { MessageType } from '@twinpark/contract/gateway/message-types.ts';
import type { ActAnswer, MessageData, ReportedDeadline } from '@twinpark/contract/gateway/messages.ts';
import type { LoggedStatement } from '@twinpark/contract/log/statements.ts';
import type { NotificationFacts, NotificationKind } from '@twinpark/contract/notification/notifications.ts';
import type { CaseEvent } from '@twinpark/kernel/case/events.ts';
import type { CaseState, EvidenceItem } from '@twinpark/kernel/case/state.ts';
import type { Dossier } from '@twinpark/kernel/dossier/dossier.ts';
import type { Facts } from '@twinpark/kernel/policy/expression.ts';
import type { CaseStatus, DecisionOutcome, JointAnswer } from '@twinpark/kernel/vocabulary.ts';
import type { ColumnType, Generated } from 'kysely';

/** What the tables of `sql/` look like from here: camelCase, dates as ISO text, instants as `Date`. */
export interface Tables {
  organizations: OrganizationsTable;
  memberships: MembershipsTable;
  invitations: InvitationsTable;
  authUsers: AuthUsersTable;
  definitions: DefinitionsTable;
  dossiers: DossiersTable;
  dossierFilings: DossierFilingsTable;
  cases: CasesTable;
  caseEvents: CaseEventsTable;
  caseDesks: CaseDesksTable;
  deadlines: DeadlinesTable;
  evidenceFiles: EvidenceFilesTable;
  evidence: EvidenceTable;
  caseEvidence: CaseEvidenceTable;
  evidenceUploads: EvidenceUploadsTable;
  evidenceUploadParts: EvidenceUploadPartsTable;
  outputs: OutputsTable;
  outputDocuments: OutputDocumentsTable;
  notifications: NotificationsTable;
  auditEvents: AuditEventsTable;
  idempotencyKeys: IdempotencyKeysTable;
  calendarEditions: { digest: string; countedAt: Date };
  monthlyTables: { tableName: string };
  logStatements: LogStatementsTable;
  logPending: { entryId: string; commitment: Uint8Array };
  logEntries: { logIndex: number; entryId: string; commitment: Uint8Array; loggedAt: Date };
  logTiles: { level: number; tile: number; width: number; hashes: Uint8Array };
  logHead: { one: Generated<boolean>; size: number; root: Uint8Array };
  logCheckpoints: { size: number; note: string; signedAt: Date };
  logCosignatures: { size: number; witness: string; line: string; cosignedAt: Date };
  witnessedLogs: WitnessedLogsTable;
  outboxStreams: OutboxStreamsTable;
  outboxMessages: OutboxMessagesTable;
  peerLink: PeerLinkTable;
  inboxStreams: { stream: string; lastPosition: number };
  inboxMessages: InboxMessagesTable;
  gatewayNonces: { nonce: string; expiresAt: Date };
  peerKeys: PeerKeysTable;
  announcedKeys: { kid: string; use: string; announcedAt: Date; knownAt: Date | null };
  crossingAgreements: CrossingAgreementsTable;
  crossingPapers: { caseId: string; sha256: string };
  peerCases: PeerCasesTable;
  peerCaseEvents: PeerCaseEventsTable;
  peerOutputs: PeerOutputsTable;
  fetches: FetchesTable;
  jointWords: JointWordsTable;
}

/** A value that is written as JSON text and read as the value. */
type Json<Value> = ColumnType<Value, string, string>;

export type OrganizationKind = 'applicant' | 'authority' | 'operator' | 'oversight';
export type MemberRole = 'applicant' | 'officer' | 'supervisor' | 'auditor' | 'operator';

export interface OrganizationsTable {
  organizationId: string;
  kind: OrganizationKind;
  packId: string | null;
  name: string;
  demo: Generated<boolean>;
  createdAt: Date;
}

export interface MembershipsTable {
  organizationId: string;
  personId: string;
  role: MemberRole;
  manages: Generated<boolean>;
  createdAt: Date;
}

export interface InvitationsTable {
  invitationId: string;
  organizationId: string;
  email: string | null;
  role: MemberRole;
  manages: Generated<boolean>;
  tokenHash: string;
  invitedBy: string | null;
  createdAt: Date;
  expiresAt: Date;
  acceptedAt: Date | null;
  acceptedBy: string | null;
}

/** The part of the sign-in library's users that the node itself may read. */
export interface AuthUsersTable {
  id: string;
  name: string;
  email: string;
  emailVerified: boolean;
  assurance: 'low' | 'substantial' | 'high';
  demo: boolean;
  createdAt: Date;
  /** Not for the node to read. */
  updatedAt: ColumnType<never, Date, never>;
}

export interface DefinitionsTable {
  hash: string;
  kind: 'service' | 'journey';
  id: string;
  content: Json<unknown>;
  firstSeenAt: Date;
}

export interface DossiersTable {
  dossierId: string;
  organizationId: string;
  journey: string;
  journeyHash: string;
  title: string;
  language: string;
  answers: Json<Dossier['answers']>;
  evidence: Json<Dossier['evidence']>;
  version: Generated<number>;
  createdBy: string;
  createdAt: Date;
  changedAt: Date;
}

export interface DossierFilingsTable {
  dossierId: string;
  step: string;
  attempt: number;
  caseId: string;
  park: string;
  service: string;
  filedOn: string;
  answers: Json<Facts>;
  evidence: Json<Readonly<Record<string, EvidenceItem>>>;
  status: CaseStatus;
  outcome: DecisionOutcome | null;
  createdAt: Date;
}

export type WaitingFor = 'applicant' | 'authority' | 'procedure' | 'remedyBody' | 'nobody';

export interface CasesTable {
  caseId: string;
  caseNumber: string;
  dossierId: string | null;
  applicantId: string;
  applicantName: string;
  /** Where the dossier is kept, if not here. */
  applicantPark: string | null;
  service: string;
  definitionHash: string;
  authority: string;
  language: string;
  status: CaseStatus;
  outcome: DecisionOutcome | null;
  waitingFor: WaitingFor;
  dueOn: string | null;
  dueProvisional: boolean;
  applicantDueOn: string | null;
  assignee: string | null;
  openedOn: string;
  filedOn: string | null;
  decidedOn: string | null;
  receiptNumber: string | null;
  version: number;
  state: Json<CaseState>;
  search: string;
  changedAt: Date;
}

export interface CaseEventsTable {
  caseId: string;
  version: number;
  type: CaseEvent['type'];
  occurredOn: string;
  occurredAt: Date;
  internal: boolean;
  event: Json<CaseEvent>;
}

export interface CaseDesksTable {
  caseId: string;
  organization: string;
  service: string;
  status: CaseStatus;
  dueOn: string | null;
  filedOn: string | null;
  changedAt: Date;
}

export interface DeadlinesTable {
  caseId: string;
  clock: 'acceptance' | 'decision' | 'step' | 'supplement' | 'debt';
  subject: string;
  applicantId: string;
  /** Null, as `desk`, for a case of the other park. */
  authority: string | null;
  desk: string | null;
  owner: 'applicant' | 'authority' | 'procedure';
  dueOn: string;
  provisional: boolean;
  stopped: boolean;
  ring: 'dueSoon' | 'overdue' | null;
  ringOn: string | null;
  rungAt: Date | null;
}

export interface EvidenceFilesTable {
  sha256: string;
  sizeBytes: number;
  mediaType: string;
  storedAt: Date;
}

export interface EvidenceTable {
  evidenceId: string;
  organizationId: string;
  sha256: string;
  name: string;
  createdBy: string;
  createdAt: Date;
}

export interface CaseEvidenceTable {
  caseId: string;
  type: string;
  sha256: string;
  name: string;
  givenOn: string;
}

export interface EvidenceUploadsTable {
  uploadId: string;
  organizationId: string;
  name: string;
  sizeBytes: number;
  partSizeBytes: number;
  sha256: string | null;
  createdBy: string;
  createdAt: Date;
  expiresAt: Date;
  evidenceId: string | null;
}

export interface EvidenceUploadPartsTable {
  uploadId: string;
  partNumber: number;
  sizeBytes: number;
  sha256: string;
}

export interface OutputsTable {
  receiptNumber: string;
  caseId: string;
  verificationCode: string;
  statement: Json<unknown>;
  signature: string;
  issuedAt: Date;
}

export interface OutputDocumentsTable {
  receiptNumber: string;
  language: string;
  mediaType: string;
  sha256: string;
}

export interface NotificationsTable {
  notificationId: string;
  recipient: string;
  assignee: string | null;
  kind: NotificationKind;
  caseId: string;
  facts: Json<NotificationFacts>;
  createdAt: Date;
  readAt: Date | null;
  readBy: string | null;
  cause: string;
}

export interface AuditEventsTable {
  auditId: string;
  at: Date;
  action: string;
  outcome: 'success' | 'refused' | 'failed';
  code: string | null;
  personId: string | null;
  organization: string | null;
  role: string | null;
  subjectKind: string | null;
  subjectId: string | null;
  requestId: string | null;
  details: Json<Readonly<Record<string, unknown>>>;
}

export interface IdempotencyKeysTable {
  scope: string;
  key: string;
  requestHash: string;
  status: number;
  response: Json<unknown>;
  createdAt: Date;
}

export interface LogStatementsTable {
  entryId: string;
  subject: string | null;
  statement: Json<LoggedStatement>;
  salt: Uint8Array;
}

export interface WitnessedLogsTable {
  origin: string;
  size: number;
  root: Uint8Array;
  checkpoint: string;
  cosignedAt: Date;
}

export interface OutboxStreamsTable {
  stream: string;
  lastPosition: Generated<number>;
  dueAt: Date | null;
  leasedUntil: Date | null;
}

export interface PeerLinkTable {
  one: Generated<boolean>;
  lastContactAt: Date | null;
  failingSince: Date | null;
  attempts: number;
  problem: ColumnType<DeliveryProblem | null, string | null, string | null>;
  nextAttemptAt: Date | null;
  protocol: number | null;
}

export type OutboxStatus = 'waiting' | 'stuck' | 'delivered' | 'replaced';

/** Why a message did not get through. */
export interface DeliveryProblem {
  readonly code: string;
  readonly raisedBy: 'node' | 'peer';
  readonly facts: Readonly<Record<string, unknown>>;
}

export interface OutboxMessagesTable {
  messageId: string;
  stream: string;
  position: number;
  type: MessageType;
  subject: string | null;
  data: ColumnType<MessageData | null, string, string | null>;
  createdAt: Date;
  status: Generated<OutboxStatus>;
  attempts: Generated<number>;
  lastAttemptAt: Generated<Date | null>;
  problem: ColumnType<DeliveryProblem | null, string | null, string | null>;
  settledAt: Generated<Date | null>;
  digest: Generated<string | null>;
  entryId: Generated<string | null>;
  receipt: ColumnType<MessageReceipt | null, string | null, string | null>;
}

export interface InboxMessagesTable {
  messageId: string;
  stream: string;
  position: number;
  type: MessageType;
  subject: string | null;
  data: ColumnType<MessageData | null, string, string | null>;
  sentAt: Date;
  receivedAt: Date;
  digest: string;
  entryId: string;
}

export interface PeerKeysTable {
  kid: string;
  use: 'documents' | 'gateway' | 'log' | 'witness';
  name: string;
  x: string;
  validFrom: Date;
  validUntil: Date | null;
  announcedAt: Date;
}

export interface CrossingAgreementsTable {
  agreementId: string;
  dossierId: string;
  step: string;
  caseId: string;
  toPark: string;
  service: string;
  definitionHash: string;
  organizationId: string;
  personId: string;
  fields: Json<readonly string[]>;
  papers: Json<readonly { readonly type: string; readonly sha256: string }[]>;
  digest: string;
  language: string;
  agreedAt: Date;
}

export interface PeerCasesTable
  extends Omit<CasesTable, 'caseNumber' | 'applicantPark' | 'assignee' | 'dossierId'> {
  dossierId: string;
  step: string;
  park: string;
  caseNumber: string | null;
  deadlines: Json<readonly ReportedDeadline[]>;
  act: Json<PeerAct>;
}

/** The applicant's newest act on a case of the other park. */
export interface PeerAct {
  /** The message in which it went out. */
  readonly messageId: string;
  readonly action: ActAcross;
  readonly sentAt: string;
  /** Null until the other park has answered. */
  readonly answer: ActAnswer | null;
}

export interface PeerCaseEventsTable {
  caseId: string;
  version: number;
  type: CaseEvent['type'];
  occurredOn: string;
  occurredAt: Date;
  event: Json<CaseEvent>;
}

export interface PeerOutputsTable {
  receiptNumber: string;
  caseId: string;
  statement: Json<unknown>;
  signature: string;
  verificationUrl: string;
  issuedAt: Date;
}

export interface FetchesTable {
  caseId: string;
  sha256: string;
  kind: 'paper' | 'document';
  sizeBytes: number;
  mediaType: string;
  receiptNumber: string | null;
  language: string | null;
  requestedAt: Date;
  fetchedAt: Date | null;
  problem: ColumnType<DeliveryProblem | null, string | null, string | null>;
}

export interface JointWordsTable {
  dossierId: string;
  panel: string;
  toAuthority: string;
  fromAuthority: string;
  caseId: string;
  facts: Json<Facts>;
  answer: JointAnswer | null;
  conditions: Json<readonly string[]>;
  saidOn: string | null;
  heardBy: string | null;
  ended: Generated<boolean>;
  changedAt: Date;
}
