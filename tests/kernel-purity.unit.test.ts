import { describe, expect, it } from 'vitest';
import { isCode, isTest, listFiles, read } from './source-files.ts';
import { lineAt, type Node, walk } from './syntax.ts';

/** Globals that reach outside the process, tell the time or come up with something new. */
const forbiddenGlobals = new Set([
  'Buffer',
  'console',
  'crypto',
  'EventSource',
  'fetch',
  'global',
  'globalThis',
  'indexedDB',
  'localStorage',
  'navigator',
  'performance',
  'process',
  'queueMicrotask',
  'require',
  'sessionStorage',
  'setImmediate',
  'setInterval',
  'setTimeout',
  'WebSocket',
  'window',
  'Worker',
  'XMLHttpRequest',
]);

const forbiddenMembers = new Set(['Date.now', 'Math.random', 'Temporal.Now']);

describe('the kernel is pure', () => {
  it('uses no clock, no randomness and no input or output', () => {
    const offences = listFiles('packages/kernel/src')
      .filter((path) => isCode(path) && !isTest(path))
      .flatMap((path) => impuritiesOf(path, read(path)));
    expect(offences).toEqual([]);
  });

  it('finds each way out', () => {
    const source = `
      Date.now(); new Date(); Date(); Math.random(); Temporal.Now.instant(); Math['random']();
      fetch(''); process.env; console.log(); setTimeout(f); crypto.randomUUID(); globalThis.fetch; import.meta.url;
    `;
    expect(impuritiesOf('sample.ts', source).map((offence) => offence.split(' ').at(-1))).toEqual([
      'Date.now',
      'Date()',
      'Date()',
      'Math.random',
      'Temporal.Now',
      'Math.random',
      'fetch',
      'process',
      'console',
      'setTimeout',
      'crypto',
      'globalThis',
      'import.meta',
    ]);
  });

  it('lets pure code be', () => {
    const source = `
      const step = { process: 1, fetch() {} }; step.process; step.fetch();
      new Date('2026-01-01'); Math.max(1, 2); Temporal.PlainDate.from('2026-01-01');
      interface Window { readonly process: string }
    `;
    expect(impuritiesOf('sample.ts', source)).toEqual([]);
  });
});

function impuritiesOf(path: string, source: string): string[] {
  const found: string[] = [];
  walk(path, source, (node, parent) => {
    const name = impurity(node, parent);
    if (name) found.push(`${path}:${lineAt(source, node.start)} uses ${name}`);
  });
  return found;
}

function impurity(node: Node, parent: Node | undefined): string | undefined {
  switch (node.type) {
    case 'MemberExpression': {
      const member = memberName(node);
      return member && forbiddenMembers.has(member) ? member : undefined;
    }
    case 'NewExpression':
      return isDate(node.callee) && node.arguments.length === 0 ? 'Date()' : undefined;
    case 'CallExpression':
      return isDate(node.callee) ? 'Date()' : undefined;
    case 'MetaProperty':
      return node.meta.name === 'import' ? 'import.meta' : undefined;
    case 'Identifier':
      return forbiddenGlobals.has(node.name) && !isPropertyName(node, parent) ? node.name : undefined;
    default:
      return undefined;
  }
}

function isDate(node: Node): boolean {
  return node.type === 'Identifier' && node.name === 'Date';
}

function memberName(node: Extract<Node, { type: 'MemberExpression' }>): string | undefined {
  if (node.object.type !== 'Identifier') return undefined;
  if (node.property.type === 'Identifier') return `${node.object.name}.${node.property.name}`;
  if (node.property.type === 'Literal') return `${node.object.name}.${node.property.value}`;
  return undefined;
}

/** Whether an identifier is only the name of a member, as `process` in `step.process`. */
function isPropertyName(node: Node, parent: Node | undefined): boolean {
  switch (parent?.type) {
    case 'MemberExpression':
      return parent.property === node && !parent.computed;
    case 'Property':
    case 'PropertyDefinition':
    case 'MethodDefinition':
    case 'TSMethodSignature':
    case 'TSPropertySignature':
      return parent.key === node && !parent.computed && !('shorthand' in parent && parent.shorthand);
    default:
      return false;
  }
}
