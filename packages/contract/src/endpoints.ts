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
import { chooseOrganization } from './identity/choose-organization.ts';
import { listDemoAccounts, signInAsDemo } from './identity/demo-accounts.ts';
import { getMe } from './identity/get-me.ts';
import { startOpenIdSignIn } from './identity/open-id.ts';
import { listPasskeys, removePasskey } from './identity/passkeys.ts';
import { signOut } from './identity/sign-out.ts';
import { listFailedJobs, retryJob } from './node/failed-jobs.ts';
import { getNode } from './node/get-node.ts';
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
  listAuditEvents,
  getOutput,
  readOutputDocument,
  verifyOutput,
  listSigningKeys,
  showVerification,
  showVerificationForm,
  readVerificationStyle,
];
