import { type JointCombination, jointCombinations } from '@twinpark/kernel/vocabulary.ts';
import type { Draft } from '../draft.ts';
import { keyOf, type Raise } from '../findings.ts';
import type { Placed, Records } from '../pack.ts';
import { inside, type Place } from '../tree.ts';
import { factOfNeed } from './conditions.ts';

type Service = Records['services'];
type Step = Service['steps'][number];
type Joint = NonNullable<Step['joint']>;

interface Side {
  readonly service: Service;
  readonly step: Step;
  readonly joint: Joint;
  readonly place: Place;
}

/** Joint steps whose two sides do not meet, and facts that they would send without leave. */
export function checkJoints(draft: Draft, raise: Raise): void {
  const sides = [...draft.records.services.values()].flatMap(sidesOf);
  const sidesByJoint = Map.groupBy(sides, ({ joint, service }) => `${service.park} ${joint.id}`);
  const crossings = crossingsOf(draft);
  for (const side of sides) {
    checkTable(side, raise);
    checkOtherSide(draft, side, sidesByJoint, raise);
    checkShares(draft, side, crossings, raise);
  }
}

function sidesOf({ value, place }: Placed<Service>): Side[] {
  return value.steps.flatMap((step, index) =>
    step.joint
      ? [{ service: value, step, joint: step.joint, place: inside(place, 'steps', index, 'joint') }]
      : [],
  );
}

function checkTable({ joint: { outcomes }, place }: Side, raise: Raise): void {
  if (!outcomes) {
    raise('joint-without-table', place, {});
    return;
  }
  const missing = jointCombinations.filter((combination) => outcomes[combination] === undefined);
  if (missing.length === 0) return;
  raise('joint-outcome-missing', keyOf(inside(place, 'outcomes')), { outcomes: missing.join(', ') });
}

function checkOtherSide(
  draft: Draft,
  side: Side,
  sidesByJoint: ReadonlyMap<string, readonly Side[]>,
  raise: Raise,
): void {
  const { joint, service, place } = side;
  const { park, authority } = joint.with;
  if (park === service.park) {
    raise('joint-with-own-park', inside(place, 'with', 'park'), { park });
    return;
  }
  const others = sidesByJoint.get(`${park} ${joint.id}`) ?? [];
  const [other] = others;
  if (!other) {
    if (!isIncomplete(draft)) raise('joint-one-sided', inside(place, 'id'), { joint: joint.id, park });
    return;
  }
  checkDeliberation(side, other, raise);
  const named = others.some(
    ({ service: { authority: own }, step }) => own === authority || step.by === authority,
  );
  if (named) return;
  const parameters = { service: other.service.id, actual: other.service.authority };
  raise('joint-authority-differs', inside(place, 'with', 'authority'), {
    ...{ joint: joint.id, named: authority },
    ...parameters,
  });
}

/** The same pair of answers as the other side reads it, its own answer first. */
const seenFromOther: Readonly<Record<JointCombination, JointCombination>> = {
  yesYes: 'yesYes',
  yesNo: 'noYes',
  noYes: 'yesNo',
  noNo: 'noNo',
  conditionalYes: 'conditionalYes',
};

/** A panel meets again only if both sides go back to it; a side that did so alone would wait for ever. */
function checkDeliberation({ joint, place }: Side, other: Side, raise: Raise): void {
  for (const combination of jointCombinations) {
    const mirrored = seenFromOther[combination];
    const theirs = other.joint.outcomes?.[mirrored]?.then;
    if (joint.outcomes?.[combination]?.then !== 'deliberateAgain' || theirs === undefined) continue;
    if (theirs === 'deliberateAgain') continue;
    const parameters = { outcome: combination, service: other.service.id, mirrored };
    raise('joint-deliberates-alone', inside(place, 'outcomes', combination, 'then'), parameters);
  }
}

/** Whether some service or agreement is there that could not be read, so that nothing can be said to be missing. */
function isIncomplete({ unread, entries }: Draft): boolean {
  return (
    unread.length > 0 ||
    entries.some(({ faulty, collection }) => faulty && ['services', 'agreements'].includes(collection))
  );
}

type Agreement = Records['agreements'];

/** The agreements under which a fact may cross, by sender, receiver and fact. */
function crossingsOf({ records }: Draft): ReadonlyMap<string, readonly Agreement[]> {
  const leaves = [...records.agreements.values()].flatMap(({ value }) =>
    value.fields.map((fact) => ({ key: `${value.from} ${value.to} ${fact}`, value })),
  );
  return new Map(
    [...Map.groupBy(leaves, ({ key }) => key)].map(([key, group]) => [key, group.map(({ value }) => value)]),
  );
}

function checkShares(
  draft: Draft,
  { joint, service, place }: Side,
  crossings: ReadonlyMap<string, readonly Agreement[]>,
  raise: Raise,
): void {
  const needed = new Set(service.needs.map(factOfNeed));
  const to = joint.with.park;
  for (const [index, fact] of joint.shares.entries()) {
    const spot = inside(place, 'shares', index);
    if (!needed.has(fact)) raise('joint-shares-undeclared', spot, { fact });
    if (to === service.park) continue;
    const agreements = crossings.get(`${service.park} ${to} ${fact}`) ?? [];
    const [first] = agreements;
    if (!first) {
      if (!isIncomplete(draft)) raise('crossing-undeclared', spot, { fact, from: service.park, to });
    } else if (!agreements.some((agreement) => covers(agreement, service))) {
      raise('crossing-not-in-force', spot, { fact, agreement: first.id });
    }
  }
}

/**
 * Whether an agreement is in force as long as a service is. A service that does not say since when it is offered is
 * not held against the agreement; one without an end is.
 */
function covers(outer: Agreement, inner: Service): boolean {
  const { from, to } = outer.inForce ?? {};
  const begins = from === undefined || inner.from === undefined || from <= inner.from;
  const ends = to === undefined || (inner.to !== undefined && to >= inner.to);
  return begins && ends;
}
