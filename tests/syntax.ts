import { type Node, parseSync, visitorKeys } from 'oxc-parser';

export type { Node };

/** Calls `visit` for a file's every syntax node, outermost first, with the node around it. */
export function walk(path: string, source: string, visit: (node: Node, parent?: Node) => void): void {
  const { program, errors } = parseSync(path, source);
  const [error] = errors;
  if (error) throw new SyntaxError(`${path}: ${error.message}`);
  descend(program, undefined, visit);
}

function descend(node: Node, parent: Node | undefined, visit: (node: Node, parent?: Node) => void): void {
  visit(node, parent);
  const children = node as unknown as Record<string, Node | (Node | null)[] | null | undefined>;
  for (const key of visitorKeys[node.type] ?? []) {
    const value = children[key];
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child) descend(child, node, visit);
    }
  }
}

/** The line of an offset, for messages. */
export function lineAt(source: string, offset: number): number {
  return source.slice(0, offset).split('\n').length;
}

/** What a file imports, as written: of values and of types, static and dynamic, re-exports and files too. */
export function importsOf(path: string, source: string): string[] {
  const found = new Set<string>();
  walk(path, source, (node) => {
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
      case 'ExportNamedDeclaration':
      case 'ImportExpression':
      case 'TSImportType': {
        if (node.source) found.add(textOf(node.source) ?? '(computed)');
        break;
      }
      case 'CallExpression': {
        if (isRequire(node.callee)) found.add(textOf(node.arguments[0]) ?? '(computed)');
        break;
      }
      default:
    }
  });
  return [...found].sort();
}

/** `require('…')`, and `require.resolve('…')` for a file of a package. */
function isRequire(callee: Node): boolean {
  if (callee.type === 'Identifier') return callee.name === 'require';
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return false;
  return callee.property.name === 'resolve' && isRequire(callee.object);
}

function textOf(node: Node | undefined): string | undefined {
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}
