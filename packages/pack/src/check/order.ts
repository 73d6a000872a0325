import type { Draft } from '../draft.ts';
import type { Raise } from '../findings.ts';
import { inside, type Place } from '../tree.ts';
import { isNeverTrue } from './conditions.ts';
import { tanglesOf } from './graph.ts';
import { suggester } from './suggest.ts';

interface Node {
  readonly id: string;
  readonly after: readonly string[];
  readonly when: string | undefined;
}

interface OrderCodes {
  readonly unknown: 'step-after-unknown' | 'journey-after-unknown';
  readonly cycle: 'step-cycle' | 'journey-cycle';
  readonly unreachable: 'step-unreachable' | 'journey-unreachable';
}

/** The order of the steps of a service or a journey, which stand as a list at `place`. */
export function checkOrder(
  draft: Draft,
  nodes: readonly Node[],
  place: Place,
  codes: OrderCodes,
  raise: Raise,
): void {
  const suggest = suggester();
  const indexOf = new Map(nodes.map(({ id }, index) => [id, index]));
  for (const [index, { after }] of nodes.entries()) {
    for (const [at, step] of after.entries()) {
      if (indexOf.has(step)) continue;
      const suggestion = suggest(step, indexOf.keys());
      raise(codes.unknown, inside(place, index, 'after', at), { step, suggestion });
    }
  }
  // Of steps that share an id nobody can say which one is waited for.
  if (indexOf.size < nodes.length) return;
  const waitsFor = nodes.map(({ id, after }) => [id, after.filter((step) => indexOf.has(step))] as const);
  const { cycles, behind } = tanglesOf(new Map(waitsFor));
  for (const cycle of cycles) {
    const index = Math.min(...cycle.map((id) => indexOf.get(id) ?? 0));
    raise(codes.cycle, inside(place, index, 'after'), { steps: cycle.join(', ') });
  }
  for (const [index, { id, when }] of nodes.entries()) {
    if (behind.has(id)) raise(codes.unreachable, inside(place, index, 'after'), { step: id });
    else if (isNeverTrue(draft, when)) raise(codes.unreachable, inside(place, index, 'when'), { step: id });
  }
}
