import { evaluate } from '@twinpark/kernel/policy/evaluate.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact } from './expression/operand.ts';
import { checkExpression } from './expression.ts';

const option = (id: string) => ({ id, name: { en: id } });
const fact = (id: string, type: Fact['type'], more: Partial<Fact> = {}): [string, Fact] => [
  id,
  { id, type, label: { en: id }, suppliedBy: 'applicant', ...more },
];

const facts = new Map([
  fact('team.headcount', 'integer', { unit: 'persons' }),
  fact('team.name', 'text'),
  fact('team.field', 'choice', { options: [option('quantum'), option('health'), option('other')] }),
  fact('team.fields', 'choices', { options: [option('quantum'), option('health')] }),
  fact('team.origin', 'choice', { options: [option('abroad'), option('home')] }),
  fact('company.isNew', 'boolean'),
  fact('company.since', 'date'),
  fact('company.until', 'date'),
  fact('space.area', 'number', { unit: 'squareMetres' }),
  fact('grant.sum', 'money', { currency: 'EUR' }),
  fact('grant.spent', 'money', { currency: 'EUR' }),
  fact('loan.sum', 'money', { currency: 'CHF' }),
]);

function problemsOf(text: string) {
  const checked = checkExpression(text, facts);
  return 'problems' in checked ? checked.problems : [];
}

function problemOf(text: string) {
  const problems = problemsOf(text);
  expect(problems, text).toHaveLength(1);
  return problems[0];
}

function expressionOf(text: string) {
  const checked = checkExpression(text, facts);
  if ('problems' in checked) throw new Error(`${text}: ${JSON.stringify(checked.problems)}`);
  return checked;
}

describe('a condition that the pack may hold', () => {
  it('becomes the tree the kernel evaluates, with the facts it names', () => {
    expect(expressionOf("team.headcount >= 5 && !(team.field == 'other')")).toEqual({
      expression: {
        op: 'and',
        of: [
          {
            op: 'compare',
            operator: '>=',
            left: { op: 'fact', fact: 'team.headcount' },
            right: { op: 'literal', value: 5 },
          },
          {
            op: 'not',
            of: {
              op: 'compare',
              operator: '==',
              left: { op: 'fact', fact: 'team.field' },
              right: { op: 'literal', value: 'other' },
            },
          },
        ],
      },
      facts: ['team.headcount', 'team.field'],
    });
  });

  it('names each fact once', () => {
    expect(expressionOf('company.isNew || team.headcount > 1 || !company.isNew').facts).toEqual([
      'company.isNew',
      'team.headcount',
    ]);
  });

  it.each([
    ["team.field in ['quantum', 'health']", 'yes'],
    ["'quantum' in team.fields", 'yes'],
    ['team.field in team.fields', 'yes'],
    ['team.headcount in [1, 7]', 'yes'],
    ['company.isNew == true', 'no'],
    ['company.isNew != (team.headcount > 5)', 'yes'],
    ["company.since < '2025-01-01'", 'no'],
    ["'2025-01-01' <= company.since", 'yes'],
    ['company.since < company.until', 'yes'],
    ['space.area > 99.5', 'yes'],
    ['space.area > team.headcount', 'yes'],
    ['grant.spent <= grant.sum', 'yes'],
    ['team.headcount > -1', 'yes'],
    ['team.name == "A \\"team\\""', 'yes'],
    ['true', 'yes'],
  ])('%s comes out as %s', (text, value) => {
    const known = {
      'team.headcount': 7,
      'team.name': 'A "team"',
      'team.field': 'quantum',
      'team.fields': ['quantum'],
      'company.isNew': false,
      'company.since': '2025-09-05',
      'company.until': '2026-09-05',
      'space.area': 100,
      'grant.sum': 500,
      'grant.spent': 500,
    };
    expect(evaluate(expressionOf(text).expression, known)).toEqual({ value, missing: [] });
  });

  it('leaves a fact that is looked for in a list of numbers unknown while it is missing', () => {
    expect(evaluate(expressionOf('team.headcount in [1, 7]').expression, {})).toEqual({
      value: 'unknown',
      missing: ['team.headcount'],
    });
  });

  it('may be as long as a condition of the pack can be', () => {
    const text = Array.from({ length: 130 }, () => 'company.isNew').join('||');
    const { expression } = expressionOf(text);
    expect(expression.op === 'or' && expression.of.length).toBe(130);
  });
});

