import { isDay } from '../check/dates.ts';
import type { Fact } from '../expression/operand.ts';
import type { FactDictionary } from '../expression.ts';
import { keyOf, type Raise } from '../findings.ts';
import { nearest } from '../nearest.ts';
import { isoDate } from '../schema/common.ts';
import { inside, type Place } from '../tree.ts';

/** Values that the fact dictionary does not allow: an unknown fact, another kind of value, an option it lacks. */
export function checkAnswers(
  answers: Readonly<Record<string, unknown>>,
  place: Place,
  facts: FactDictionary,
  raise: Raise,
): void {
  for (const [id, value] of Object.entries(answers)) {
    const fact = facts.get(id);
    const spot = inside(place, id);
    if (fact) checkValue(fact, value, spot, raise);
    else {
      const suggestion = nearest(id, facts.keys());
      raise('unknown-reference', keyOf(spot), { collection: 'facts', id, suggestion });
    }
  }
}

type ValueCheck = (fact: Fact, value: unknown, spot: Place, raise: Raise) => void;

const checkValue: ValueCheck = (fact, value, spot, raise) => {
  // A missing answer is one that is not there: neither null nor an empty text stands for it.
  if (value === null) raise('no-value', keyOf(spot), { field: fact.id });
  else checksByType[fact.type](fact, value, spot, raise);
};

const checkWhole: ValueCheck = (_, value, spot, raise) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) raise('expected-number', spot, {});
  else if (!Number.isInteger(value)) raise('expected-whole-number', spot, {});
  else if (!Number.isSafeInteger(value)) {
    const limit = String(Number.MAX_SAFE_INTEGER * Math.sign(value));
    raise(value > 0 ? 'too-big' : 'too-small', spot, { value: String(value), limit });
  }
};

const checkOption: ValueCheck = (fact, value, spot, raise) => {
  const options = (fact.options ?? []).map(({ id }) => id);
  if (typeof value !== 'string') raise('expected-text', spot, {});
  else if (!options.includes(value)) {
    raise('wrong-value', spot, { value, allowed: options.join(', '), suggestion: nearest(value, options) });
  }
};

const checksByType: Readonly<Record<Fact['type'], ValueCheck>> = {
  text: (_, value, spot, raise) => {
    if (typeof value !== 'string') raise('expected-text', spot, {});
    else if (value.trim() === '') raise('empty-text', spot, {});
  },
  boolean: (_, value, spot, raise) => {
    if (typeof value !== 'boolean') raise('expected-true-or-false', spot, {});
  },
  number: (_, value, spot, raise) => {
    if (!Number.isFinite(value)) raise('expected-number', spot, {});
  },
  integer: checkWhole,
  money: checkWhole,
  date: (_, value, spot, raise) => {
    if (typeof value !== 'string') raise('expected-text', spot, {});
    else if (!isoDate.safeParse(value).success) raise('bad-date', spot, { value });
    else if (!isDay(value)) raise('impossible-date', spot, { value });
  },
  choice: checkOption,
  choices: (fact, value, spot, raise) => {
    if (!Array.isArray(value)) raise('expected-list', spot, {});
    else {
      for (const [index, option] of value.entries()) {
        const place = inside(spot, index);
        if (typeof option === 'string' && value.indexOf(option) < index) {
          raise('option-duplicate', place, { option });
        } else checkOption(fact, option, place, raise);
      }
    }
  },
};
