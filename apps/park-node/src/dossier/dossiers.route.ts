import {
  addDossierEvidence,
  createDossier,
  getDossier,
  getDossierForm,
  listDossiers,
  removeDossierEvidence,
  saveAnswers,
} from '@twinpark/contract/dossier/dossiers.ts';
import { addEvidence, answer } from '@twinpark/kernel/dossier/dossier.ts';
import { without } from '@twinpark/kernel/shared/record.ts';
import { evidenceTypesOf, presentForm } from '../catalogue/present-journey.ts';
import { recordAudit } from '../platform/audit/audit-trail.ts';
import { instantNow } from '../platform/clock.ts';
import type { App } from '../platform/http/app.ts';
import { once } from '../platform/http/once.ts';
import { Problem, problem } from '../platform/http/problem.ts';
import { route } from '../platform/http/route.ts';
import { newId } from '../platform/ids.ts';
import type { Services } from '../services.ts';
import { changeDossier, dossierAudit, versionOf } from './change-dossier.ts';
import { checkAnswers } from './check-answers.ts';
import { asGiven } from './dossier-value.ts';
import { holdDossier, worldOf } from './held-dossier.ts';
import { listPage } from './list-dossiers.ts';
import { presentDossier } from './present-dossier.ts';
import { findDossier, insertDossier } from './queries/dossiers.ts';
import { holdPaper } from './queries/papers.ts';
import { readOwn } from './read-own.ts';

/** Dossiers: begun, filled and looked at by the applicant. */
export function registerDossierRoutes(app: App, services: Services): void {
  const { zone, clock, store, definitions } = services;

  route(app, createDossier, async ({ body, caller, idempotency, requestId }) => {
    const journey = zone.journeys.get(body.journey);
    if (!journey) {
      const nothing = { action: 'dossier.create', caller, dossierId: null, requestId, details: {} } as const;
      await store.write((tx) => recordAudit(tx, clock, dossierAudit(nothing), 'refused', 'journeyUnknown'));
      return problem('journeyUnknown', { journey: body.journey });
    }
    return await once(services, idempotency, async (tx) => {
      const now = instantNow(clock);
      const row = {
        dossierId: newId(clock),
        organizationId: caller.acting.organizationId,
        journey: journey.id,
        journeyHash: journey.hash,
        title: body.title,
        language: body.language,
        answers: {},
        evidence: {},
        version: 1,
        createdBy: caller.person.id,
        createdAt: now,
        changedAt: now,
      };
      await insertDossier(tx, row);
      const { dossierId } = row;
      const details = { journey: journey.id };
      await recordAudit(
        tx,
        clock,
        dossierAudit({ action: 'dossier.create', caller, dossierId, requestId, details }),
      );
      return versionOf(row);
    });
  });

  route(app, listDossiers, async ({ query, caller }) =>
    readOwn(services, caller, (tx) => listPage(tx, definitions, caller.acting.organizationId, query)),
  );

  route(app, getDossier, async ({ params, caller, language }) =>
    readOwn(services, caller, async (tx) => {
      const row = await findDossier(tx, params.dossierId, caller.acting.organizationId);
      if (!row) return problem('notFound');
      return presentDossier(services, await holdDossier(tx, services, row), language);
    }),
  );

  route(app, getDossierForm, async ({ params, caller }) =>
    readOwn(services, caller, async (tx) => {
      const row = await findDossier(tx, params.dossierId, caller.acting.organizationId);
      return row ? presentForm(zone, await worldOf(tx, services, row)) : problem('notFound');
    }),
  );

  route(app, saveAnswers, async ({ params, body, language, ...request }) =>
    changeDossier(
      services,
      {
        ...request,
        dossierId: params.dossierId,
        action: 'dossier.answer',
        details: { answers: Object.keys(body.answers).length },
      },
      async (tx, row, today) => {
        if (row.version !== body.version) return problem('versionConflict', { version: row.version });
        const { journey } = await worldOf(tx, services, row);
        const checked = checkAnswers(zone, journey, body.answers, language, { outputs: false });
        if (checked instanceof Problem) return checked;
        const answered = answer(asGiven(row), checked.given, today);
        const { takenBack } = checked;
        return {
          answers: takenBack.length === 0 ? answered.answers : without(answered.answers, takenBack),
          evidence: row.evidence,
        };
      },
    ),
  );

  route(app, addDossierEvidence, async ({ params, body, language: _, ...request }) =>
    changeDossier(
      services,
      {
        ...request,
        dossierId: params.dossierId,
        action: 'dossier.addEvidence',
        details: { type: body.type, evidence: body.evidenceId },
      },
      async (tx, row, today) => {
        const types = evidenceTypesOf(await worldOf(tx, services, row));
        if (!types.includes(body.type))
          return problem('evidenceTypeUnknown', { evidenceType: body.type, known: types });
        const paper = await holdPaper(tx, body.evidenceId, row.organizationId);
        if (!paper) return problem('evidenceUnknown', { evidence: body.evidenceId });
        const item = { type: body.type, name: paper.name, digest: paper.sha256 };
        const { evidence } = addEvidence(asGiven(row), [item], today);
        return { answers: row.answers, evidence };
      },
    ),
  );

  route(app, removeDossierEvidence, async ({ params, language: _, ...request }) =>
    changeDossier(
      services,
      {
        ...request,
        dossierId: params.dossierId,
        action: 'dossier.removeEvidence',
        details: { type: params.type },
      },
      (_tx, row) => {
        if (!Object.hasOwn(row.evidence, params.type)) return problem('notFound');
        return { answers: row.answers, evidence: without(row.evidence, [params.type]) };
      },
    ),
  );
}
