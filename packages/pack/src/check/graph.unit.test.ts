import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainOf, tanglesOf } from './graph.ts';

function tangles(edges: Record<string, string[]>) {
  const { cycles, behind } = tanglesOf(new Map(Object.entries(edges)));
  return { cycles: cycles.map(chainOf), behind: [...behind] };
}

describe('An order of steps', () => {
  it('is sound where every step can begin', () => {
    expect(tangles({ a: [], b: ['a'], c: ['a', 'b'] })).toEqual({ cycles: [], behind: [] });
  });

  it('has a circle where a step waits for itself', () => {
    expect(tangles({ a: ['a'] })).toEqual({ cycles: ['a → a'], behind: [] });
  });

  it('tells the circle from the steps behind it', () => {
    expect(tangles({ a: ['b'], b: ['a'], c: ['a'], d: ['c'], e: [] })).toEqual({
      cycles: ['a → b → a'],
      behind: ['c', 'd'],
    });
  });

  it('has a circle exactly where the steps cannot be put in a row', () => {
    const edges = fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 12 });
    fc.assert(
      fc.property(edges, (pairs) => {
        const graph = new Map(Array.from({ length: 8 }, (_, node) => [String(node), [] as string[]]));
        for (const [from, to] of pairs) graph.get(String(from))?.push(String(to));
        const done = new Set<string>();
        for (let round = 0; round < 8; round += 1) {
          for (const [node, next] of graph) if (next.every((each) => done.has(each))) done.add(node);
        }
        expect(tanglesOf(graph).cycles.length > 0).toBe(done.size < 8);
      }),
    );
  });

  it('may be as long as a file can hold', () => {
    const long = Array.from({ length: 50_000 }, (_, index): [string, string[]] => [
      `${index}`,
      [`${(index + 1) % 50_000}`],
    ]);
    expect(tanglesOf(new Map(long)).cycles[0]?.length).toBe(50_000);
  });
});
