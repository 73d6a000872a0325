import { edited, found } from '@twinpark/testkit/invented-zone.ts';
import { describe, expect, it } from 'vitest';

/** What happens, the file it happens in, the text it replaces, what stands there instead, and what is found. */
const cases: [string, string, string, string, string[]][] = [
  [
    'a value that is not made up has no source',
    'places.yaml',
    '    within: north-campus\n    areaSquareMetres: 4200\n    source: { seen: [invented] }\n    status: illustrative',
    '    within: north-campus\n    areaSquareMetres: 4200\n    source: {}\n    status: verified',
    ['places.yaml:63:5 source-missing'],
  ],
  [
    'an uncertain value neither has a source nor says why',
    'places.yaml',
    '    within: north-campus\n    areaSquareMetres: 4200\n    source: { seen: [invented] }\n    status: illustrative',
    '    within: north-campus\n    areaSquareMetres: 4200\n    source: {}\n    status: unverified',
    ['places.yaml:63:5 source-missing'],
  ],
  [
    'a clock has no clause',
    'services/north-laboratory-permit.yaml',
    'clause: § 5 }',
    '}',
    ['services/north-laboratory-permit.yaml:47:7 clock-without-clause'],
  ],
  [
    'the clock of a remedy has no clause',
    'services/north-laboratory-permit.yaml',
    ', clause: § 21 }',
    ' }',
    ['services/north-laboratory-permit.yaml:100:11 clock-without-clause'],
  ],
  [
    'an extension has no clause',
    'services/north-laboratory-permit.yaml',
    ', clause: § 6 }',
    ' }',
    ['services/north-laboratory-permit.yaml:45:9 clock-without-clause'],
  ],
  [
    'a fee has no clause',
    'services/north-laboratory-permit.yaml',
    ', clause: § 8 }',
    ' }',
    ['services/north-laboratory-permit.yaml:86:9 fee-without-clause'],
  ],
  [
    'a criterion has no clause',
    'services/north-laboratory-permit.yaml',
    ', clause: § 3 }',
    ' }',
    ['services/north-laboratory-permit.yaml:30:9 criterion-without-clause'],
  ],
  [
    'a remedy has no clause',
    'services/north-laboratory-permit.yaml',
    ', clause: § 20 }',
    ' }',
    ['services/north-laboratory-permit.yaml:103:9 remedy-without-clause'],
  ],
  [
    'the second officer has no clause',
    'services/north-laboratory-permit.yaml',
    ', clause: § 7 }',
    ' }',
    ['services/north-laboratory-permit.yaml:79:7 four-eyes-without-clause'],
  ],
  [
    'a paper may be owed without a clause',
    'services/north-laboratory-permit.yaml',
    ', clause: § 9 }',
    ' }',
    ['services/north-laboratory-permit.yaml:22:11 debt-without-clause'],
  ],
  [
    'a rule is verified although its clause is not established',
    'services/north-laboratory-permit.yaml',
    'clause: § 8 }\n        status: illustrative',
    'clause: not established }\n        status: verified',
    ['services/north-laboratory-permit.yaml:86:9 verified-without-clause'],
  ],
  [
    'a rule is verified without an instrument',
    'services/north-laboratory-permit.yaml',
    '{ instrument: north-park-act, clause: § 8 }\n        status: illustrative',
    '{ seen: [invented], clause: § 8 }\n        status: verified',
    ['services/north-laboratory-permit.yaml:86:9 verified-without-clause'],
  ],
  [
    'a service without an end rests on an instrument that has ended',
    'services/south-tenancy.yaml',
    'instrument: south-park-act, clause: art. 8',
    'instrument: river-treaty-1998, clause: art. 8',
    ['services/south-tenancy.yaml:26:27 expired-instrument'],
  ],
  [
    'an agreement outlives its instrument',
    'agreements.yaml',
    '    fields: [team.name]\n    purpose: { de: Gemeinsame Prüfung der Sicherheit, fr: Examen commun de la sécurité }\n    source: { instrument: river-treaty,',
    '    fields: [team.name]\n    inForce: { from: 1999-01-01, to: 2020-06-30 }\n    purpose: { de: Gemeinsame Prüfung der Sicherheit, fr: Examen commun de la sécurité }\n    source: { instrument: river-treaty-1998,',
    [
      'agreements.yaml:20:27 rule-outlives-instrument',
      'services/south-laboratory-permit.yaml:28:20 crossing-not-in-force',
    ],
  ],
  [
    'a service begins before its instrument',
    'services/north-laboratory-permit.yaml',
    'from: 2022-01-01',
    'from: 2019-01-01',
    [
      'services/north-laboratory-permit.yaml:70:31 rule-before-instrument',
      'services/north-laboratory-permit.yaml:105:27 rule-before-instrument',
    ],
  ],
  [
    'a calendar lists a year before its law',
    'calendars.yaml',
    '      - year: 2026\n        holidays:\n          - { holiday: harvest, from: 2026-10-04 }',
    '      - year: 2020\n        holidays:\n          - { holiday: harvest, from: 2020-10-04 }',
    ['calendars.yaml:35:31 rule-before-instrument'],
  ],
  [
    'what is superseded has no end',
    'services/south-tenancy.yaml',
    '    source: { instrument: south-park-act, clause: art. 8 }\n    status: illustrative',
    '    source: { instrument: south-park-act, clause: art. 8 }\n    status: superseded',
    [
      'journeys/open-a-laboratory.yaml:11:18 journey-service-ended',
      'services/south-tenancy.yaml:27:13 superseded-without-end',
    ],
  ],
  [
    'an instrument supersedes itself',
    'law.yaml',
    'supersededBy: river-treaty\n',
    'supersededBy: river-treaty-1998\n',
    ['law.yaml:14:19 instrument-supersession-cycle'],
  ],
  [
    'two instruments supersede each other',
    'law.yaml',
    '    issuedOn: 2019-11\n',
    '    issuedOn: 2019-11\n    supersededBy: river-treaty-1998\n',
    ['law.yaml:14:19 instrument-supersession-cycle'],
  ],
  [
    'a period ends before it begins',
    'law.yaml',
    'to: 2019-12-31',
    'to: 1989-12-31',
    ['law.yaml:13:9 period-reversed'],
  ],
  [
    'a date that no calendar has',
    'law.yaml',
    'to: 2019-12-31',
    'to: 2019-02-29',
    ['law.yaml:13:9 impossible-date'],
  ],
  [
    'a month that no year has',
    'law.yaml',
    'issuedOn: 2019-11',
    'issuedOn: 2019-13',
    ['law.yaml:20:15 impossible-date'],
  ],
];

describe('Sources, clauses and time in force', () => {
  it.each(cases)('%s', (_title, path, from, to, problems) => {
    expect(found(edited(path, from, to))).toEqual(problems);
  });
});
