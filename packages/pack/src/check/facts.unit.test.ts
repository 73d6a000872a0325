import { edited, found } from '@twinpark/testkit/invented-zone.ts';
import { describe, expect, it } from 'vitest';

/** What happens, the file it happens in, the text it replaces, what stands there instead, and what is found. */
const cases: [string, string, string, string, string[]][] = [
  [
    'a choice has no options',
    'facts.yaml',
    '    options:\n      - id: wet\n        name: { de: Nasslabor, fr: Laboratoire humide }\n      - id: dry\n        name: { de: Trockenlabor, fr: Laboratoire sec }\n',
    '',
    ['facts.yaml:14:11 choice-without-options'],
  ],
  [
    'a date has options',
    'facts.yaml',
    '    type: date\n',
    '    type: date\n    options: [{ id: soon, name: { de: Bald, fr: Bientôt } }]\n',
    ['facts.yaml:29:5 options-on-non-choice'],
  ],
  ['an option stands twice', 'facts.yaml', 'id: dry', 'id: wet', ['facts.yaml:19:13 option-duplicate']],
  [
    'money has no currency',
    'facts.yaml',
    '    currency: EUR\n',
    '',
    ['facts.yaml:23:11 money-without-currency'],
  ],
  [
    'a date has a currency',
    'facts.yaml',
    '    type: date\n',
    '    type: date\n    currency: EUR\n',
    ['facts.yaml:29:5 currency-on-non-money'],
  ],
  ['a number has no unit', 'facts.yaml', '    unit: persons\n', '', ['facts.yaml:9:11 number-without-unit']],
];

describe('Facts', () => {
  it.each(cases)('%s', (_title, path, from, to, problems) => {
    expect(found(edited(path, from, to))).toEqual(problems);
  });
});