describe('a condition that cannot be read', () => {
  it.each([
    ['', 0, '', ''],
    ['company.isNew &&', 16, '', ''],
    ['team.headcount = 5', 15, '=', '=='],
    ['company.isNew and true', 14, 'and', '&&'],
    ['company.isNew ＆＆ true', 14, '＆＆', '&&'],
    ['team.name == “A”', 13, '“', '"'],
    ["team.name == 'A", 13, "'", ''],
    ['(company.isNew', 14, '', ''],
    ['company.isNew)', 13, ')', ''],
    ['(company.isNew && (team.name == )) || true', 32, ')', ''],
    ["team.name == '\\ud800'", 14, '\\', ''],
    ['team.headcount >= ', 18, '', ''],
    ["'😀' == team.name && $", 21, '$', ''],
  ])('%s is reported where the fault is', (text, offset, found, suggestion) => {
    expect(problemOf(text)).toEqual({ code: 'expression-syntax', offset, parameters: { found, suggestion } });
  });
});

describe('what CEL has and the profile leaves out', () => {
  it.each([
    ['team.headcount + 1 > 2', 15, '+'],
    ['company.isNew && -team.headcount > 1', 17, '-'],
    ['has(team.name)', 0, 'has()'],
    ['size(team.name) > 1', 0, 'size()'],
    ["company.isNew && team.name.startsWith('A')", 26, 'startsWith()'],
    ['[1].exists(x, x > 1)', 3, 'exists()'],
    ['company.isNew ? true : false', 0, '? :'],
    ["team['name'] == 'A'", 4, '[ ]'],
    ["{'A': 1}", 0, '{ }'],
    ['team.name == null', 13, 'null'],
    ['team.headcount == 5u', 18, '5u'],
    ["team.name == b'A'", 13, "b'A'"],
    ['team.headcount == 99999999999999999999', 18, '99999999999999999999'],
    ['package.weight > 1', 0, 'package'],
  ])('%s is refused by name', (text, offset, construct) => {
    expect(problemsOf(text)[0]).toEqual({
      code: 'expression-unsupported',
      offset,
      parameters: { construct },
    });
  });

  it('is refused where it lies deeper than anybody can follow', () => {
    const brackets = `${'('.repeat(2_000)}company.isNew${')'.repeat(2_000)}`;
    const parameters = { construct: 'nesting' };
    expect(problemOf(brackets)).toEqual({ code: 'expression-unsupported', offset: 32, parameters });
    expect(problemsOf(`${'('.repeat(32)}company.isNew${')'.repeat(32)}`)).toEqual([]);
    expect(problemsOf(`team.name == '${'('.repeat(99)}'`)).toEqual([]);
    expect(problemsOf(new Array<string>(40).fill('true').join(' == '))[0]).toMatchObject({ parameters });
  });

  it('is reported wherever it occurs', () => {
    expect(
      problemsOf('size(team.name) > 1 && team.headcount + 1 > 2').map(({ parameters }) => parameters),
    ).toEqual([{ construct: 'size()' }, { construct: '+' }]);
  });
});

describe('a condition on a fact that the dictionary lacks', () => {
  it('is reported with the nearest fact', () => {
    expect(problemOf('company.isNew && team.headcont > 1')).toEqual({
      code: 'expression-unknown-fact',
      offset: 17,
      parameters: { fact: 'team.headcont', suggestion: 'team.headcount' },
    });
  });

  it('is reported without a suggestion where no fact is near', () => {
    expect(problemOf('clinicalTrial')).toMatchObject({
      code: 'expression-unknown-fact',
      parameters: { fact: 'clinicalTrial', suggestion: '' },
    });
  });

  it('draws no further problem from what the fact is compared with', () => {
    expect(problemsOf("team.headcont < 'x'").map(({ code }) => code)).toEqual(['expression-unknown-fact']);
  });
});

