import { aCard, bothKeys } from '@twinpark/transparency/testing/a-log.ts';
import { describe, expect, it } from 'vitest';
import { call } from '../../testing/call.ts';
import { serve } from '../../testing/served-log.ts';

const path = '/.well-known/twinpark/card.json';
const north = JSON.stringify(aCard('north'));
const south = JSON.stringify(aCard('south'));

async function urlOf(card: string | number): Promise<string> {
  const { url } = await serve(new Map([[path, card]]));
  return url;
}

describe('fetching public keys', () => {
  it('prints the file, and beside it what to compare', async () => {
    const urls = [await urlOf(north), `${await urlOf(south)}/`];
    const { code, out, err } = await call(['keys', 'fetch', ...urls]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual(bothKeys);
    for (const { kid } of bothKeys.cards.flatMap(({ keys }) => keys)) expect(err).toContain(kid);
    expect(err).toContain('North Park (elmera/north)');
    expect(err).toContain('by other means than this network');
  });

  it.each([
    [404, 'is not there'],
    [500, 'answers with status 500'],
    ['<html>', '#?: This is not JSON'],
    [north.replace('elmera', 'Elmera'), 'card.json#/zone: This is not a name'],
  ])('tells what is wrong with a card: %.20s', async (card, said) => {
    const { code, out, err } = await call(['keys', 'fetch', await urlOf(card)]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(new RegExp(said.replaceAll('.', '\\.')));
  });

  it('tells that one park was named twice', async () => {
    const url = await urlOf(north);
    const { code, err } = await call(['keys', 'fetch', url, url]);
    expect(code).toBe(1);
    expect(err).toContain(`${url}${path}#/park: The same park stands here twice.`);
  });

  it('gives programs the same as JSON', async () => {
    const { code, out } = await call(['keys', 'fetch', await urlOf('{}'), '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      problems: [{ code: 'wrongFormat', place: '/format' }, {}, {}, {}, {}, {}],
    });
  });
});
