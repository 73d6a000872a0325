import { edited, found } from '@twinpark/testkit/invented-zone.ts';
import { describe, expect, it } from 'vitest';

/** What happens, the file it happens in, the text it replaces, what stands there instead, and what is found. */
const cases: [string, string, string, string, string[]][] = [
  [
    'a condition cannot be read',
    'services/south-laboratory-permit.yaml',
    '- { type: safety-concept }',
    "- { type: safety-concept, when: team.name = 'x' }",
    ['services/south-laboratory-permit.yaml:14:49 expression-syntax'],
  ],
  [
    'a condition uses what the profile leaves out',
    'services/south-laboratory-permit.yaml',
    '- { type: safety-concept }',
    "- { type: safety-concept, when: 'size(team.name) > 2' }",
    ['services/south-laboratory-permit.yaml:14:40 expression-unsupported'],
  ],
  [
    'a condition names a fact that there is not',
    'services/south-laboratory-permit.yaml',
    '- { type: safety-concept }',
    "- { type: safety-concept, when: team.nam == 'x' }",
    ['services/south-laboratory-permit.yaml:14:39 expression-unknown-fact'],
  ],
  [
    'a condition compares a text with a number',
    'services/south-laboratory-permit.yaml',
    '- { type: safety-concept }',
    '- { type: safety-concept, when: team.name == 3 }',
    ['services/south-laboratory-permit.yaml:14:52 expression-different-types'],
  ],
  [
    'a condition is a value',
    'services/south-laboratory-permit.yaml',
    '- { type: safety-concept }',
    '- { type: safety-concept, when: team.name }',
    ['services/south-laboratory-permit.yaml:14:39 expression-not-a-condition'],
  ],
  [
    'a condition puts texts in an order',
    'services/south-laboratory-permit.yaml',
    '- { type: safety-concept }',
    "- { type: safety-concept, when: team.name > 'a' }",
    ['services/south-laboratory-permit.yaml:14:49 expression-no-order'],
  ],
  [
    'a list stands where a value belongs',
    'services/south-laboratory-permit.yaml',
    '- { type: safety-concept }',
    '- { type: safety-concept, when: "team.name == [\'a\']" }',
    ['services/south-laboratory-permit.yaml:14:53 expression-not-a-value'],
  ],
  [
    'a list has no entries',
    'services/south-laboratory-permit.yaml',
    '- { type: safety-concept }',
    "- { type: safety-concept, when: 'team.name in []' }",
    ['services/south-laboratory-permit.yaml:14:53 expression-empty-list'],
  ],
  [
    'a condition looks for something in a text',
    'services/south-laboratory-permit.yaml',
    '- { type: safety-concept }',
    '- { type: safety-concept, when: "\'a\' in team.name" }',
    ['services/south-laboratory-permit.yaml:14:47 expression-not-in-a-list'],
  ],
  [
    'a condition names an option that there is not',
    'services/north-laboratory-permit.yaml',
    "        when: laboratory.kind == 'wet'\n        joint",
    "        when: laboratory.kind == 'weet'\n        joint",
    ['services/north-laboratory-permit.yaml:59:34 expression-unknown-option'],
  ],
  [
    'a condition compares a date with what is none',
    'services/south-laboratory-permit.yaml',
    '- { type: safety-concept }',
    "- { type: safety-concept, when: laboratory.opensOn > '2026-02-30' }",
    ['services/south-laboratory-permit.yaml:14:60 expression-no-date'],
  ],
  [
    'a condition compares persons with a fraction',
    'services/north-laboratory-permit.yaml',
    'test: team.headcount >= 3',
    'test: team.headcount >= 3.5',
    ['services/north-laboratory-permit.yaml:29:33 expression-not-an-integer'],
  ],
  [
    'the place is exact within a folded condition',
    'services/south-laboratory-permit.yaml',
    '- { type: safety-concept }',
    "- type: safety-concept\n        when: >-\n          team.name == 'x'\n          || team.nam == 'y'",
    ['services/south-laboratory-permit.yaml:17:14 expression-unknown-fact'],
  ],
  [
    'a condition of a journey is checked, too',
    'journeys/open-a-laboratory.yaml',
    "when: laboratory.kind == 'wet'",
    "when: laboratory.kind == 'moist'",
    ['journeys/open-a-laboratory.yaml:10:34 expression-unknown-option'],
  ],
];

describe('Conditions', () => {
  it.each(cases)('%s', (_title, path, from, to, problems) => {
    expect(found(edited(path, from, to))).toEqual(problems);
  });
});
