import { aDossier, allAnswers, paperOf, startOn } from '@twinpark/testkit/journey.ts';
import { describe, expect, it } from 'vitest';
import { addEvidence, answer, factsOf, sameValue } from './dossier.ts';

describe('a dossier', () => {
  it('holds each fact once, with the day since which it stands', () => {
    const later = answer(aDossier(), { 'laboratory.area': 90 }, '2026-03-09');
    expect(later.answers['laboratory.area']).toEqual({ value: 90, since: '2026-03-09' });
    expect(later.answers['company.name']).toEqual({ value: 'Reed', since: startOn });
  });

  it('keeps the date of a fact that is said again', () => {
    const again = answer(aDossier(), allAnswers, '2026-03-09');
    expect(again).toEqual(aDossier());
  });

  it('keeps the date of a choice whose parts come in another order', () => {
    const first = answer(aDossier(), { 'team.fields': ['optics', 'genomics'] }, '2026-03-03');
    expect(answer(first, { 'team.fields': ['genomics', 'optics'] }, '2026-03-09')).toEqual(first);
  });

  it('puts a paper in place of the earlier one of its type, and takes the same bytes for the same paper', () => {
    const replaced = addEvidence(aDossier(), [paperOf('floor-plan', 2)], '2026-03-09');
    expect(replaced.evidence['floor-plan']).toEqual({ value: paperOf('floor-plan', 2), since: '2026-03-09' });
    expect(
      addEvidence(replaced, [{ ...paperOf('floor-plan', 2), name: 'renamed.pdf' }], '2026-03-10'),
    ).toEqual(replaced);
  });

  it('is never changed in place', () => {
    const dossier = aDossier();
    answer(dossier, { 'company.name': 'Rush' }, '2026-03-09');
    expect(factsOf(dossier)).toEqual(allAnswers);
  });
});

describe('two values of a fact', () => {
  it.each([
    [['a', 'b'], ['b', 'a'], true],
    [['a', 'a'], ['a', 'b'], false],
    [['a', 'b'], ['a', 'a'], false],
    [['a'], 'a', false],
    [0, false, false],
    ['', false, false],
    [3, 3, true],
  ])('%j and %j are the same: %s', (one, other, same) => {
    expect(sameValue(one, other)).toBe(same);
  });
});
