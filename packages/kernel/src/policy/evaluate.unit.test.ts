import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from './evaluate.ts';
import type { ComparisonOperator, Expression, Facts, FactValue } from './expression.ts';

const fact = (id: string): Expression => ({ op: 'fact', fact: id });
const literal = (value: FactValue): Expression => ({ op: 'literal', value });
const not = (of: Expression): Expression => ({ op: 'not', of });
const and = (...of: Expression[]): Expression => ({ op: 'and', of });
const or = (...of: Expression[]): Expression => ({ op: 'or', of });
const is = (left: Expression, operator: ComparisonOperator, right: Expression): Expression => ({
  op: 'compare',
  operator,
  left,
  right,
});
const isIn = (item: Expression, list: Expression): Expression => ({ op: 'in', item, list });

const headcount = fact('team.headcount');
const field = fact('team.field');
const isNew = fact('company.isNew');
const since = fact('company.since');
const fields = fact('team.fields');

describe('a condition over known facts', () => {
  it('compares numbers, dates and options', () => {
    expect(evaluate(is(headcount, '>=', literal(5)), { 'team.headcount': 5 }).value).toBe('yes');
    expect(evaluate(is(headcount, '<', literal(5)), { 'team.headcount': 5 }).value).toBe('no');
    expect(evaluate(is(since, '<=', literal('2025-12-31')), { 'company.since': '2025-09-05' }).value).toBe(
      'yes',
    );
    expect(evaluate(is(since, '>', literal('2025-12-31')), { 'company.since': '2025-09-05' }).value).toBe(
      'no',
    );
    expect(evaluate(is(field, '!=', literal('quantum')), { 'team.field': 'other' }).value).toBe('yes');
  });

  it('finds an option in a list and among the options chosen', () => {
    const known = { 'team.field': 'quantum', 'team.fields': ['quantum', 'health'] };
    expect(evaluate(isIn(field, literal(['health', 'quantum'])), known).value).toBe('yes');
    expect(evaluate(isIn(literal('chips'), fields), known).value).toBe('no');
    expect(evaluate(isIn(field, fields), known).value).toBe('yes');
  });

  it('takes zero, false, the empty text and the empty choice as answers', () => {
    expect(evaluate(is(headcount, '==', literal(0)), { 'team.headcount': 0 }).value).toBe('yes');
    expect(evaluate(isNew, { 'company.isNew': false })).toEqual({ value: 'no', missing: [] });
    expect(evaluate(is(field, '==', literal('')), { 'team.field': '' }).value).toBe('yes');
    expect(evaluate(isIn(literal('quantum'), fields), { 'team.fields': [] })).toEqual({
      value: 'no',
      missing: [],
    });
  });

  it('compares the truth of two conditions', () => {
    const agrees = is(isNew, '==', is(headcount, '<', literal(5)));
    expect(evaluate(agrees, { 'company.isNew': false, 'team.headcount': 9 }).value).toBe('yes');
    expect(evaluate(agrees, { 'company.isNew': true })).toEqual({
      value: 'unknown',
      missing: ['team.headcount'],
    });
  });
});

describe('a condition with missing facts', () => {
  it('is unknown and names them where equality is asked of a missing fact', () => {
    expect(evaluate(is(field, '==', literal('quantum')), {})).toEqual({
      value: 'unknown',
      missing: ['team.field'],
    });
    expect(evaluate(is(field, '!=', literal('quantum')), {}).value).toBe('unknown');
  });

  it('is unknown where a missing fact is looked for in a list', () => {
    expect(evaluate(isIn(field, literal(['quantum'])), {})).toEqual({
      value: 'unknown',
      missing: ['team.field'],
    });
    expect(evaluate(isIn(field, fields), {}).missing).toEqual(['team.field', 'team.fields']);
  });

  it('does not take what is missing for a small number', () => {
    expect(evaluate(is(headcount, '<', literal(15)), {}).value).toBe('unknown');
    const between = and(is(literal(0), '<=', headcount), is(headcount, '<=', literal(1)));
    expect(evaluate(between, {})).toEqual({ value: 'unknown', missing: ['team.headcount'] });
  });

  it('takes an answer that was emptied to null as missing', () => {
    const emptied = { 'team.headcount': null } as unknown as Facts;
    expect(evaluate(is(headcount, '<', literal(15)), emptied).value).toBe('unknown');
  });

  it('is no beside a part that fails, and asks for nothing', () => {
    expect(evaluate(and(literal(false), isNew), {})).toEqual({ value: 'no', missing: [] });
    expect(evaluate(and(isNew, literal(false)), {})).toEqual({ value: 'no', missing: [] });
  });

  it('is yes beside an alternative that holds, and asks for nothing', () => {
    expect(evaluate(or(literal(true), isNew), {})).toEqual({ value: 'yes', missing: [] });
    expect(evaluate(or(isNew, literal(true)), {})).toEqual({ value: 'yes', missing: [] });
  });

  it('asks only for the facts of the parts that are open', () => {
    const condition = and(
      is(headcount, '>=', literal(5)),
      or(isNew, is(since, '>', literal('2020-01-01'))),
      or(is(field, '==', literal('quantum')), is(fact('team.name'), '==', literal('A'))),
    );
    const known = { 'team.headcount': 6, 'team.name': 'A' };
    expect(evaluate(condition, known)).toEqual({
      value: 'unknown',
      missing: ['company.isNew', 'company.since'],
    });
  });

  it('stays unknown when it is negated', () => {
    expect(evaluate(not(isNew), {})).toEqual({ value: 'unknown', missing: ['company.isNew'] });
  });

  it('names a fact once, however often it is asked', () => {
    expect(evaluate(or(isNew, not(isNew)), {}).missing).toEqual(['company.isNew']);
  });

  it('does not find facts in what every object inherits', () => {
    expect(evaluate(is(fact('constructor'), '==', literal('x')), {}).missing).toEqual(['constructor']);
  });
});

