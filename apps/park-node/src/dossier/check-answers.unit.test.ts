import type { Language } from '@twinpark/contract/common.ts';
import { languages } from '@twinpark/contract/common.ts';
import type { FactValue } from '@twinpark/kernel/policy/expression.ts';
import { getJourney, type Zone } from '@twinpark/pack/zone.ts';
import { describe, expect, it } from 'vitest';
import { Problem } from '../platform/http/problem.ts';
import { elmera } from '../testing/case-orders.ts';
import { answerWords } from './answer-words.ts';
import { checkAnswers, wrongValues } from './check-answers.ts';

const zone = elmera();
const journey = getJourney(zone, 'open-a-laboratory');

function check(
  answers: Readonly<Record<string, FactValue | null>>,
  language: Language = 'en',
  world: Zone = zone,
) {
  return checkAnswers(world, journey, answers, language, { outputs: false });
}

function faultsOf(answers: Readonly<Record<string, FactValue | null>>) {
  const result = check(answers);
  return result instanceof Problem ? result : null;
}

/** The invented zone with a fact of each kind that it lacks, asked for by the journey. */
function withFact(type: 'number' | 'choices' | 'boolean'): Zone {
  const kind = zone.facts.get('laboratory.kind');
  if (!kind) throw new Error('The invented zone asks for the kind of laboratory');
  return { ...zone, facts: new Map([...zone.facts, ['laboratory.kind', { ...kind, type }]]) };
}

describe('Answers of a form', () => {
  it('are taken where each is of the kind that the dictionary gives it', () => {
    const answers = {
      'team.name': '林德\nLind',
      'team.headcount': 4,
      'laboratory.kind': 'wet',
      'laboratory.budget': 250_000_00,
      'laboratory.opensOn': '2028-02-29',
      'contact.email': null,
    };
    const { 'contact.email': _, ...given } = answers;
    expect(check(answers)).toEqual({ given, takenBack: ['contact.email'] });
  });

  it.each<[string, FactValue]>([
    ['team.name', 4],
    ['team.name', ' \n'],
    ['team.name', 'a\u0000b'],
    ['team.name', 'half \ud83d'],
    ['team.headcount', '4'],
    ['team.headcount', 4.5],
    ['team.headcount', 1e300],
    ['laboratory.budget', 0.1],
    ['laboratory.opensOn', '2027-02-29'],
    ['laboratory.opensOn', '2027-2-1'],
    ['laboratory.opensOn', '1066-10-14'],
    ['laboratory.opensOn', '+010000-01-01'],
    ['laboratory.kind', 'damp'],
    ['laboratory.kind', ['wet']],
  ])('%s is not %j', (fact, value) => {
    expect(faultsOf({ [fact]: value })).toMatchObject({
      code: 'factValueInvalid',
      errors: [{ pointer: `/answers/${fact}` }],
    });
  });

  it.each([
    ['boolean', 'yes', true],
    ['number', '4', -0.5],
    ['choices', 'wet', ['wet', 'dry']],
    ['choices', ['wet', 'wet'], []],
    ['choices', ['wet', 'damp'], ['dry']],
  ] as const)('a fact of the kind %s is not %j but %j', (type, wrong, right) => {
    const world = withFact(type);
    expect(check({ 'laboratory.kind': wrong }, 'en', world)).toBeInstanceOf(Problem);
    expect(check({ 'laboratory.kind': right }, 'en', world)).toEqual({
      given: { 'laboratory.kind': right },
      takenBack: [],
    });
  });

  it('have every fault told at once, each at its place', () => {
    expect(faultsOf({ 'team.name': '', 'team.headcount': 'four', 'laboratory.kind': 'wet' })).toMatchObject({
      code: 'factValueInvalid',
      errors: [{ pointer: '/answers/team.name' }, { pointer: '/answers/team.headcount' }],
    });
  });

  it('may not answer what the journey does not ask', () => {
    for (const fact of ['team.motto', 'constructor', '__proto__', 'a/b~c']) {
      expect(faultsOf(Object.fromEntries([[fact, 'x']]))).toMatchObject({ code: 'factUnknown' });
    }
    expect(faultsOf({ 'a/b~c': 'x' })?.errors).toMatchObject([{ pointer: '/answers/a~1b~0c' }]);
    expect(faultsOf({ 'team.motto': null })).toMatchObject({ code: 'factUnknown' });
  });

  it('may not forestall a decision, but a plan may suppose it', () => {
    const answers = { 'northPermit.number': 'N-1' };
    expect(faultsOf(answers)).toMatchObject({ code: 'factValueInvalid' });
    expect(faultsOf({ 'northPermit.number': null })).toMatchObject({ code: 'factValueInvalid' });
    expect(checkAnswers(zone, journey, answers, 'en', { outputs: true })).toMatchObject({ given: answers });
  });

  it('are held to the dictionary by whoever states them', () => {
    expect(
      wrongValues(zone, { 'northPermit.number': 'N-1', 'team.headcount': 4 }, '/establishes', 'en'),
    ).toBeNull();
    expect(
      wrongValues(zone, { 'northPermit.number': 7, 'moon.phase': 'x' }, '/establishes', 'en'),
    ).toMatchObject({
      code: 'factUnknown',
      errors: [{ pointer: '/establishes/northPermit.number' }, { pointer: '/establishes/moon.phase' }],
    });
  });

  it.each(languages)('are found fault with in %s', (language) => {
    const wrong = { 'laboratory.kind': 'damp', 'laboratory.opensOn': '1000-01-01', 'team.headcount': 1e300 };
    const result = check(wrong, language);
    const details = result instanceof Problem ? result.errors.map(({ detail }) => detail) : [];
    expect(details).toHaveLength(3);
    expect(details.join()).toContain('wet');
    expect(details.join()).toContain('1900-01-01');
    expect(details.join()).not.toMatch(/[{}[\]]/);
  });
});

describe('The words for wrong answers', () => {
  it('have the same blanks in every language', () => {
    const blanks = (language: Language) =>
      Object.entries(answerWords[language]).map(([fault, words]) => [
        fault,
        [...new Set(words.match(/\{\w+\}/g))].sort(),
      ]);
    for (const language of languages) expect(blanks(language)).toEqual(blanks('en'));
  });
});
