import { evaluate } from '@twinpark/kernel/policy/evaluate.ts';
import { type Draft, mayBeUnread } from '../draft.ts';
import type { ExpressionProblem } from '../expression/tree.ts';
import { type CheckedExpression, checkExpression, type FactDictionary } from '../expression.ts';
import { characterOf, type Raise } from '../findings.ts';
import type { Placed, Records } from '../pack.ts';
import type { ParametersOf, ProblemCode } from '../problem-codes.ts';
import { expression } from '../schema/common.ts';
import { inside, type Place } from '../tree.ts';

/** Conditions that cannot be read, name unknown facts or compare what cannot be compared. */
export function checkConditions(draft: Draft, raise: Raise): void {
  for (const entry of draft.entries) {
    for (const { kind, value, path } of entry.parts) {
      if (kind !== 'expression') continue;
      const written = expression.safeParse(value);
      if (!written.success) continue;
      const read = readCondition(draft, written.data);
      if (!('problems' in read)) continue;
      const place = inside(entry.place, ...path);
      for (const problem of read.problems) report(draft, problem, place, raise);
    }
  }
  for (const service of draft.records.services.values()) checkFactsNeeded(draft, service, raise);
}

function report(draft: Draft, problem: ExpressionProblem, place: Place, raise: Raise): void {
  const { code, offset, parameters } = problem;
  const fact = parameters['fact'] ?? '';
  // The dictionary given to the reader lacks faulty facts; they exist all the same.
  if (code === 'expression-unknown-fact' && (draft.ids.get('facts')?.has(fact) || mayBeUnread(draft, fact))) {
    return;
  }
  // A choice without options is reported where it stands.
  if (parameters['reason'] === 'unknown-option' && parameters['options'] === '') return;
  const exact = code === 'expression-type' ? `expression-${parameters['reason']}` : code;
  raise(exact as ProblemCode, characterOf(place, offset), parameters as ParametersOf<ProblemCode>);
}

/** The conditions of a service are settled by what its filing carries and by nothing else. */
function checkFactsNeeded(draft: Draft, { value, place }: Placed<Records['services']>, raise: Raise): void {
  const needed = new Set(value.needs.map(factOfNeed));
  const conditions: [string | undefined, Place][] = [
    ...value.needs.map((need, index): [string | undefined, Place] => [
      typeof need === 'string' ? undefined : need.when,
      inside(place, 'needs', index, 'when'),
    ]),
    ...value.evidence.map(({ when }, index): [string | undefined, Place] => [
      when,
      inside(place, 'evidence', index, 'when'),
    ]),
    ...value.steps.map(({ when }, index): [string | undefined, Place] => [
      when,
      inside(place, 'steps', index, 'when'),
    ]),
    ...(value.criteria ?? []).map(({ test }, index): [string | undefined, Place] => [
      test,
      inside(place, 'criteria', index, 'test'),
    ]),
  ];
  for (const [text, spot] of conditions) {
    for (const fact of factsIn(draft, text)) {
      if (!needed.has(fact)) raise('condition-fact-not-needed', spot, { fact });
    }
  }
}

export function factOfNeed(need: Records['services']['needs'][number]): string {
  return typeof need === 'string' ? need : need.fact;
}

/** The facts that a condition names; none where it is absent or cannot be read. */
export function factsIn(draft: Draft, text: string | undefined): readonly string[] {
  const read = text === undefined ? null : readCondition(draft, text);
  return read && 'facts' in read ? read.facts : [];
}

/** Whether a condition can never hold, whatever the facts. */
export function isNeverTrue(draft: Draft, text: string | undefined): boolean {
  const read = text === undefined ? null : readCondition(draft, text);
  return read !== null && 'expression' in read && evaluate(read.expression, {}).value === 'no';
}

interface Conditions {
  readonly dictionary: FactDictionary;
  readonly read: Map<string, CheckedExpression>;
}

const conditionsOf = new WeakMap<Draft, Conditions>();

/** Each text is read once; the same condition stands in many places. */
function readCondition(draft: Draft, text: string): CheckedExpression {
  const conditions = conditionsOf.get(draft) ?? {
    dictionary: new Map([...draft.records.facts].map(([id, { value }]) => [id, value])),
    read: new Map<string, CheckedExpression>(),
  };
  conditionsOf.set(draft, conditions);
  const checked = conditions.read.get(text) ?? checkExpression(text, conditions.dictionary);
  conditions.read.set(text, checked);
  return checked;
}