describe('a value of the wrong kind', () => {
  it('is no match, and never unknown', () => {
    const wrong = { 'team.headcount': 'many', 'company.isNew': 1, 'team.fields': 'quantum' };
    expect(evaluate(is(headcount, '>=', literal(5)), wrong)).toEqual({ value: 'no', missing: [] });
    expect(evaluate(is(headcount, '<', literal(5)), wrong).value).toBe('no');
    expect(evaluate(isNew, wrong).value).toBe('no');
    expect(evaluate(is(isNew, '==', literal(true)), wrong).value).toBe('no');
    expect(evaluate(isIn(literal('quantum'), fields), wrong).value).toBe('no');
  });
});

describe('any condition over any facts', () => {
  const numbers = ['n.a', 'n.b'];
  const flags = ['f.a', 'f.b', 'f.c'];
  const number = fc.integer({ min: 0, max: 3 });
  const facts: fc.Arbitrary<Facts> = fc.record(
    {
      ...Object.fromEntries(numbers.map((id) => [id, number])),
      ...Object.fromEntries(flags.map((id) => [id, fc.boolean()])),
      's.a': fc.constantFrom('x', 'y', 'z'),
      'l.a': fc.subarray(['x', 'y', 'z']),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<Facts>;
  const allFacts: fc.Arbitrary<Facts> = fc.record({
    ...Object.fromEntries(numbers.map((id) => [id, number])),
    ...Object.fromEntries(flags.map((id) => [id, fc.boolean()])),
    's.a': fc.constantFrom('x', 'y', 'z'),
    'l.a': fc.subarray(['x', 'y', 'z']),
  }) as fc.Arbitrary<Facts>;
  const operand = fc.oneof(number.map(literal), fc.constantFrom(...numbers).map(fact));
  const { condition } = fc.letrec<{ condition: Expression }>((tie) => ({
    condition: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      fc.constantFrom(...flags).map(fact),
      fc.boolean().map(literal),
      fc
        .tuple(operand, fc.constantFrom<ComparisonOperator>('==', '!=', '<', '<=', '>', '>='), operand)
        .map(([left, operator, right]) => is(left, operator, right)),
      fc.subarray(['x', 'y', 'z']).map((list) => isIn(fact('s.a'), literal(list))),
      fc.constantFrom('x', 'y', 'z').map((item) => isIn(literal(item), fact('l.a'))),
      tie('condition').map(not),
      fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((parts) => and(...parts)),
      fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((parts) => or(...parts)),
      fc
        .tuple(tie('condition'), fc.constantFrom<ComparisonOperator>('==', '!='), tie('condition'))
        .map(([left, operator, right]) => is(left, operator, right)),
    ),
  }));

  it('never turns a yes into a no, or back, when more becomes known', () => {
    fc.assert(
      fc.property(condition, facts, allFacts, (expression, some, all) => {
        const before = evaluate(expression, some).value;
        const after = evaluate(expression, { ...all, ...some }).value;
        if (before !== 'unknown') expect(after).toBe(before);
      }),
      { numRuns: 1000 },
    );
  });

  it('names missing facts exactly when it is unknown, and only facts that are missing', () => {
    fc.assert(
      fc.property(condition, facts, (expression, some) => {
        const { value, missing } = evaluate(expression, some);
        expect(missing.length > 0).toBe(value === 'unknown');
        expect(missing.filter((id) => id in some)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('is settled once the facts it names are known, whatever they are', () => {
    fc.assert(
      fc.property(condition, facts, allFacts, (expression, some, all) => {
        const { missing } = evaluate(expression, some);
        const given = Object.fromEntries(missing.map((id) => [id, all[id] as FactValue]));
        expect(evaluate(expression, { ...some, ...given }).value).not.toBe('unknown');
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps De Morgan’s laws and double negation', () => {
    fc.assert(
      fc.property(condition, condition, facts, (one, other, some) => {
        expect(evaluate(not(and(one, other)), some)).toEqual(evaluate(or(not(one), not(other)), some));
        expect(evaluate(not(or(one, other)), some)).toEqual(evaluate(and(not(one), not(other)), some));
        expect(evaluate(not(not(one)), some)).toEqual(evaluate(one, some));
      }),
      { numRuns: 1000 },
    );
  });

  it('does not depend on the order of its parts', () => {
    fc.assert(
      fc.property(fc.array(condition, { minLength: 1, maxLength: 4 }), facts, (parts, some) => {
        const forward = evaluate(and(...parts), some);
        const backward = evaluate(and(...parts.toReversed()), some);
        expect(backward.value).toBe(forward.value);
        expect(backward.missing.toSorted()).toEqual(forward.missing.toSorted());
      }),
      { numRuns: 500 },
    );
  });
});
