import type { ParametersOf, ProblemCode } from './problem-codes.ts';
import type { Problem } from './problems.ts';
import type { Place, Position } from './tree.ts';

/** Where a problem is shown: at a value, at its key, or at one character of a text. */
export interface Spot extends Place {
  readonly part?: 'key';
  readonly character?: number;
}

export function keyOf(place: Place): Spot {
  return { ...place, part: 'key' };
}

export function characterOf(place: Place, character: number): Spot {
  return { ...place, character };
}

export type Raise = <Code extends ProblemCode>(
  code: Code,
  spot: Spot,
  parameters: ParametersOf<Code>,
) => void;

/** Line and column are worked out here, only for what is raised. */
function positionOf({ tree, path, part, character }: Spot): Position {
  return character === undefined ? tree.position(path, part) : tree.positionInText(path, character);
}

export function lineOf(place: Place): string {
  return String(positionOf(place).line);
}

/** Collects problems; the same one at the same place counts once. */
export function findings(): { readonly problems: Problem[]; readonly raise: Raise } {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const raise: Raise = (code, spot, parameters) => {
    const { line, column } = positionOf(spot);
    const key = JSON.stringify([code, spot.tree.file, line, column, parameters]);
    if (seen.has(key)) return;
    seen.add(key);
    problems.push({ code, path: spot.tree.file, line, column, parameters });
  };
  return { problems, raise };
}
