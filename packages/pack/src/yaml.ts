import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  Lexer,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import type { ProblemCode } from './problem-codes.ts';
import { limits } from './source.ts';
import { type Position, type Tree, treeOf } from './tree.ts';

export interface YamlFault {
  readonly code: ProblemCode;
  readonly position: Position;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface ParsedYaml {
  /** Null where the text is no YAML that could be judged further. */
  readonly tree: Tree | null;
  readonly faults: readonly YamlFault[];
}

/** After so many, the faults of one file are consequences of the first ones. */
const faultsShown = 20;

/**
 * A YAML text as a tree that knows where everything stands. YAML 1.2 without anchors, tags and second documents:
 * what is left has one reading, for people and for machines.
 */
export function parseYaml(file: string, text: string): ParsedYaml {
  const lines = new LineCounter();
  const fault = (code: ProblemCode, offset: number, parameters: YamlFault['parameters'] = {}): YamlFault => {
    const { line, col } = lines.linePos(offset);
    return { code, position: { line: Math.max(1, line), column: Math.max(1, col) }, parameters };
  };

  const tooDeep = firstTooDeep(text);
  if (tooDeep) {
    const parameters = { limit: String(limits.nesting) };
    return { tree: null, faults: [{ code: 'yaml-too-deep', position: tooDeep, parameters }] };
  }

  const document: Document = parseDocument(text, {
    lineCounter: lines,
    version: '1.2',
    schema: 'core',
    merge: false,
    resolveKnownTags: false,
    stringKeys: true,
    // The library compares every key with every other; `structureFaults` uses a set.
    uniqueKeys: false,
    prettyErrors: false,
    // With `silent` a second document is not even an error.
    logLevel: 'error',
  });
  const syntax = syntaxFaults(document, fault).map((found) => {
    // A tab in front of a line is what is wrong with its indentation, whatever the parser says of it.
    const isTab = found.code === 'yaml-indentation' && /^ *\t/.test(lineAt(text, found.position.line));
    return isTab ? { ...found, code: 'yaml-tab' as const } : found;
  });
  if (syntax.length > 0) return { tree: null, faults: syntax };

  const root = document.contents as Node | null;
  const { faults, blocking } = structureFaults(root, fault);
  if (blocking) return { tree: null, faults };
  if (root === null || (isScalar(root) && root.value === null)) {
    return { tree: null, faults: [...faults, fault('empty-file', 0)] };
  }
  if (!isMap(root)) return { tree: null, faults: [...faults, fault('not-a-mapping', root.range?.[0] ?? 0)] };
  return { tree: treeOf(file, text, root, document.toJS({ maxAliasCount: 0 }), lines), faults };
}

type Fault = (code: ProblemCode, offset: number, parameters?: YamlFault['parameters']) => YamlFault;

const codeOfError: Readonly<Record<string, ProblemCode>> = {
  BAD_INDENT: 'yaml-indentation',
  MULTILINE_IMPLICIT_KEY: 'yaml-indentation',
  TAB_AS_INDENT: 'yaml-tab',
  BAD_SCALAR_START: 'yaml-unquoted-text',
  BLOCK_AS_IMPLICIT_KEY: 'yaml-unquoted-text',
  MISSING_CHAR: 'yaml-unclosed',
  BAD_DQ_ESCAPE: 'yaml-escape',
  BAD_DIRECTIVE: 'yaml-directive',
  NON_STRING_KEY: 'yaml-key-not-text',
  MULTIPLE_DOCS: 'yaml-several-documents',
  RESOURCE_EXHAUSTION: 'yaml-too-deep',
};

/** One fault a line: what the parser finds after the first one there follows from it. */
function syntaxFaults(document: Document, fault: Fault): YamlFault[] {
  const byLine = new Map<number, YamlFault>();
  const directives = document.warnings.filter(({ code }) => code === 'BAD_DIRECTIVE');
  for (const { code, pos } of [...document.errors, ...directives]) {
    const found = fault(codeOfError[code] ?? 'yaml-syntax', pos[0], { limit: String(limits.nesting) });
    // A key that runs over lines is a line that begins in the wrong column, whatever else is said of it.
    const isClearer = code === 'MULTILINE_IMPLICIT_KEY';
    const first = byLine.get(found.position.line);
    if (!first || isClearer)
      byLine.set(found.position.line, { ...found, ...(first && { position: first.position }) });
    if (byLine.size === faultsShown) break;
  }
  return [...byLine.values()];
}

/** What YAML allows but a reviewed file may not have; `blocking` where the value cannot be trusted any more. */
function structureFaults(root: Node | null, fault: Fault): { faults: YamlFault[]; blocking: boolean } {
  const faults: YamlFault[] = [];
  let blocking = false;
  const queue: { node: unknown; depth: number }[] = [{ node: root, depth: 1 }];
  for (let entry = queue.pop(); entry; entry = queue.pop()) {
    const { node, depth } = entry;
    if (isPair(node)) {
      queue.push({ node: node.key, depth }, { node: node.value, depth });
      continue;
    }
    if (isAlias(node)) faults.push(fault('yaml-alias', node.range?.[0] ?? 0, { name: node.source }));
    if (!isScalar(node) && !isCollection(node)) continue;
    const offset = node.range?.[0] ?? 0;
    if (node.anchor) faults.push(fault('yaml-anchor', offset, { name: node.anchor }));
    if (node.tag) faults.push(fault('yaml-tag', offset, { tag: shortTag(node.tag) }));
    if (!isCollection(node)) continue;
    if (depth > limits.nesting) {
      return {
        faults: [fault('yaml-too-deep', offset, { limit: String(limits.nesting) })],
        blocking: true,
      };
    }
    for (const item of node.items) queue.push({ node: item, depth: depth + 1 });
  }
  blocking = faults.length > 0;
  if (!blocking) faults.push(...duplicateKeys(root, fault));
  const shown = faults.toSorted((one, other) => one.position.line - other.position.line);
  return { faults: shown.slice(0, faultsShown), blocking };
}

function duplicateKeys(root: Node | null, fault: Fault): YamlFault[] {
  const found: YamlFault[] = [];
  const queue: unknown[] = [root];
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    if (!isCollection(node)) continue;
    if (isMap(node)) found.push(...duplicatesIn(node, fault));
    for (const item of node.items) queue.push(isPair(item) ? item.value : item);
  }
  return found;
}

