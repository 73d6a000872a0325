import { registerAssignmentRoutes } from './case/assign-case.route.ts';
import { registerCaseCommandRoutes } from './case/case-commands.route.ts';
import { registerCaseRoutes } from './case/cases.route.ts';
import { registerCaseExportRoutes } from './case/export-case.route.ts';
import { registerJourneyRoutes } from './catalogue/journeys.route.ts';
import { registerNodeRoutes } from './catalogue/node.route.ts';
import { registerParkCardRoutes } from './catalogue/park-card.route.ts';
import { registerServiceRoutes } from './catalogue/services.route.ts';
import { registerDeadlineRoutes } from './deadline/deadlines.route.ts';
import { registerDeskRoutes } from './deadline/watch-desk.route.ts';
import { registerDossierRoutes } from './dossier/dossiers.route.ts';
import { registerStepRoutes } from './dossier/steps.route.ts';
import { registerEvidenceRoutes } from './evidence/evidence.route.ts';
import { registerUploadRoutes } from './evidence/uploads.route.ts';
import { registerGatewayRoutes } from './gateway/gateway.route.ts';
import { registerPeerFileRoutes } from './gateway/peer-files.route.ts';
import { registerTrafficRoutes } from './gateway/traffic.route.ts';
import { registerErasureRoutes } from './log/erasure.route.ts';
import { registerLogRoutes } from './log/log.route.ts';
import { registerReceiptRoutes } from './log/receipts.route.ts';
import { registerWitnessRoutes } from './log/witness.route.ts';
import { registerNotificationRoutes } from './notification/notifications.route.ts';
import { registerInvitationRoutes } from './organization/invitations.route.ts';
import { registerMemberRoutes } from './organization/members.route.ts';
import { registerOrganizationRoutes } from './organization/organizations.route.ts';
import { registerOutputRoutes } from './output/output.route.ts';
import { registerVerificationRoutes } from './output/verification.route.ts';
import { registerAuditRoutes } from './platform/audit/audit-events.route.ts';
import { registerAuthRoutes } from './platform/auth/auth.route.ts';
import { registerDemoRoutes } from './platform/auth/demo.route.ts';
import { registerMeRoutes } from './platform/auth/me.route.ts';
import { registerPasskeyRoutes } from './platform/auth/passkeys.route.ts';
import type { App } from './platform/http/app.ts';
import { registerDocs } from './platform/http/docs.route.ts';
import { registerHealthRoutes } from './platform/http/health.route.ts';
import { registerMetricsRoute } from './platform/http/metrics.route.ts';
import { registerProblemPages } from './platform/http/problem-page.route.ts';
import { registerFailedJobsRoutes } from './platform/jobs/failed-jobs.route.ts';
import type { Services } from './services.ts';

/** Everything that a node answers to. */
export function registerRoutes(app: App, services: Services): void {
  for (const register of registrations) register(app, services);
}

const registrations: readonly ((app: App, services: Services) => void)[] = [
  registerNodeRoutes,
  registerParkCardRoutes,
  registerHealthRoutes,
  registerMetricsRoute,
  registerProblemPages,
  registerDocs,
  registerServiceRoutes,
  registerJourneyRoutes,
  registerAuthRoutes,
  registerDemoRoutes,
  registerMeRoutes,
  registerPasskeyRoutes,
  registerOrganizationRoutes,
  registerMemberRoutes,
  registerInvitationRoutes,
  registerDossierRoutes,
  registerStepRoutes,
  registerUploadRoutes,
  registerEvidenceRoutes,
  registerCaseRoutes,
  registerCaseCommandRoutes,
  registerAssignmentRoutes,
  registerCaseExportRoutes,
  registerDeadlineRoutes,
  registerDeskRoutes,
  registerOutputRoutes,
  registerVerificationRoutes,
  registerReceiptRoutes,
  registerLogRoutes,
  registerWitnessRoutes,
  registerErasureRoutes,
  registerNotificationRoutes,
  registerFailedJobsRoutes,
  registerGatewayRoutes,
  registerPeerFileRoutes,
  registerTrafficRoutes,
  registerAuditRoutes,
];
