import { edited, found } from '@twinpark/testkit/invented-zone.ts';
import { describe, expect, it } from 'vitest';

/** What happens, the file it happens in, the text it replaces, what stands there instead, and what is found. */
const cases: [string, string, string, string, string[]][] = [
  [
    'two records share an id',
    'places.yaml',
    '  - id: north-house-1',
    '  - id: north-campus',
    ['places.yaml:57:9 duplicate-id'],
  ],
  [
    'two steps of a service share an id',
    'services/north-laboratory-permit.yaml',
    '      - id: safety-panel\n',
    '      - id: technical-review\n',
    ['services/north-laboratory-permit.yaml:55:13 duplicate-id'],
  ],
  ['two parks share an id', 'zone.yaml', '- id: south\n', '- id: north\n', ['zone.yaml:23:11 duplicate-id']],
  [
    'a record has no id',
    'places.yaml',
    '  - id: south-office\n    name',
    '  - name',
    ['places.yaml:29:5 missing-field'],
  ],
  [
    'a journey files one service twice under one name',
    'journeys/open-a-laboratory.yaml',
    '      - service: north-laboratory-permit\n',
    '      - service: north-laboratory-permit\n      - service: north-laboratory-permit\n',
    ['journeys/open-a-laboratory.yaml:9:18 duplicate-id'],
  ],
  [
    'the zone is described twice',
    'agreements.yaml',
    'agreements:',
    'zone:\n  id: other\n  name: { de: Andere, fr: Autre }\n  summary: { de: Andere, fr: Autre }\n  languages: [de, fr]\n  parks: []\n  source: {}\n  status: illustrative\nagreements:',
    ['agreements.yaml:4:3 zone-twice', 'agreements.yaml:8:10 not-two-parks'],
  ],
  [
    'a record names an organisation that there is not',
    'services/south-tenancy.yaml',
    'by: south-operator',
    'by: south-operatr',
    ['services/south-tenancy.yaml:19:13 unknown-reference'],
  ],
  [
    'a record names something that is like nothing else',
    'services/south-tenancy.yaml',
    'by: south-operator',
    'by: ministry-of-magic',
    ['services/south-tenancy.yaml:19:13 unknown-reference'],
  ],
  [
    'a source names an instrument that there is not',
    'services/south-tenancy.yaml',
    'instrument: south-park-act, clause: art. 8',
    'instrument: south-park-at, clause: art. 8',
    ['services/south-tenancy.yaml:26:27 unknown-reference'],
  ],
  [
    'a source names a document that there is not',
    'zone.yaml',
    '      operator: north-operator\n      source: { seen: [invented] }',
    '      operator: north-operator\n      source: { seen: [invented, found] }',
    ['zone.yaml:21:34 unknown-reference'],
  ],
  [
    'a service needs a fact that there is not',
    'services/south-laboratory-permit.yaml',
    '      - laboratory.opensOn',
    '      - laboratory.openOn',
    ['services/south-laboratory-permit.yaml:12:9 unknown-reference'],
  ],
  [
    'a need with a condition names a fact that there is not',
    'services/north-laboratory-permit.yaml',
    '- fact: laboratory.budget',
    '- fact: laboratory.budgets',
    ['services/north-laboratory-permit.yaml:15:15 unknown-reference'],
  ],
  [
    'a service asks for a paper that there is not',
    'services/south-laboratory-permit.yaml',
    'type: safety-concept',
    'type: safety-plan',
    ['services/south-laboratory-permit.yaml:14:17 unknown-reference'],
  ],
  [
    'a limit counts days of a calendar that there is not',
    'services/south-laboratory-permit.yaml',
    '[south-days, north-days]',
    '[south-days, north-day]',
    ['services/south-laboratory-permit.yaml:18:31 unknown-reference'],
  ],
  [
    'a space lies within one that there is not',
    'places.yaml',
    'within: north-campus',
    'within: south-campus',
    ['places.yaml:61:13 unknown-reference'],
  ],
  [
    'a park that there is not',
    'places.yaml',
    '    park: south\n    states',
    '    park: east\n    states',
    ['places.yaml:44:11 unknown-reference'],
  ],
  [
    'an authority belongs to the other park',
    'services/south-tenancy.yaml',
    'authority: south-operator',
    'authority: north-operator',
    ['services/south-tenancy.yaml:6:16 wrong-park'],
  ],
  [
    'a park counts the days of the other',
    'zone.yaml',
    'calendar: south-days',
    'calendar: north-days',
    ['zone.yaml:31:17 wrong-park'],
  ],
  [
    'a joint step names an authority of its own park for the other',
    'services/south-laboratory-permit.yaml',
    'authority: north-office }',
    'authority: south-operator }',
    ['services/south-laboratory-permit.yaml:27:43 joint-authority-differs'],
  ],
  [
    'a remedy lies with a body of the other park',
    'services/north-laboratory-permit.yaml',
    'body: north-court',
    'body: south-office',
    ['services/north-laboratory-permit.yaml:96:15 wrong-park'],
  ],
  [
    'a faulty record is no unknown record',
    'places.yaml',
    '  - id: south-office\n    name: { de: Laboramt Süd, fr: Office des laboratoires Sud }',
    '  - id: south-office\n    nam: { de: Laboramt Süd, fr: Office des laboratoires Sud }',
    ['places.yaml:30:5 unknown-field'],
  ],
  [
    'references of a faulty record are checked, too',
    'services/south-tenancy.yaml',
    '    flow: space\n    needs: [team.name,',
    '    flow: no\n    needs: [team.nam,',
    ['services/south-tenancy.yaml:9:11 wrong-value', 'services/south-tenancy.yaml:10:13 unknown-reference'],
  ],
  ['both parks have one mark', 'zone.yaml', 'mark: S', 'mark: N', ['zone.yaml:26:13 parks-look-alike']],
  [
    'both parks have one colour',
    'zone.yaml',
    'tone: sail',
    'tone: tide',
    ['zone.yaml:27:13 parks-look-alike'],
  ],
  [
    'a currency that no country has',
    'zone.yaml',
    'currency: CHF',
    'currency: ABC',
    ['zone.yaml:29:17 unknown-currency'],
  ],
  [
    'a time zone that there is not',
    'zone.yaml',
    'Europe/Zurich',
    'Europe/Elmera',
    ['zone.yaml:28:17 unknown-time-zone'],
  ],
  [
    'a zone declares a language without a valid tag',
    'zone.yaml',
    '  languages: [de, fr]\n  parks',
    '  languages: [de, fr, französisch]\n  parks',
    ['zone.yaml:9:23 bad-language-tag'],
  ],
];

describe('Ids and what they refer to', () => {
  it.each(cases)('%s', (_title, path, from, to, problems) => {
    expect(found(edited(path, from, to))).toEqual(problems);
  });
});
