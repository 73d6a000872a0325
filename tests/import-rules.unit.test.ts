import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isCode, isTest, listFiles, listWorkspaces, read, type Workspace } from './source-files.ts';
import { importsOf } from './syntax.ts';

interface Rule {
  /** Workspaces, or single files of them, that the sources of this workspace may import. */
  readonly may: readonly string[];
  /** Node's own modules: everywhere, nowhere, or only in the files named. */
  readonly node: 'everywhere' | 'nowhere' | readonly string[];
  /** Packages from the registry: those that its package.json lists, or none at all. */
  readonly packages: 'listed' | 'none';
}

const kernel = '@twinpark/kernel';
const pack = '@twinpark/pack';
const contract = '@twinpark/contract';
const transparency = '@twinpark/transparency';
const parkNode = '@twinpark/park-node';
const testkit = '@twinpark/testkit';

/** Who may import whom. A workspace that is not in the table may not exist. */
const rules: Readonly<Record<string, Rule>> = {
  'packages/kernel': { may: [], node: 'nowhere', packages: 'none' },
  'packages/pack': {
    may: [kernel],
    node: ['packages/pack/src/disk.ts', 'packages/pack/src/hash.ts'],
    packages: 'listed',
  },
  'packages/contract': { may: [`${kernel}/vocabulary.ts`], node: 'nowhere', packages: 'listed' },
  'packages/transparency': {
    may: [],
    node: ['packages/transparency/src/node-crypto.ts'],
    packages: 'listed',
  },
  'packages/testkit': { may: [kernel, pack], node: 'everywhere', packages: 'listed' },
  'apps/park-node': { may: [kernel, pack, contract, transparency], node: 'everywhere', packages: 'listed' },
  'apps/console': { may: [contract], node: 'nowhere', packages: 'listed' },
  'apps/cli': {
    may: [contract, kernel, pack, parkNode, transparency],
    node: 'everywhere',
    packages: 'listed',
  },
  bench: {
    may: [kernel, pack, testkit, contract, parkNode, transparency],
    node: 'everywhere',
    packages: 'listed',
  },
};

const workspaces = listWorkspaces();

describe('who imports whom', () => {
  it('covers every workspace by a rule', () => {
    expect(workspaces.map(({ folder }) => folder).filter((folder) => !(folder in rules))).toEqual([]);
  });

  for (const workspace of workspaces) {
    const rule = rules[workspace.folder];
    if (!rule) continue;

    it(`${workspace.folder} imports only what its rule allows`, () => {
      const offences = sourcesOf(workspace).flatMap((path) =>
        importsOf(path, read(path))
          .filter((specifier) => !isAllowed(specifier, path, workspace, rule))
          .map((specifier) => `${path} imports ${specifier}`),
      );
      expect(offences).toEqual([]);
    });

    it(`${workspace.folder}/package.json lists exactly what its sources import`, () => {
      const imported = sourcesOf(workspace)
        .flatMap((path) => importsOf(path, read(path)))
        .filter((specifier) => !specifier.startsWith('.') && !isBuiltin(specifier))
        .map(packageOf)
        .filter((name) => name !== workspace.manifest.name);
      expect(Object.keys(workspace.manifest.dependencies ?? {}).sort()).toEqual(
        [...new Set(imported)].sort(),
      );
    });
  }

  it('the testkit is seen by tests and benchmarks alone', () => {
    const offences = ['apps', 'packages', 'scripts']
      .flatMap(listFiles)
      .filter((path) => isCode(path) && !isTest(path) && !path.startsWith('packages/testkit/'))
      .filter((path) => importsOf(path, read(path)).some((specifier) => packageOf(specifier) === testkit));
    expect(offences).toEqual([]);
  });

  it('a relative import stays inside its workspace, in tests too', () => {
    const offences = workspaces.flatMap(({ folder }) =>
      listFiles(folder)
        .filter(isCode)
        .flatMap((path) =>
          importsOf(path, read(path))
            .filter((specifier) => specifier.startsWith('.') && !staysInside(specifier, path, folder))
            .map((specifier) => `${path} imports ${specifier}`),
        ),
    );
    expect(offences).toEqual([]);
  });
});

describe('reading imports', () => {
  it('finds values, types, re-exports, dynamic imports, import types and files of packages', () => {
    const source = `
      import a from 'a'; import type { B } from 'b'; import { type C } from 'c'; import 'd';
      export * from 'e'; export { f } from 'f'; export type { G } from 'g';
      const h = await import('h'); type I = import('i').I; const j = require('j'); import(h);
      const k = require.resolve('k/font.ttf'); const l = Promise.resolve('l');
      // import 'comment'
      const text = "import 'text'";
    `;
    expect(importsOf('sample.ts', source)).toEqual(['(computed)', ...'abcdefghij', 'k/font.ttf']);
  });
});

function sourcesOf({ folder }: Workspace): string[] {
  return listFiles(folder).filter((path) => isCode(path) && !isTest(path) && !path.endsWith('.config.ts'));
}

function isAllowed(specifier: string, path: string, { folder, manifest }: Workspace, rule: Rule): boolean {
  if (specifier.startsWith('.')) return staysInside(specifier, path, folder);
  if (isBuiltin(specifier)) return rule.node === 'everywhere' || rule.node.includes(path);
  if (packageOf(specifier) === manifest.name) return false;
  if (packageOf(specifier).startsWith('@twinpark/')) {
    return rule.may.some((allowed) => specifier === allowed || specifier.startsWith(`${allowed}/`));
  }
  return rule.packages === 'listed' && packageOf(specifier) in (manifest.dependencies ?? {});
}

function staysInside(specifier: string, path: string, folder: string): boolean {
  return posix.join(posix.dirname(path), specifier).startsWith(`${folder}/`);
}

function isBuiltin(specifier: string): boolean {
  return specifier.startsWith('node:') || builtinModules.includes(specifier);
}

/** `@scope/name/path` and `name/path` without the path. */
function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
