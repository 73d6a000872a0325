import { edited, found } from '@twinpark/testkit/invented-zone.ts';
import { describe, expect, it } from 'vitest';

/** What happens, the file it happens in, the text it replaces, what stands there instead, and what is found. */
const cases: [string, string, string, string, string[]][] = [
  [
    'a step waits for one that there is not',
    'journeys/open-a-laboratory.yaml',
    'after: [north-laboratory-permit, south-laboratory-permit]',
    'after: [north-laboratory-permit, south-permit]',
    ['journeys/open-a-laboratory.yaml:12:42 journey-after-unknown'],
  ],
  [
    'two steps wait for each other',
    'journeys/open-a-laboratory.yaml',
    '      - service: north-laboratory-permit\n',
    '      - service: north-laboratory-permit\n        after: [south-tenancy]\n',
    ['journeys/open-a-laboratory.yaml:9:16 journey-cycle'],
  ],
  [
    'a step waits behind steps that never end',
    'journeys/open-a-laboratory.yaml',
    "        when: laboratory.kind == 'wet'\n",
    "        when: laboratory.kind == 'wet'\n        after: [south-laboratory-permit]\n",
    [
      'journeys/open-a-laboratory.yaml:11:16 journey-cycle',
      'journeys/open-a-laboratory.yaml:13:16 journey-unreachable',
    ],
  ],
  [
    'the condition of a step is never true',
    'journeys/open-a-laboratory.yaml',
    "when: laboratory.kind == 'wet'",
    "when: laboratory.kind == 'wet' && false",
    ['journeys/open-a-laboratory.yaml:10:15 journey-unreachable'],
  ],
  [
    'a condition asks for what nobody supplies',
    'journeys/open-a-laboratory.yaml',
    "when: laboratory.kind == 'wet'",
    "when: northPermit.number == 'N-1'",
    ['journeys/open-a-laboratory.yaml:10:15 when-fact-unsupplied'],
  ],
  [
    'a service needs what the form does not ask',
    'journeys/open-a-laboratory.yaml',
    '          - laboratory.opensOn\n',
    '',
    ['journeys/open-a-laboratory.yaml:9:18 need-not-asked'],
  ],
  [
    'a service needs what only a later step provides',
    'journeys/open-a-laboratory.yaml',
    '        after: [north-laboratory-permit, south-laboratory-permit]\n',
    '',
    ['journeys/open-a-laboratory.yaml:11:18 need-not-asked'],
  ],
  [
    'the form asks what no step uses',
    'services/north-laboratory-permit.yaml',
    '      - team.headcount\n',
    '',
    [
      'journeys/open-a-laboratory.yaml:16:28 asked-but-unused',
      'services/north-laboratory-permit.yaml:15:15 condition-fact-not-needed',
      'services/north-laboratory-permit.yaml:28:15 condition-fact-not-needed',
    ],
  ],
  [
    'the form asks twice',
    'journeys/open-a-laboratory.yaml',
    '          - laboratory.opensOn\n',
    '          - laboratory.opensOn\n          - team.name\n',
    ['journeys/open-a-laboratory.yaml:23:13 asked-twice'],
  ],
  [
    'the form asks what a decision establishes',
    'journeys/open-a-laboratory.yaml',
    '          - laboratory.opensOn\n',
    '          - laboratory.opensOn\n          - northPermit.number\n',
    ['journeys/open-a-laboratory.yaml:23:13 form-asks-output'],
  ],
  [
    'a service of the journey has been superseded',
    'services/south-tenancy.yaml',
    'clause: art. 8 }\n    status: illustrative',
    'clause: art. 8 }\n    status: superseded\n    to: 2024-12-31',
    ['journeys/open-a-laboratory.yaml:11:18 journey-service-ended'],
  ],
  [
    'a service of the journey ends before another begins',
    'services/south-laboratory-permit.yaml',
    '    flow: research\n',
    '    flow: research\n    from: 2021-01-01\n    to: 2021-12-31\n',
    ['journeys/open-a-laboratory.yaml:9:18 journey-service-ended'],
  ],
];

describe('Journeys', () => {
  it.each(cases)('%s', (_title, path, from, to, problems) => {
    expect(found(edited(path, from, to))).toEqual(problems);
  });
});