function duplicatesIn(map: YAMLMap, fault: Fault): YamlFault[] {
  const first = new Map<string, number>();
  return map.items.flatMap(({ key }) => {
    if (!isScalar(key)) return [];
    const name = String(key.value);
    const offset = key.range?.[0] ?? 0;
    const before = first.get(name);
    if (before === undefined) {
      first.set(name, offset);
      return [];
    }
    const { line } = fault('yaml-duplicate-key', before).position;
    return [fault('yaml-duplicate-key', offset, { key: name, line: String(line) })];
  });
}

function lineAt(text: string, line: number): string {
  return text.split('\n', line)[line - 1] ?? '';
}

function shortTag(tag: string): string {
  return tag.startsWith('tag:yaml.org,2002:') ? `!!${tag.slice('tag:yaml.org,2002:'.length)}` : tag;
}

/**
 * Where brackets or indicators nest deeper than any record needs. Found from the tokens alone, because the parser
 * itself takes seconds over a file of nothing but brackets.
 */
function firstTooDeep(text: string): Position | null {
  let line = 1;
  let column = 1;
  let brackets = 0;
  let indicators = 0;
  let isContent = false;
  for (const token of new Lexer().lex(text)) {
    if (isContent) isContent = false;
    else if (token === '\u001f') {
      // The lexer's mark that a plain or block scalar follows.
      isContent = true;
      continue;
    } else if (token === '[' || token === '{') brackets += 1;
    else if (token === ']' || token === '}') brackets -= 1;
    else if (token === '-' || token === '?' || token === ':') indicators += 1;
    if (token === '\u0002' || token === '\u0018') continue;
    if (brackets > limits.nesting || indicators - brackets > 2 * limits.nesting) return { line, column };
    const lineEnd = token.lastIndexOf('\n');
    if (lineEnd < 0) {
      column += token.length;
    } else {
      line += token.split('\n').length - 1;
      column = token.length - lineEnd;
      indicators = 0;
    }
  }
  return null;
}
