import { edited, found } from '@twinpark/testkit/invented-zone.ts';
import { describe, expect, it } from 'vitest';

/** What happens, the file it happens in, the text it replaces, what stands there instead, and what is found. */
const cases: [string, string, string, string, string[]][] = [
  [
    'a joint step has no table',
    'services/south-laboratory-permit.yaml',
    '          outcomes:\n            yesYes: { then: adopt, explanation: { de: Angenommen, fr: Adopté } }\n            yesNo: { then: deliberateAgain, explanation: { de: Neue Sitzung, fr: Nouvelle séance } }\n            noYes: { then: refuse, explanation: { de: Abgelehnt, fr: Refusé } }\n            noNo: { then: refuse, explanation: { de: Abgelehnt, fr: Refusé } }\n            conditionalYes: { then: adoptWithConditions, explanation: { de: Mit Auflagen, fr: Sous conditions } }\n',
    '',
    ['services/south-laboratory-permit.yaml:26:11 joint-without-table'],
  ],
  [
    'the table of a joint step has gaps',
    'services/south-laboratory-permit.yaml',
    '            noYes: { then: refuse, explanation: { de: Abgelehnt, fr: Refusé } }\n            noNo: { then: refuse, explanation: { de: Abgelehnt, fr: Refusé } }\n',
    '',
    ['services/south-laboratory-permit.yaml:29:11 joint-outcome-missing'],
  ],
  [
    'the other park has no such step',
    'services/south-laboratory-permit.yaml',
    'joint:\n          id: safety-panel',
    'joint:\n          id: safety-board',
    [
      'services/north-laboratory-permit.yaml:61:15 joint-one-sided',
      'services/south-laboratory-permit.yaml:26:15 joint-one-sided',
    ],
  ],
  [
    'the other side belongs to another authority',
    'services/south-laboratory-permit.yaml',
    'authority: north-office }',
    'authority: north-operator }',
    ['services/south-laboratory-permit.yaml:27:43 joint-authority-differs'],
  ],
  [
    'a side deliberates again alone',
    'services/north-laboratory-permit.yaml',
    'noYes: { then: deliberateAgain',
    'noYes: { then: refuse',
    ['services/south-laboratory-permit.yaml:31:28 joint-deliberates-alone'],
  ],
  [
    'a park is joint with itself',
    'services/south-laboratory-permit.yaml',
    'with: { park: north, authority: north-office }',
    'with: { park: south, authority: south-office }',
    ['services/south-laboratory-permit.yaml:27:25 joint-with-own-park'],
  ],
  [
    'a joint step shares what its service does not hold',
    'services/south-laboratory-permit.yaml',
    'shares: [team.name]',
    'shares: [team.name, team.headcount]',
    [
      'services/south-laboratory-permit.yaml:28:31 crossing-undeclared',
      'services/south-laboratory-permit.yaml:28:31 joint-shares-undeclared',
    ],
  ],
  [
    'no agreement lets a shared fact cross',
    'agreements.yaml',
    'fields: [team.name, laboratory.kind]',
    'fields: [team.name]',
    ['services/north-laboratory-permit.yaml:63:31 crossing-undeclared'],
  ],
  [
    'an agreement of the other direction is of no use',
    'agreements.yaml',
    '    fields: [team.name, laboratory.kind]',
    '    fields: [laboratory.kind]',
    ['services/north-laboratory-permit.yaml:63:20 crossing-undeclared'],
  ],
  [
    'the agreement ends while the service goes on',
    'agreements.yaml',
    '    fields: [team.name]\n',
    '    fields: [team.name]\n    inForce: { to: 2026-12-31 }\n',
    ['services/south-laboratory-permit.yaml:28:20 crossing-not-in-force'],
  ],
];

describe('Joint steps', () => {
  it.each(cases)('%s', (_title, path, from, to, problems) => {
    expect(found(edited(path, from, to))).toEqual(problems);
  });
});
