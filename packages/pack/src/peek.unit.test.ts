import { edited, inventedZone } from '@twinpark/testkit/invented-zone.ts';
import { describe, expect, it } from 'vitest';
import { checkPack } from './check.ts';
import { peekZone } from './peek.ts';

describe('A look at a pack', () => {
  it('finds the zone and its parks as the whole pack has them', () => {
    const whole = checkPack(inventedZone()).pack?.zone.value;
    expect(peekZone(inventedZone())).toMatchObject({ id: whole?.id, parks: whole?.parks });
  });

  it('reads nothing but the file of the zone', () => {
    const alone = inventedZone().filter(({ path }) => path === 'zone.yaml');
    expect(peekZone(alone)?.parks.map(({ id }) => id)).toEqual(['north', 'south']);
  });

  it('finds nothing where the file is missing or unsound', () => {
    expect(peekZone([])).toBeNull();
    expect(peekZone(inventedZone().filter(({ path }) => path !== 'zone.yaml'))).toBeNull();
    expect(peekZone(edited('zone.yaml', '  id: elmera\n', ''))).toBeNull();
    expect(
      peekZone(edited('zone.yaml', 'languages: [de, fr]\n  parks:', 'languages: [de\n  parks:')),
    ).toBeNull();
  });
});
