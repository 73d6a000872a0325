import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The nearest folder upwards whose package.json names a zone: the root of this copy of Twinpark. */
export function findHome(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'zone'))) return folder;
    if (folder === dirname(folder)) return from;
  }
}

/** The zone that this copy runs by default, relative to its folder; undefined where it names none. */
export async function defaultZoneOf(home: string): Promise<string | undefined> {
  const { twinpark } = await manifestOf(home);
  return twinpark?.zone;
}

export async function versionOf(home: string): Promise<string> {
  return (await manifestOf(home)).version ?? '';
}

interface Manifest {
  readonly version?: string;
  readonly twinpark?: { readonly zone?: string };
}

async function manifestOf(home: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as Manifest;
}
