import { describe, expect, it } from 'vitest';
import { nearest } from './nearest.ts';

describe('the nearest known word', () => {
  const ids = ['team.headcount', 'team.field', 'company.isNew'];

  it('is found for a slip of the pen', () => {
    expect(nearest('team.headcont', ids)).toBe('team.headcount');
    expect(nearest('team.feild', ids)).toBe('team.field');
    expect(nearest('Company.isnew', ids)).toBe('company.isNew');
  });

  it('is the nearest of several', () => {
    expect(nearest('step-2', ['step-1x', 'step-12', 'step-3x'])).toBe('step-12');
  });

  it('is not guessed where nothing is near', () => {
    expect(nearest('clinicalTrial', ids)).toBe('');
    expect(nearest('x', ['ab'])).toBe('');
    expect(nearest('', ids)).toBe('');
  });
});
