import type { Draft } from '../draft.ts';
import type { Raise } from '../findings.ts';
import type { Placed, Records } from '../pack.ts';
import { inside, type Place } from '../tree.ts';
import { factOfNeed } from './conditions.ts';
import { checkOrder } from './order.ts';

type Service = Placed<Records['services']>;

/** Steps that cannot be taken, entries that stand twice, and terms that do not fit the service's park. */
export function checkServices(draft: Draft, raise: Raise): void {
  for (const service of draft.records.services.values()) {
    checkSteps(draft, service, raise);
    checkLists(service, raise);
    checkLimits(draft, service, raise);
    checkTerms(draft, service, raise);
  }
}

function checkSteps(draft: Draft, { value, place }: Service, raise: Raise): void {
  const steps = inside(place, 'steps');
  const nodes = value.steps.map(({ id, after = [], when }) => ({ id, after, when }));
  checkOrder(
    draft,
    nodes,
    steps,
    { unknown: 'step-after-unknown', cycle: 'step-cycle', unreachable: 'step-unreachable' },
    raise,
  );
}

function checkLists({ value, place }: Service, raise: Raise): void {
  const needs = new Set<string>();
  for (const [index, need] of value.needs.entries()) {
    const fact = factOfNeed(need);
    if (needs.has(fact)) raise('need-duplicate', inside(place, 'needs', index), { fact });
    needs.add(fact);
  }
  const papers = new Set<string>();
  for (const [index, { type }] of value.evidence.entries()) {
    if (papers.has(type)) raise('evidence-duplicate', inside(place, 'evidence', index, 'type'), { type });
    papers.add(type);
  }
}

/** A limit that counts another park's days alone was hardly meant; where the law says so, both are named. */
function checkLimits(draft: Draft, { value, place }: Service, raise: Raise): void {
  const limits: [Records['services']['limit'] | undefined, Place][] = [
    [value.acceptance?.limit, inside(place, 'acceptance', 'limit')],
    [value.limit, inside(place, 'limit')],
    [value.supplement?.limit, inside(place, 'supplement', 'limit')],
    ...value.steps.map(({ limit }, index): [typeof limit, Place] => [
      limit,
      inside(place, 'steps', index, 'limit'),
    ]),
    ...(value.remedies ?? []).map(({ limit }, index): [typeof limit, Place] => [
      limit,
      inside(place, 'remedies', index, 'limit'),
    ]),
  ];
  for (const [limit, spot] of limits) {
    if (!limit || 'notEstablished' in limit || !limit.calendars) continue;
    const parks = limit.calendars.map((id) => draft.records.calendars.get(id)?.value.park);
    const [calendar = ''] = limit.calendars;
    const [park] = parks;
    if (park === undefined || parks.some((each) => each === undefined || each === value.park)) continue;
    raise('foreign-calendar', inside(spot, 'calendars'), { calendar, park });
  }
}

function checkTerms({ zone }: Draft, { value, place }: Service, raise: Raise): void {
  const park = zone?.value.parks.find(({ id }) => id === value.park);
  if (!zone || !park) return;
  const currencies = zone.value.parks.map(({ currency }) => currency);
  for (const [index, { currency }] of (value.fees ?? []).entries()) {
    if (currencies.includes(currency)) continue;
    const expected = currencies.join(', ');
    raise('foreign-currency', inside(place, 'fees', index, 'currency'), { currency, expected });
  }
  const written: [readonly string[], Place][] = [
    [value.output.languages, inside(place, 'output', 'languages')],
    ...(value.remedies ?? []).map(({ languages }, index): [readonly string[], Place] => [
      languages,
      inside(place, 'remedies', index, 'languages'),
    ]),
  ];
  for (const [languages, spot] of written) {
    for (const [index, language] of languages.entries()) {
      if (park.languages.includes(language)) continue;
      raise('language-not-of-park', inside(spot, index), { language, languages: park.languages.join(', ') });
    }
  }
}
