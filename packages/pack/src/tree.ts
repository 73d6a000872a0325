import { isMap, isScalar, isSeq, type LineCounter, type Node, type Pair, type YAMLMap } from 'yaml';

export type Path = readonly (string | number)[];

/** Line and column, both from 1; the column counts UTF-16 units, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A place within a file of the pack: the way from the file's root to a value. */
export interface Place {
  readonly tree: Tree;
  readonly path: Path;
}

export function inside(place: Place, ...steps: Path): Place {
  return { tree: place.tree, path: [...place.path, ...steps] };
}

/** A parsed file: its plain value, and where each part of the value stands in the text. */
export interface Tree {
  readonly file: string;
  readonly value: unknown;
  /** Where a value begins, or its key; for what is missing, the key of the nearest parent that is there. */
  readonly position: (path: Path, part?: 'key' | 'value') => Position;
  /** Where a character of a text stands, as far as its way of quoting lets it be followed. */
  readonly positionInText: (path: Path, index: number) => Position;
}

/** Stands for the pack as a whole, where no file is to blame. */
export const packRoot: Tree = {
  file: '.',
  value: null,
  position: () => ({ line: 1, column: 1 }),
  positionInText: () => ({ line: 1, column: 1 }),
};

export function treeOf(
  file: string,
  source: string,
  root: Node | null,
  value: unknown,
  lines: LineCounter,
): Tree {
  const pairsOf = new WeakMap<YAMLMap, ReadonlyMap<unknown, Pair>>();

  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };

  /** The pair of a key without walking the map each time: a map of thousands of faults stays linear. */
  const pairOf = (map: YAMLMap, key: string): Pair | undefined => {
    let pairs = pairsOf.get(map);
    if (!pairs) {
      pairs = new Map(map.items.map((pair) => [isScalar(pair.key) ? String(pair.key.value) : null, pair]));
      pairsOf.set(map, pairs);
    }
    return pairs.get(key);
  };

  const locate = (path: Path): { key: Node | null; node: Node | null; whole: boolean } => {
    let key: Node | null = null;
    let node = root;
    for (const step of path) {
      const pair = isMap(node) ? pairOf(node, String(step)) : undefined;
      if (pair) {
        key = pair.key as Node;
        node = (pair.value as Node | null) ?? key;
      } else if (isSeq(node) && typeof step === 'number' && node.items[step]) {
        key = null;
        node = node.items[step] as Node;
      } else return { key, node, whole: false };
    }
    return { key, node, whole: true };
  };

  return {
    file,
    value,
    position: (path, part = 'value') => {
      const { key, node, whole } = locate(path);
      const wanted = (part === 'key' || !whole) && key ? key : node;
      return at(wanted?.range?.[0] ?? 0);
    },
    positionInText: (path, index) => {
      const { node } = locate(path);
      if (!isScalar(node) || typeof node.value !== 'string' || !node.range) return at(node?.range?.[0] ?? 0);
      return at(offsetInSource(source, node.range[0], node.range[1], node.value, index) ?? node.range[0]);
    },
  };
}

/**
 * The offset in the source of a character of a scalar. Plain, quoted, folded and block scalars differ from their value
 * in quotes, escapes and white space only, so both are walked side by side.
 */
function offsetInSource(
  source: string,
  from: number,
  to: number,
  value: string,
  index: number,
): number | undefined {
  let offset = startOfContent(source, from);
  const quote = source[from];
  for (let seen = 0; seen < value.length && offset < to; ) {
    const gap = spacesAt(value, seen);
    offset += spacesAt(source, offset);
    // White space is folded and indented: a place within it is shown at its end.
    if (index < seen + Math.max(1, gap)) return offset;
    if (gap > 0) {
      seen += gap;
      continue;
    }
    const length = lengthInSource(source, offset, value[seen], quote);
    if (length === 0) return undefined;
    offset += length;
    seen += 1;
  }
  return undefined;
}

function spacesAt(text: string, index: number): number {
  let end = index;
  while (isSpace(text[end])) end += 1;
  return end - index;
}

/** How many characters write this one; none where the source says something else. */
function lengthInSource(
  source: string,
  offset: number,
  character: string | undefined,
  quote: string | undefined,
): number {
  if (quote === "'" && source.startsWith("''", offset)) return 2;
  if (quote === '"' && source[offset] === '\\') return escapeLength(source, offset);
  return source[offset] === character ? 1 : 0;
}

function startOfContent(source: string, from: number): number {
  const first = source[from];
  if (first === '"' || first === "'") return from + 1;
  if (first !== '|' && first !== '>') return from;
  const lineEnd = source.indexOf('\n', from);
  return lineEnd < 0 ? from : lineEnd + 1;
}

function escapeLength(source: string, offset: number): number {
  return { x: 4, u: 6, U: 10 }[source[offset + 1] ?? ''] ?? 2;
}

function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\n' || character === '\t' || character === '\r';
}
