import { edited, found, inventedZone, withFile } from '@twinpark/testkit/invented-zone.ts';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkStructure } from './check/structure.ts';
import { checkPack } from './check.ts';
import { findings } from './findings.ts';
import { packRoot } from './tree.ts';

describe('A sound pack', () => {
  it('has no problem, and all its records by id, with their places', () => {
    const { problems, pack } = checkPack(inventedZone());
    expect(problems).toEqual([]);
    expect(pack?.zone.value.id).toBe('elmera');
    expect([...(pack?.services.keys() ?? [])]).toEqual([
      'north-laboratory-permit',
      'south-laboratory-permit',
      'south-tenancy',
    ]);
    const place = pack?.facts.get('team.headcount')?.place;
    expect(place?.tree.file).toBe('facts.yaml');
    expect(place?.tree.position([...(place?.path ?? []), 'unit'])).toEqual({ line: 10, column: 11 });
  });

  it('is checked the same in whatever order its files come', () => {
    const broken = edited(
      'facts.yaml',
      '    unit: persons\n',
      '',
      edited('law.yaml', 'to: 2019-12-31', 'to: 2019-02-29'),
    );
    expect(found(broken.toReversed())).toEqual(found(broken));
  });

  it('is checked by structure and by meaning at once', () => {
    const broken = edited(
      ...(['places.yaml', 'kind: building', 'kind: hut'] as const),
      edited('calendars.yaml', 'on: 2026-06-13', 'on: 2026-06-12'),
    );
    expect(found(broken)).toEqual([
      'calendars.yaml:17:19 make-up-day-on-working-day',
      'places.yaml:60:11 wrong-value',
    ]);
  });

  it('is no longer given out when anything is wrong with it', () => {
    expect(checkPack(edited('facts.yaml', '    unit: persons\n', '')).pack).toBeNull();
  });
});

describe('The check', () => {
  it('says that two choices without a common option can never be equal', () => {
    const options = '[{ id: slow, name: { de: Langsam, fr: Lent } }]';
    const fact = `  - id: team.pace\n    type: choice\n    label: { de: Tempo, fr: Rythme }\n    options: ${options}\n    suppliedBy: applicant\n`;
    const sources = edited(
      'services/north-laboratory-permit.yaml',
      "when: laboratory.kind == 'wet'\n    criteria",
      'when: laboratory.kind == team.pace\n    criteria',
      withFile('pace.yaml', `facts:\n${fact}`),
    );
    expect(found(sources)).toContain(
      'services/north-laboratory-permit.yaml:25:34 expression-no-common-option',
    );
  });

  it('has words for a form that it has no name for', () => {
    const { problems, raise } = findings();
    checkStructure(z.string().regex(/^x$/), 'y', { tree: packRoot, path: [] }, raise);
    expect(problems.map(({ code, parameters }) => [code, parameters])).toEqual([
      ['bad-format', { value: 'y' }],
    ]);
  });

  it('is not fooled by names that every object has', () => {
    expect(found(withFile('more.yaml', 'constructor: 1\n__proto__: 2\n'))).toEqual([
      'more.yaml:1:1 unknown-field',
      'more.yaml:2:1 unknown-field',
    ]);
    expect(found(edited('calendars.yaml', 'holiday: harvest,', 'holiday: constructor,'))).toEqual([
      'calendars.yaml:30:7 holiday-name-unused',
      'calendars.yaml:34:24 holiday-name-unknown',
    ]);
  });

  it('takes time in proportion to the number of records', () => {
    const spaces = (count: number, within: string) =>
      `spaces:\n${Array.from(
        { length: count },
        (_, index) =>
          `  - { id: s-${index}, park: north, name: { de: Haus, fr: Maison }, kind: building, within: ${within}-${index}, source: {}, status: illustrative }`,
      ).join('\n')}\n`;
    const began = performance.now();
    expect(found(withFile('many.yaml', spaces(2_000, 'nowhere'))).length).toBe(2_000);
    expect(found(withFile('many.yaml', spaces(2_000, 's'))).length).toBe(2_000);
    expect(performance.now() - began).toBeLessThan(8_000);
  });
});
