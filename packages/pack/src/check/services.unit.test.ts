import { edited, found } from '@twinpark/testkit/invented-zone.ts';
import { describe, expect, it } from 'vitest';

/** What happens, the file it happens in, the text it replaces, what stands there instead, and what is found. */
const cases: [string, string, string, string, string[]][] = [
  [
    'a step waits for one that there is not',
    'services/north-laboratory-permit.yaml',
    'after: [technical-review]',
    'after: [technical-revue]',
    ['services/north-laboratory-permit.yaml:58:17 step-after-unknown'],
  ],
  [
    'a step waits for itself',
    'services/north-laboratory-permit.yaml',
    'after: [technical-review]',
    'after: [safety-panel]',
    ['services/north-laboratory-permit.yaml:58:16 step-cycle'],
  ],
  [
    'two steps wait for each other',
    'services/north-laboratory-permit.yaml',
    '        by: north-office\n        source: { instrument: north-park-act }\n        status: illustrative\n      - id: safety-panel',
    '        by: north-office\n        after: [safety-panel]\n        source: { instrument: north-park-act }\n        status: illustrative\n      - id: safety-panel',
    ['services/north-laboratory-permit.yaml:53:16 step-cycle'],
  ],
  [
    'a step waits behind steps that never end',
    'services/south-tenancy.yaml',
    '    output:\n      id: lease',
    '      - id: first\n        name: { de: Eins, fr: Un }\n        by: south-operator\n        after: [first]\n        source: { instrument: south-park-act }\n        status: illustrative\n      - id: second\n        name: { de: Zwei, fr: Deux }\n        by: south-operator\n        after: [first]\n        source: { instrument: south-park-act }\n        status: illustrative\n    output:\n      id: lease',
    ['services/south-tenancy.yaml:25:16 step-cycle', 'services/south-tenancy.yaml:31:16 step-unreachable'],
  ],
  [
    'the condition of a step is never true',
    'services/north-laboratory-permit.yaml',
    "        when: laboratory.kind == 'wet'\n        joint",
    "        when: laboratory.kind == 'wet' && 1 == 2\n        joint",
    ['services/north-laboratory-permit.yaml:59:15 step-unreachable'],
  ],
  [
    'a fact is needed twice',
    'services/south-tenancy.yaml',
    'needs: [team.name,',
    'needs: [team.name, team.name,',
    ['services/south-tenancy.yaml:10:24 need-duplicate'],
  ],
  [
    'a paper is asked for twice',
    'services/south-laboratory-permit.yaml',
    '      - { type: safety-concept }\n',
    '      - { type: safety-concept }\n      - { type: safety-concept }\n',
    ['services/south-laboratory-permit.yaml:15:17 evidence-duplicate'],
  ],
  [
    'a service provides what the applicant supplies',
    'services/south-tenancy.yaml',
    '    evidence: []',
    '    provides: [contact.email]\n    evidence: []',
    ['services/south-tenancy.yaml:11:16 provides-applicant-fact'],
  ],
  [
    'nothing provides a fact that is an output',
    'services/north-laboratory-permit.yaml',
    '    provides: [northPermit.number]\n',
    '    provides: []\n',
    ['facts.yaml:39:17 output-fact-unprovided', 'journeys/open-a-laboratory.yaml:11:18 need-not-asked'],
  ],
  [
    'a limit counts days of the other park alone',
    'services/south-laboratory-permit.yaml',
    '[south-days, north-days]',
    '[north-days]',
    ['services/south-laboratory-permit.yaml:18:18 foreign-calendar'],
  ],
  [
    'a fee is in a currency of no park',
    'services/north-laboratory-permit.yaml',
    '        currency: EUR',
    '        currency: USD',
    ['services/north-laboratory-permit.yaml:85:19 foreign-currency'],
  ],
  [
    'an output is in a language in which the park does not act',
    'services/north-laboratory-permit.yaml',
    'languages: [de]\n      validityMonths',
    'languages: [en]\n      validityMonths',
    ['services/north-laboratory-permit.yaml:91:19 language-not-of-park'],
  ],
  [
    'a remedy is in a language in which the park does not act',
    'services/north-laboratory-permit.yaml',
    '        languages: [de]\n        source',
    '        languages: [en]\n        source',
    ['services/north-laboratory-permit.yaml:102:21 language-not-of-park'],
  ],
  [
    'the condition of a step asks for a fact that the service does not need',
    'services/north-laboratory-permit.yaml',
    "        when: laboratory.kind == 'wet'\n        joint",
    "        when: contact.email == 'x'\n        joint",
    ['services/north-laboratory-permit.yaml:59:15 condition-fact-not-needed'],
  ],
  [
    'a criterion tests a fact that the service does not need',
    'services/north-laboratory-permit.yaml',
    'test: team.headcount >= 3',
    "test: laboratory.opensOn >= '2026-01-01'",
    ['services/north-laboratory-permit.yaml:29:15 condition-fact-not-needed'],
  ],
  [
    'a paper depends on a fact that the service does not need',
    'services/south-laboratory-permit.yaml',
    '- { type: safety-concept }',
    '- { type: safety-concept, when: team.headcount > 2 }',
    ['services/south-laboratory-permit.yaml:14:39 condition-fact-not-needed'],
  ],
];

describe('Services', () => {
  it.each(cases)('%s', (_title, path, from, to, problems) => {
    expect(found(edited(path, from, to))).toEqual(problems);
  });
});
