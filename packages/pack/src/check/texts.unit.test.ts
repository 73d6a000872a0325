import { edited, found } from '@twinpark/testkit/invented-zone.ts';
import { describe, expect, it } from 'vitest';

/** What happens, the file it happens in, the text it replaces, what stands there instead, and what is found. */
const cases: [string, string, string, string, string[]][] = [
  [
    'a text lacks a language of the zone',
    'services/south-tenancy.yaml',
    'name: { de: Mietvertrag Süd, fr: Bail Sud }',
    'name: { de: Mietvertrag Süd }',
    ['services/south-tenancy.yaml:7:11 language-missing'],
  ],
  [
    'a text is written in a language that the zone does not have',
    'services/south-tenancy.yaml',
    'fr: Bail Sud',
    'fr: Bail Sud, it: Contratto',
    ['services/south-tenancy.yaml:7:48 language-undeclared'],
  ],
  [
    'an official name is in a language that the zone does not have',
    'places.yaml',
    'officialNames: [de]',
    'officialNames: [de, it]',
    ['places.yaml:6:25 language-undeclared'],
  ],
];

describe('Texts', () => {
  it.each(cases)('%s', (_title, path, from, to, problems) => {
    expect(found(edited(path, from, to))).toEqual(problems);
  });
});