describe('a condition whose two sides do not fit', () => {
  it.each([
    ['company.isNew == 1', 17, { reason: 'different-types', left: 'boolean', right: 'number' }],
    ["team.headcount in [1, 'a']", 22, { reason: 'different-types', left: 'integer', right: 'text' }],
    ['grant.sum > loan.sum', 12, { reason: 'different-types', left: 'money EUR', right: 'money CHF' }],
    ['grant.sum > team.headcount', 12, { reason: 'different-types', left: 'money EUR', right: 'integer' }],
    ['team.fields == team.fields', 15, { reason: 'different-types', left: 'choices', right: 'choices' }],
    ["team.fields == 'quantum'", 15, { reason: 'different-types', left: 'choices', right: 'text' }],
    ['1 in team.fields', 0, { reason: 'different-types', left: 'number', right: 'choices' }],
    ['team.name == team.field', 13, { reason: 'different-types', left: 'text', right: 'choice' }],
    ["team.name < 'B'", 10, { reason: 'no-order', operator: '<', type: 'text' }],
    ["team.field >= 'other'", 11, { reason: 'no-order', operator: '>=', type: 'choice' }],
    ['company.isNew < true', 14, { reason: 'no-order', operator: '<', type: 'boolean' }],
    ["company.since < '2026-02-30'", 16, { reason: 'no-date', fact: 'company.since', value: '2026-02-30' }],
    ["company.since == '2026'", 17, { reason: 'no-date', fact: 'company.since', value: '2026' }],
    ['team.headcount >= 5.5', 18, { reason: 'not-an-integer', fact: 'team.headcount', value: '5.5' }],
    ['grant.sum >= 0.5', 13, { reason: 'not-an-integer', fact: 'grant.sum', value: '0.5' }],
    [
      'team.field == team.origin',
      14,
      { reason: 'no-common-option', left: 'team.field', right: 'team.origin' },
    ],
    ['team.name in team.field', 13, { reason: 'not-in-a-list', type: 'choice' }],
    ['team.name in []', 13, { reason: 'empty-list' }],
    ["team.name == ['A']", 13, { reason: 'not-a-value' }],
    ['team.name', 0, { reason: 'not-a-condition', found: 'text' }],
    ['company.isNew && 1', 17, { reason: 'not-a-condition', found: 'number' }],
  ])('%s', (text, offset, parameters) => {
    expect(problemOf(text)).toEqual({ code: 'expression-type', offset, parameters });
  });

  it('names the options and the nearest one where an option does not exist', () => {
    expect(problemOf("team.field in ['quantum', 'helth']")).toEqual({
      code: 'expression-type',
      offset: 26,
      parameters: {
        reason: 'unknown-option',
        fact: 'team.field',
        option: 'helth',
        options: 'quantum, health, other',
        suggestion: 'health',
      },
    });
    expect(problemOf("'chips' in team.fields")?.parameters).toMatchObject({
      option: 'chips',
      suggestion: '',
    });
  });

  it('is reported with every other fault, in the order of the text', () => {
    const text = "team.headcont > 1 && company.isNew == 1 && team.field == 'x'";
    expect(problemsOf(text).map(({ offset }) => offset)).toEqual([0, 38, 57]);
  });
});

describe('any text', () => {
  it('is either a condition or has problems inside the text, and never throws', () => {
    const words = [
      'team.headcount',
      'company.isNew',
      '(',
      ')',
      '[',
      ']',
      '&&',
      '||',
      '!',
      '==',
      '<',
      'in',
      ' ',
      '5',
      "'a'",
      "'",
      ',',
      '?',
      ':',
      '{',
      '-',
      '\\u',
      '\\',
      '😀',
      '.',
      '//',
    ];
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.array(fc.constantFrom(...words)).map((all) => all.join('')),
        ),
        (text) => {
          for (const { offset } of problemsOf(text)) {
            expect(offset).toBeGreaterThanOrEqual(0);
            expect(offset).toBeLessThanOrEqual(text.length);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
