import { getJourney, listJourneys, planJourney } from '@twinpark/contract/catalogue/journeys.ts';
import { getService, type JourneyWorld } from '@twinpark/kernel/dossier/dossier.ts';
import { planJourney as plan } from '@twinpark/kernel/dossier/plan.ts';
import { checkAnswers } from '../dossier/check-answers.ts';
import type { App } from '../platform/http/app.ts';
import { Problem, problem } from '../platform/http/problem.ts';
import { route } from '../platform/http/route.ts';
import type { Services } from '../services.ts';
import { pageOf } from './page.ts';
import { presentJourney, presentPlannedStep } from './present-journey.ts';

export function registerJourneyRoutes(app: App, { zone, calendarFor }: Services): void {
  const worldOf = (id: string): JourneyWorld | null => {
    const journey = zone.journeys.get(id);
    return journey ? { journey, services: zone.services } : null;
  };
  const summaries = [...zone.journeys.values()].map((journey) => {
    const { id, name, summary, steps } = journey;
    const world = { journey, services: zone.services };
    const parks = [...new Set(steps.map((step) => getService(world, step).park))];
    return { id, name, summary, steps: steps.length, parks };
  });

  route(app, listJourneys, ({ query }) => pageOf('journeys', summaries, query));

  route(app, getJourney, ({ params }) => {
    const world = worldOf(params.journey);
    return world ? presentJourney(zone, world) : problem('notFound');
  });

  route(app, planJourney, ({ params, body, language }) => {
    const world = worldOf(params.journey);
    if (!world) return problem('notFound');
    const answers = checkAnswers(zone, world.journey, body.answers, language, { outputs: true });
    if (answers instanceof Problem) return answers;
    const steps = plan(world, answers.given, body.startOn, { calendarFor });
    return { steps: steps.map((step) => presentPlannedStep(zone, world, step)) };
  });
}
