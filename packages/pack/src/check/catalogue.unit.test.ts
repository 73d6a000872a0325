import { edited, found } from '@twinpark/testkit/invented-zone.ts';
import { describe, expect, it } from 'vitest';

/** What happens, the file it happens in, the text it replaces, what stands there instead, and what is found. */
const cases: [string, string, string, string, string[]][] = [
  [
    'a space lies within itself',
    'places.yaml',
    'within: north-campus',
    'within: north-house-1',
    ['places.yaml:61:13 space-within-cycle'],
  ],
  [
    'two spaces contain each other',
    'places.yaml',
    '    kind: campus\n',
    '    kind: campus\n    within: north-house-1\n',
    ['places.yaml:54:13 space-within-cycle'],
  ],
  [
    'a reading stands twice',
    'law.yaml',
    '{ value: 14, qualifier: about, on: 2025-12,',
    '{ value: 12, qualifier: about, on: 2025-06,',
    ['law.yaml:54:18 reading-duplicate'],
  ],
];

describe('Spaces and indicators', () => {
  it.each(cases)('%s', (_title, path, from, to, problems) => {
    expect(found(edited(path, from, to))).toEqual(problems);
  });
});
