import type { Draft } from '../draft.ts';
import type { Raise } from '../findings.ts';
import type { Placed, Records } from '../pack.ts';
import { inside, type Place } from '../tree.ts';
import { factOfNeed, factsIn } from './conditions.ts';
import { checkOrder } from './order.ts';

type Journey = Placed<Records['journeys']>;
type Service = Records['services'];

const codes = {
  unknown: 'journey-after-unknown',
  cycle: 'journey-cycle',
  unreachable: 'journey-unreachable',
} as const;

/** Journeys that cannot be walked to the end, ask too much, or do not ask what a step needs. */
export function checkJourneys(draft: Draft, raise: Raise): void {
  for (const journey of draft.records.journeys.values()) {
    const steps = stepsOf(draft, journey);
    checkOrder(draft, steps, inside(journey.place, 'steps'), codes, raise);
    const asked = checkForm(draft, journey, raise);
    checkSupply(draft, steps, asked, raise);
    checkUse(draft, journey, steps, raise);
    checkInForce(steps, raise);
  }
}

interface Step {
  readonly id: string;
  readonly after: readonly string[];
  readonly when: string | undefined;
  /** Undefined where it is unknown or faulty, which is reported elsewhere. */
  readonly service: Service | undefined;
  readonly place: Place;
}

function stepsOf({ records }: Draft, { value, place }: Journey): Step[] {
  return value.steps.map(({ id, service, after = [], when }, index) => ({
    id: id ?? service,
    after,
    when,
    service: records.services.get(service)?.value,
    place: inside(place, 'steps', index),
  }));
}

/** Every fact once, and none that a decision establishes. Returns what the form asks. */
function checkForm({ records }: Draft, { value, place }: Journey, raise: Raise): ReadonlySet<string> {
  const sectionOf = new Map<string, string>();
  for (const [index, { id, facts }] of value.form.entries()) {
    for (const [at, fact] of facts.entries()) {
      const spot = inside(place, 'form', index, 'facts', at);
      const section = sectionOf.get(fact);
      if (section !== undefined) raise('asked-twice', spot, { fact, section });
      else if (records.facts.get(fact)?.value.suppliedBy === 'output')
        raise('form-asks-output', spot, { fact });
      if (section === undefined) sectionOf.set(fact, id);
    }
  }
  return new Set(sectionOf.keys());
}

/** Each step gets its facts from the form or from a step that is done before it. */
function checkSupply(draft: Draft, steps: readonly Step[], asked: ReadonlySet<string>, raise: Raise): void {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const anywhere = new Set(steps.flatMap(({ service }) => service?.provides ?? []));
  for (const step of steps) {
    const wanted = factsIn(draft, step.when).filter((fact) => !asked.has(fact));
    const needed = (step.service?.needs ?? []).filter(
      (need) => !asked.has(factOfNeed(need)) && (typeof need === 'string' || need.optional !== true),
    );
    if (wanted.length + needed.length === 0) continue;
    const earlier = providedBefore(step, byId);
    // An earlier service that could not be read may provide anything.
    if (earlier === null) continue;
    for (const fact of wanted) {
      if (!earlier.has(fact)) raise('when-fact-unsupplied', inside(step.place, 'when'), { fact });
    }
    for (const need of needed) {
      const fact = factOfNeed(need);
      if (!draft.ids.get('facts')?.has(fact)) continue;
      // A need that depends on a condition may belong to another branch of the journey.
      const isConditional = typeof need !== 'string' && need.when !== undefined;
      if (earlier.has(fact) || (isConditional && anywhere.has(fact))) continue;
      raise('need-not-asked', inside(step.place, 'service'), { fact, service: step.service?.id ?? '' });
    }
  }
}

/** What all steps before this one provide together; null where one of them is not known. */
function providedBefore(step: Step, byId: ReadonlyMap<string, Step>): ReadonlySet<string> | null {
  const provided = new Set<string>();
  const seen = new Set<string>();
  const queue = [...step.after];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const earlier = byId.get(id);
    if (seen.has(id) || !earlier) continue;
    seen.add(id);
    if (!earlier.service) return null;
    for (const fact of earlier.service.provides ?? []) provided.add(fact);
    queue.push(...earlier.after);
  }
  return provided;
}

function checkUse(draft: Draft, { value, place }: Journey, steps: readonly Step[], raise: Raise): void {
  // A step that could not be read may use anything, and a misspelt fact may be any.
  const needs = steps.flatMap(({ service }) => (service?.needs ?? []).map(factOfNeed));
  const isKnown = (fact: string) => draft.ids.get('facts')?.has(fact) === true;
  if (steps.some(({ service }) => !service) || !needs.every(isKnown)) return;
  const used = new Set([...needs, ...steps.flatMap(({ when }) => factsIn(draft, when))]);
  for (const [index, { facts }] of value.form.entries()) {
    for (const [at, fact] of facts.entries()) {
      if (used.has(fact) || !draft.records.facts.has(fact)) continue;
      raise('asked-but-unused', inside(place, 'form', index, 'facts', at), { fact });
    }
  }
}

/** A journey must be possible on some day: no service of it may end before another begins. */
function checkInForce(steps: readonly Step[], raise: Raise): void {
  const latestBegin =
    steps
      .map(({ service }) => service?.from ?? '')
      .sort()
      .at(-1) ?? '';
  for (const { service, place } of steps) {
    if (!service) continue;
    const { to = '' } = service;
    const endsTooSoon = to !== '' && to < latestBegin;
    if (service.status !== 'superseded' && !endsTooSoon) continue;
    raise('journey-service-ended', inside(place, 'service'), { service: service.id, ended: to });
  }
}
