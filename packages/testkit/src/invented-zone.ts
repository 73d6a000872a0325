import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkPack } from '@twinpark/pack/check.ts';
import type { PackSource } from '@twinpark/pack/source.ts';

export const zoneFolder = join(import.meta.dirname, '../zone');

/** The files of the invented zone: a small, complete pack without a fault. */
export function inventedZone(): PackSource[] {
  return globSync('**/*.yaml', { cwd: zoneFolder })
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map((path) => ({ path, bytes: readFileSync(join(zoneFolder, path)) }));
}

/**
 * The invented zone with one text of one file replaced. Throws where the text does not stand there exactly once, so
 * that a test which breaks nothing cannot pass.
 */
export function edited(path: string, from: string, to: string, sources = inventedZone()): PackSource[] {
  return withFile(path, replaceOnce(textOf(path, sources), from, to), sources);
}

/** The invented zone with a file put in, in place of the one of that path if there is one. */
export function withFile(
  path: string,
  content: string | Uint8Array,
  sources: readonly PackSource[] = inventedZone(),
): PackSource[] {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return [...sources.filter((source) => source.path !== path), { path, bytes }];
}

/** What the check finds, as `file:line:column code`, in reading order. */
export function found(sources: readonly PackSource[]): string[] {
  return checkPack(sources).problems.map(
    ({ path, line, column, code }) => `${path}:${line}:${column} ${code}`,
  );
}

function textOf(path: string, sources: readonly PackSource[]): string {
  const source = sources.find((candidate) => candidate.path === path);
  if (!source || 'fault' in source) throw new Error(`The zone has no file ${path}`);
  return new TextDecoder().decode(source.bytes);
}

function replaceOnce(text: string, from: string, to: string): string {
  const count = text.split(from).length - 1;
  if (count !== 1) throw new Error(`The text to replace stands there ${count} times: ${from}`);
  return text.replace(from, () => to);
}
