import { amendStep, fileStep, previewFiling, type SentFiling } from '@twinpark/contract/dossier/steps.ts';
import { type CaseState, noCase } from '@twinpark/kernel/case/state.ts';
import { getPark } from '@twinpark/pack/zone.ts';
import type { Idempotency } from '../case/case-order.ts';
import { actorOf, type Member } from '../platform/auth/caller.ts';
import { dateIn } from '../platform/clock.ts';
import type { App } from '../platform/http/app.ts';
import { Problem, problem, refused } from '../platform/http/problem.ts';
import { route } from '../platform/http/route.ts';
import { newId } from '../platform/ids.ts';
import type { Services } from '../services.ts';
import { dossierAudit } from './change-dossier.ts';
import { isLive } from './dossier-value.ts';
import { type HeldDossier, holdDossier } from './held-dossier.ts';
import { presentFilingPreview } from './present-filing.ts';
import { findCaseState } from './queries/case-state.ts';
import { findDossier } from './queries/dossiers.ts';
import { readOwn } from './read-own.ts';
import { refuseOnce } from './refuse-once.ts';
import { sendFiling } from './send-filing.ts';
import { amendmentOf, filingOf, type StepFiling } from './step-filing.ts';
import { writingLanguage } from './writing-language.ts';

/** From a dossier to the cases of its steps: seen first, then sent as seen. */
export function registerStepRoutes(app: App, services: Services): void {
  const { clock } = services;

  route(app, previewFiling, async ({ params, caller, language }) => {
    const opened = await openStep(services, params, caller);
    if (opened instanceof Problem) return opened;
    const { held, live, filing, amendment, state } = opened;
    return presentFilingPreview(services, held, live ? amendment() : filing(newId(clock)), {
      state: live ? state : noCase,
      actor: actorOf(caller),
      language,
    });
  });

  route(app, fileStep, async ({ params, body, caller, language, idempotency, requestId }) => {
    const request = { ...params, caller, idempotency, requestId, action: 'case.fileCase' as const };
    const opened = await openStep(services, params, caller);
    if (opened instanceof Problem) return await refuseStep(services, request, opened);
    const caseId = newId(clock);
    const { held, previous, filing: make } = opened;
    const filing = make(caseId);
    const early = tooEarly(held, body.version, filing);
    if (early) return await refuseStep(services, request, early);
    const { dossierId } = held.row;
    const opening = {
      service: filing.service,
      applicantName: caller.acting.name,
      language: writingLanguage(held.row.language, getPark(services.zone, filing.service.park)),
      dossier: { dossierId, step: params.step, attempt: (previous?.attempt ?? 0) + 1 },
    };
    const sent = { filing, dossierId, version: body.version, caseId, state: noCase, opening };
    const { agreement } = body;
    return await sendFiling(services, { ...sent, agreement, caller, language, idempotency, requestId });
  });

  route(app, amendStep, async ({ params, body, caller, language, idempotency, requestId }) => {
    const request = { ...params, caller, idempotency, requestId, action: 'case.amendCase' as const };
    const opened = await openStep(services, params, caller);
    if (opened instanceof Problem) return await refuseStep(services, request, opened);
    const { held, previous, state, amendment } = opened;
    const filing = amendment();
    const early = tooEarly(held, body.version, filing);
    if (early || !previous) return await refuseStep(services, request, early ?? problem('notFound'));
    const { caseId, dossierId } = previous;
    const sent = { filing, dossierId, version: body.version, caseId, state, opening: null };
    const { agreement } = body;
    return await sendFiling(services, { ...sent, agreement, caller, language, idempotency, requestId });
  });
}

/** A step of a dossier with what it could send. */
async function openStep(
  services: Services,
  { dossierId, step: id }: { readonly dossierId: string; readonly step: string },
  caller: Member,
) {
  const { zone, clock } = services;
  return await readOwn(services, caller, async (tx) => {
    const row = await findDossier(tx, dossierId, caller.acting.organizationId);
    if (!row) return problem('notFound');
    const held = await holdDossier(tx, services, row);
    const step = held.world.journey.steps.find((candidate) => candidate.id === id);
    if (!step) return problem('stepUnknownInJourney', { step: id, journey: row.journey });
    const previous = held.filings.get(id);
    const state: CaseState = (previous && (await findCaseState(tx, previous.caseId))) ?? noCase;
    return {
      held,
      previous,
      live: isLive(previous),
      state,
      filing: (caseId: string) => {
        const park = zone.services.get(step.service)?.park ?? services.park.id;
        const today = dateIn(getPark(zone, park).timeZone, clock.now());
        return filingOf(held, step, caseId, { zone, today });
      },
      amendment: () => amendmentOf(held, step, state),
    };
  });
}

/** Why a filing does not go out as the applicant has seen it. */
function tooEarly({ row }: HeldDossier, version: number, filing: StepFiling): Problem | null {
  if (row.version !== version) return problem('versionConflict', { version: row.version });
  return filing.refusal && refused(filing.refusal, filing.service);
}

interface StepRequest {
  readonly dossierId: string;
  readonly step: string;
  readonly action: 'case.fileCase' | 'case.amendCase';
  readonly caller: Member;
  readonly idempotency: Idempotency;
  readonly requestId: string;
}

/** What stands in the way of a step before it goes anywhere. */
async function refuseStep(
  services: Services,
  { idempotency, step, ...request }: StepRequest,
  reason: Problem,
): Promise<SentFiling | Problem> {
  return await refuseOnce(services, idempotency, dossierAudit({ ...request, details: { step } }), reason);
}
