import { found, inventedZone, withFile } from '@twinpark/testkit/invented-zone.ts';
import { describe, expect, it } from 'vitest';
import { limits } from './source.ts';

function foundIn(content: string | Uint8Array): string[] {
  return found(withFile('extra.yaml', content));
}

const terms = 'terms:\n  - id: extra\n    name: { de: Mehr, fr: Plus }\n';
const rest = '    englishIsOfficial: false\n    source: { seen: [invented] }\n    status: illustrative\n';

const cases: [string, string, string[]][] = [
  ['nothing is wrong', terms + rest, []],
  ['a file holds nothing', '', ['extra.yaml:1:1 empty-file']],
  ['a file holds a comment alone', '# later\n', ['extra.yaml:1:1 empty-file']],
  ['a file is a list', '- id: extra\n', ['extra.yaml:1:1 not-a-mapping']],
  ['a file is a plain text', '# words\nonly words\n', ['extra.yaml:2:1 not-a-mapping']],
  ['a list is indented unevenly', 'terms:\n  - a\n - b\n', ['extra.yaml:3:1 yaml-indentation']],
  ['a mapping is indented unevenly', 'zone:\n  id: a\n name: b\n', ['extra.yaml:3:1 yaml-indentation']],
  ['a mapping is indented below a value', 'zone: a\n  id: b\n', ['extra.yaml:1:7 yaml-indentation']],
  ['a tab indents a line', 'zone:\n\tid: a\n', ['extra.yaml:2:1 yaml-tab']],
  ['a tab indents a line among others', 'zone:\n  id: a\n\tname: b\n', ['extra.yaml:3:1 yaml-tab']],
  ['a text with a colon has no quotes', 'zone:\n  id: a: b\n', ['extra.yaml:2:7 yaml-unquoted-text']],
  ['a text begins with a reserved sign', 'zone:\n  id: @a\n', ['extra.yaml:2:7 yaml-unquoted-text']],
  ['a quote is never closed', "zone:\n  id: 'a\n", ['extra.yaml:3:1 yaml-unclosed']],
  ['an escape is none', 'zone:\n  id: "\\q"\n', ['extra.yaml:2:8 yaml-escape']],
  ['something stands behind a quoted text', 'zone:\n  id: "a" b\n', ['extra.yaml:2:11 yaml-syntax']],
  ['a directive stands at the head', `%FOO bar\n---\n${terms}${rest}`, ['extra.yaml:1:1 yaml-directive']],
  ['a key stands twice', `${terms}${rest}    status: illustrative\n`, ['extra.yaml:7:5 yaml-duplicate-key']],
  ['a key is a list', '? [a]\n: b\n', ['extra.yaml:1:3 yaml-key-not-text']],
  ['a block is given a name', 'terms: &all\n  - id: a\n', ['extra.yaml:2:3 yaml-anchor']],
  ['a block is repeated by name', 'terms: *all\n', ['extra.yaml:1:8 yaml-alias']],
  ['a value has a tag of its own', 'terms: !secret\n  - id: a\n', ['extra.yaml:2:3 yaml-tag']],
  ['a value has a tag of the language', 'zone:\n  id: !!str 12\n', ['extra.yaml:2:13 yaml-tag']],
  ['a second document follows', `${terms}${rest}---\nterms: []\n`, ['extra.yaml:7:1 yaml-several-documents']],
];

describe('YAML of a pack file', () => {
  it.each(cases)('%s', (_title, content, problems) => {
    expect(foundIn(content)).toEqual(problems);
  });

  it('tells every faulty line at once', () => {
    expect(foundIn('zone:\n  id: @a\n  name: "\\q"\n')).toEqual([
      'extra.yaml:2:7 yaml-unquoted-text',
      'extra.yaml:3:10 yaml-escape',
    ]);
  });

  it.each([
    ['brackets', `zone: ${'['.repeat(100_000)}`, 'extra.yaml:1:71 yaml-too-deep'],
    ['braces', `zone: ${'{a: '.repeat(500_000)}`, 'yaml-too-deep'],
    ['dashes', `zone:\n${'- '.repeat(1_000_000)}`, 'yaml-too-deep'],
    ['question marks', '? '.repeat(1_000_000), 'yaml-too-deep'],
    [
      'indentation',
      Array.from({ length: 100 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
      'yaml-too-deep',
    ],
  ])('refuses a file of nothing but nested %s at once', (_title, content, problem) => {
    const began = performance.now();
    const [first, ...others] = foundIn(content);
    expect(first).toContain(problem);
    expect(others).toEqual([]);
    expect(performance.now() - began).toBeLessThan(1_500);
  });

  it('reads a file as deep as any record needs', () => {
    const deep = `${'['.repeat(limits.nesting - 2)}${']'.repeat(limits.nesting - 2)}`;
    expect(foundIn(`quarrels: ${deep}\n`)).toEqual(['extra.yaml:1:1 unknown-field']);
  });

  it('does not unfold what a small file would blow up to', () => {
    const lines = Array.from(
      { length: 30 },
      (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]`,
    );
    const problems = foundIn(`a0: &a0 [x]\n${lines.join('\n')}\n`);
    expect(problems.every((problem) => /yaml-(anchor|alias)$/.test(problem))).toBe(true);
    expect(problems.length).toBe(20);
  });

  it('tells thousands of unknown keys without walking the file thousands of times', () => {
    const keys = Array.from({ length: 50_000 }, (_, index) => `      k${index}: 1`).join('\n');
    const began = performance.now();
    expect(foundIn(`${terms}${rest}    note:\n      de: Mehr\n      fr: Plus\n${keys}\n`).length).toBe(
      50_000,
    );
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});

describe('A file that cannot be read', () => {
  it('is not held against those who refer to what may stand in it', () => {
    const broken = inventedZone().map((source) =>
      source.path === 'places.yaml' && 'bytes' in source
        ? { ...source, bytes: new TextEncoder().encode(`${new TextDecoder().decode(source.bytes)}\n@`) }
        : source,
    );
    expect(found(broken)).toEqual(['places.yaml:66:1 yaml-unquoted-text']);
  });

  it('does not hide that something stands nowhere at all', () => {
    const sources = withFile(
      'extra.yaml',
      'zone: @',
      withFile('more.yaml', terms + rest.replace('invented', 'lost')),
    );
    expect(found(sources)).toEqual(['extra.yaml:1:7 yaml-unquoted-text', 'more.yaml:5:22 unknown-reference']);
  });
});
