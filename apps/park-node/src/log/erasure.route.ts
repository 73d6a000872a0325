import { eraseOrganization as eraseOrganizationEndpoint } from '@twinpark/contract/log/erasure.ts';
import { callerEntry, withRefusalRecorded } from '../platform/audit/caller-entry.ts';
import type { App } from '../platform/http/app.ts';
import { once } from '../platform/http/once.ts';
import { route } from '../platform/http/route.ts';
import type { Services } from '../services.ts';
import { eraseOrganization } from './erase.ts';

/** Erasure is the operator's act, at the request of whoever it is about. */
export function registerErasureRoutes(app: App, services: Services): void {
  route(app, eraseOrganizationEndpoint, async ({ params, body, caller, idempotency, requestId }) => {
    // Whom it was about is what must not be left.
    const audit = callerEntry('organization.erase', caller, requestId, { kind: 'organization', id: null });
    const work = once(services, idempotency, (tx) =>
      eraseOrganization(services, tx, params.organizationId, { reason: body.reason, audit }),
    );
    const answer = await withRefusalRecorded(services, audit, work);
    services.log.nudge();
    return answer;
  });
}
