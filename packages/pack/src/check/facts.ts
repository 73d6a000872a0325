import type { Draft } from '../draft.ts';
import { keyOf, type Raise } from '../findings.ts';
import type { Records } from '../pack.ts';
import { inside, type Place } from '../tree.ts';

type Fact = Records['facts'];

/** Facts whose type does not go with their options, currency or unit, and outputs that nothing establishes. */
export function checkFacts(draft: Draft, raise: Raise): void {
  for (const { value, place } of draft.records.facts.values()) {
    checkOptions(value, place, raise);
    checkMeasure(value, place, raise);
  }
  checkOutputs(draft, raise);
}

function checkOptions({ type, options = [] }: Fact, place: Place, raise: Raise): void {
  const isChoice = type === 'choice' || type === 'choices';
  if (isChoice && options.length === 0) raise('choice-without-options', inside(place, 'type'), {});
  if (!isChoice && options.length > 0) {
    raise('options-on-non-choice', keyOf(inside(place, 'options')), { type });
  }
  const seen = new Set<string>();
  for (const [index, { id }] of options.entries()) {
    if (seen.has(id)) raise('option-duplicate', inside(place, 'options', index, 'id'), { option: id });
    seen.add(id);
  }
}

function checkMeasure({ type, currency, unit }: Fact, place: Place, raise: Raise): void {
  if (type === 'money' && currency === undefined) raise('money-without-currency', inside(place, 'type'), {});
  if (type !== 'money' && currency !== undefined) {
    raise('currency-on-non-money', keyOf(inside(place, 'currency')), { type });
  }
  if ((type === 'integer' || type === 'number') && unit === undefined) {
    raise('number-without-unit', inside(place, 'type'), {});
  }
}

/** The dictionary and the services must agree on which facts a decision establishes. */
function checkOutputs({ records, unread, entries }: Draft, raise: Raise): void {
  const provided = new Set<string>();
  for (const { value, place } of records.services.values()) {
    for (const [index, fact] of (value.provides ?? []).entries()) {
      provided.add(fact);
      if (records.facts.get(fact)?.value.suppliedBy !== 'applicant') continue;
      raise('provides-applicant-fact', inside(place, 'provides', index), { fact });
    }
  }
  // A service that could not be read may be the one that provides it.
  if (unread.length > 0 || entries.some(({ collection, faulty }) => collection === 'services' && faulty))
    return;
  for (const { value, place } of records.facts.values()) {
    if (value.suppliedBy !== 'output' || provided.has(value.id)) continue;
    raise('output-fact-unprovided', inside(place, 'suppliedBy'), { fact: value.id });
  }
}
