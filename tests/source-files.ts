import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** A path from the root of the repository, with forward slashes. */
export type SourcePath = string;

export function read(path: SourcePath): string {
  return readFileSync(join(root, path), 'utf8');
}

/** All files below a folder, sorted; nothing when the folder does not exist. Skips what is installed or hidden. */
export function listFiles(folder: SourcePath): SourcePath[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules' && !name.startsWith('.'))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? listFiles(path) : [path];
    })
    .sort();
}

interface Manifest {
  readonly name: string;
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
}

export interface Workspace {
  readonly folder: SourcePath;
  readonly manifest: Manifest;
}

/** The workspaces that exist, by folder. */
export function listWorkspaces(): Workspace[] {
  const { workspaces } = JSON.parse(read('package.json')) as { workspaces: string[] };
  return workspaces
    .flatMap((pattern) => {
      if (!pattern.endsWith('/*')) return [pattern];
      const parent = pattern.slice(0, -2);
      return readdirSync(join(root, parent)).map((name) => `${parent}/${name}`);
    })
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .map((folder) => ({ folder, manifest: JSON.parse(read(`${folder}/package.json`)) as Manifest }));
}

export function isCode(path: SourcePath): boolean {
  return /\.(ts|tsx|js|mjs|cjs)$/.test(path);
}

/** Whether a file is only there for tests: a test, or something that tests read. */
export function isTest(path: SourcePath): boolean {
  return /\.test\.tsx?$/.test(path) || /(^|\/)(tests|testing|fixtures|__snapshots__)\//.test(path);
}
