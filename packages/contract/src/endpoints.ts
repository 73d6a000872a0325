import { listAuditEvents } from './audit/list-audit-events.ts';
import { assignCase, listColleagues } from './case/assign-case.ts';
import { commandEndpoints } from './case/case-commands.ts';
import { explainClock } from './case/explain-clock.ts';
import { exportCase } from './case/export-case.ts';
import { getCase } from './case/get-case.ts';
import { getCaseTimeline } from './case/get-case-timeline.ts';
import { listCases } from './case/list-cases.ts';
import { getJourney, listJourneys, planJourney } from './catalogue/journeys.ts';
import { getService, listServices } from './catalogue/services.ts';
import { countDeadlines, listDeadlines } from './deadline/list-deadlines.ts';
import { watchDesk } from './deadline/watch-desk.ts';
import {
  addDossierEvidence,
  createDossier,
  getDossier,
  getDossierForm,
  listDossiers,
  removeDossierEvidence,
  saveAnswers,
} from './dossier/dossiers.ts';
import { amendStep, fileStep, previewFiling } from './dossier/steps.ts';
import type { Endpoint } from './endpoint.ts';
import {
  getEvidence,
  listEvidence,
  readCaseEvidence,
  readEvidence,
  removeEvidence,
} from './evidence/evidence.ts';
import { cancelUpload, completeUpload, getUpload, putPart, startUpload } from './evidence/uploads.ts';
import { exchangeMessages } from './gateway/exchange.ts';
import { readPeerFile } from './gateway/read-peer-file.ts';
import { answerByHand, getLink, getMessage, listMessages, resendMessage } from './gateway/traffic.ts';
import { chooseOrganization } from './identity/choose-organization.ts';
import { listDemoAccounts, signInAsDemo } from './identity/demo-accounts.ts';
import { getMe } from './identity/get-me.ts';
import { startOpenIdSignIn } from './identity/open-id.ts';
import { listPasskeys, removePasskey } from './identity/passkeys.ts';
import { signOut } from './identity/sign-out.ts';
import { eraseOrganization } from './log/erasure.ts';
import {
  addCheckpoint,
  proveConsistency,
  proveInclusion,
  readCheckpoint,
  readTileEndpoints,
} from './log/read-log.ts';
import { getReceipt, getReceiptOfDocument, listReceipts } from './log/receipts.ts';
import { listFailedJobs, retryJob } from './node/failed-jobs.ts';
import { getNode } from './node/get-node.ts';
import { getParkCard } from './node/park-card.ts';
import {
  countUnreadNotifications,
  listNotifications,
  markNotificationRead,
} from './notification/notifications.ts';
import {
  acceptInvitation,
  describeInvitation,
  inviteMember,
  listInvitations,
  withdrawInvitation,
} from './organization/invitations.ts';
import { changeMember, listMembers, removeMember } from './organization/members.ts';
import { createOrganization, getOrganization, listOrganizations } from './organization/organizations.ts';
import {
  getOutput,
  listSigningKeys,
  readOutputDocument,
  readVerificationStyle,
  showVerification,
  showVerificationForm,
  verifyOutput,
} from './output/output.ts';

/** Every operation of a node, grouped by tag. What is not in this list has no route, no client and no documentation. */
export const endpoints: readonly Endpoint[] = [
  getNode,
  getParkCard,
  listServices,
  getService,
  listJourneys,
  getJourney,
  planJourney,
  listDemoAccounts,
  signInAsDemo,
  startOpenIdSignIn,
  getMe,
  chooseOrganization,
  signOut,
  listPasskeys,
  removePasskey,
  createOrganization,
  getOrganization,
  listOrganizations,
  eraseOrganization,
  listMembers,
  changeMember,
  removeMember,
  inviteMember,
  listInvitations,
  withdrawInvitation,
  describeInvitation,
  acceptInvitation,
  createDossier,
  listDossiers,
  getDossier,
  getDossierForm,
  saveAnswers,
  addDossierEvidence,
  removeDossierEvidence,
  previewFiling,
  fileStep,
  amendStep,
  startUpload,
  getUpload,
  putPart,
  completeUpload,
  cancelUpload,
  listEvidence,
  getEvidence,
  removeEvidence,
  readEvidence,
  readCaseEvidence,
  listCases,
  getCase,
  getCaseTimeline,
  explainClock,
  ...Object.values(commandEndpoints),
  assignCase,
  listColleagues,
  exportCase,
  countDeadlines,
  listDeadlines,
  watchDesk,
  listNotifications,
  countUnreadNotifications,
  markNotificationRead,
  listFailedJobs,
  retryJob,
  exchangeMessages,
  readPeerFile,
  getLink,
  listMessages,
  getMessage,
  resendMessage,
  answerByHand,
  listReceipts,
  getReceipt,
  getReceiptOfDocument,
  readCheckpoint,
  ...readTileEndpoints,
  proveInclusion,
  proveConsistency,
  addCheckpoint,
  listAuditEvents,
  getOutput,
  readOutputDocument,
  verifyOutput,
  listSigningKeys,
  showVerification,
  showVerificationForm,
  readVerificationStyle,
];
