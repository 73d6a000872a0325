import type { Language } from '@twinpark/contract/common.ts';
import type { JourneyDefinition } from '@twinpark/kernel/dossier/journey.ts';
import type { FactId, Facts, FactValue } from '@twinpark/kernel/policy/expression.ts';
import { isDay } from '@twinpark/pack/check/dates.ts';
import type { Records } from '@twinpark/pack/pack.ts';
import { fillIn } from '@twinpark/pack/problems.ts';
import { listOf, pick } from '@twinpark/pack/words/words.ts';
import type { Zone } from '@twinpark/pack/zone.ts';
import { Problem } from '../platform/http/problem.ts';
import { type AnswerFault, answerWords } from './answer-words.ts';

/** Answers that the fact dictionary allows. */
export interface CheckedAnswers {
  readonly given: Facts;
  /** Facts whose answers are taken back. */
  readonly takenBack: readonly FactId[];
}

/**
 * Answers to a journey's form, each checked against the fact dictionary; or every fault, in the reader's language.
 * With `outputs`, what a decision would establish may be supposed, too.
 *
 * Problems: `factUnknown` where the journey does not ask for a fact, `factValueInvalid`.
 */
export function checkAnswers(
  zone: Zone,
  journey: JourneyDefinition,
  answers: SentAnswers,
  language: Language,
  { outputs }: { readonly outputs: boolean },
): CheckedAnswers | Problem {
  const asked = new Set(journey.form.flatMap(({ facts }) => facts));
  const mayAnswer = ({ id, suppliedBy }: Fact): Told | null => {
    if (suppliedBy === 'output') return outputs ? null : tell('suppliedByOutput');
    return asked.has(id) ? null : tell('notAsked');
  };
  const problem = problemOf(zone, answers, '/answers', language, mayAnswer);
  if (problem) return problem;
  const entries = Object.entries(answers);
  return {
    given: Object.fromEntries(entries.filter((entry): entry is [string, FactValue] => entry[1] !== null)),
    takenBack: entries.filter(([, value]) => value === null).map(([fact]) => fact),
  };
}

/**
 * Why values are not of the kinds that the fact dictionary gives them, whoever states them; null where they are.
 * `place` is the pointer to them in the request.
 *
 * Problems: `factUnknown`, `factValueInvalid`.
 */
export function wrongValues(zone: Zone, facts: Facts, place: string, language: Language): Problem | null {
  return problemOf(zone, facts, place, language, () => null);
}

/** Facts whose values are not of the kinds that the fact dictionary gives them, or that it does not have. */
export function wrongFacts(zone: Zone, facts: Facts): readonly FactId[] {
  return Object.entries(facts).flatMap(([id, value]) => {
    const fact = zone.facts.get(id);
    return fact && faultOf(fact, value, 'en') === null ? [] : [id];
  });
}

type SentAnswers = Readonly<Record<FactId, FactValue | null>>;
type Fact = Records['facts'];
type Told = { readonly code: AnswerFault; readonly parameters: Readonly<Record<string, string>> };

const firstDay = '1900-01-01';
const lastDay = '2199-12-31';
const largest = String(Number.MAX_SAFE_INTEGER);

function tell(code: AnswerFault, parameters: Told['parameters'] = {}): Told {
  return { code, parameters };
}

function problemOf(
  zone: Zone,
  answers: SentAnswers,
  place: string,
  language: Language,
  mayAnswer: (fact: Fact) => Told | null,
): Problem | null {
  const faults = Object.entries(answers).flatMap(([id, value]) => {
    const fact = zone.facts.get(id);
    const fault = fact
      ? (mayAnswer(fact) ?? (value === null ? null : faultOf(fact, value, language)))
      : tell('notAsked');
    return fault ? [{ id, ...fault }] : [];
  });
  if (faults.length === 0) return null;
  const errors = faults.map(({ id, code, parameters }) => ({
    pointer: `${place}/${id.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    detail: fillIn(answerWords[language][code], parameters),
  }));
  const unknown = faults.some(({ code }) => code === 'notAsked');
  return new Problem(unknown ? 'factUnknown' : 'factValueInvalid', { errors });
}

function faultOf(fact: Fact, value: FactValue, language: Language): Told | null {
  switch (fact.type) {
    case 'text':
      return textFault(value);
    case 'integer':
    case 'money':
      if (typeof value !== 'number') return tell('notNumber');
      if (!Number.isInteger(value)) return tell('notWholeNumber');
      return Number.isSafeInteger(value) ? null : tell('tooLarge', { limit: largest });
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value)) return tell('notNumber');
      return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? null : tell('tooLarge', { limit: largest });
    case 'date':
      if (!isDay(value)) return tell('notDate');
      return value >= firstDay && value <= lastDay
        ? null
        : tell('dateOutOfRange', { first: firstDay, last: lastDay });
    case 'boolean':
      return typeof value === 'boolean' ? null : tell('notYesOrNo');
    case 'choice':
      return optionFault(fact, value, language);
    case 'choices':
      if (typeof value !== 'object') return tell('notList');
      if (new Set(value).size < value.length) return tell('optionTwice');
      return (
        value.map((option) => optionFault(fact, option, language)).find((fault) => fault !== null) ?? null
      );
    default:
      return fact.type satisfies never;
  }
}

function textFault(value: FactValue): Told | null {
  if (typeof value !== 'string') return tell('notText');
  if (value.trim() === '') return tell('emptyText');
  // Half a character, and control characters other than tabs and line ends.
  const unreadable = !value.isWellFormed() || /(?![\t\n\r])\p{Cc}/u.test(value);
  return unreadable ? tell('unreadableText') : null;
}

function optionFault({ options = [] }: Fact, value: FactValue, language: Language): Told | null {
  if (options.some(({ id }) => id === value)) return null;
  const names = options.map(({ id, name }) => `${pick(name, { language })} (${id})`);
  return tell('notOption', { options: listOf({ language }, names) });
}
