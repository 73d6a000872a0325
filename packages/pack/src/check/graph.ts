/** What each node waits for, or lies within. Names of nodes that are not there are left out by the caller. */
export type Graph = ReadonlyMap<string, readonly string[]>;

export interface Tangles {
  /** Circles, as the nodes along each; of circles that share nodes, one. */
  readonly cycles: readonly (readonly string[])[];
  /** Nodes that lie on no circle but wait for one, so that they never come about. */
  readonly behind: ReadonlySet<string>;
}

/** Finds circles in linear time, without recursion. */
export function tanglesOf(graph: Graph): Tangles {
  const stuck = peel(graph);
  const core = peel(reverse(stuck));
  const behind = new Set([...stuck.keys()].filter((node) => !core.has(node)));
  const cycles: string[][] = [];
  const walked = new Set<string>();
  for (const start of core.keys()) {
    const trail: string[] = [];
    let node: string | undefined = start;
    while (node !== undefined && !walked.has(node)) {
      walked.add(node);
      trail.push(node);
      node = stuck.get(node)?.find((next) => core.has(next));
    }
    const first = node === undefined ? -1 : trail.indexOf(node);
    if (first >= 0) cycles.push(trail.slice(first));
  }
  return { cycles, behind };
}

/** What is left after taking away, again and again, the nodes that lead nowhere. */
function peel(graph: Graph): Graph {
  const leads = new Map([...graph].map(([node, next]) => [node, next.length]));
  const incoming = reverse(graph);
  const free = [...leads].flatMap(([node, count]) => (count === 0 ? [node] : []));
  for (let node = free.pop(); node !== undefined; node = free.pop()) {
    leads.delete(node);
    for (const before of incoming.get(node) ?? []) {
      const left = (leads.get(before) ?? 0) - 1;
      leads.set(before, left);
      if (left === 0) free.push(before);
    }
  }
  return new Map(
    [...leads.keys()].map((node) => [node, (graph.get(node) ?? []).filter((next) => leads.has(next))]),
  );
}

function reverse(graph: Graph): Graph {
  const reversed = new Map([...graph.keys()].map((node): [string, string[]] => [node, []]));
  for (const [node, next] of graph) for (const each of next) reversed.get(each)?.push(node);
  return reversed;
}

/** A circle as text that ends where it began. */
export function chainOf(cycle: readonly string[]): string {
  return [...cycle, cycle[0] ?? ''].join(' → ');
}
