import type { Text } from '@twinpark/kernel/shared/text.ts';
import { openFile } from './check.ts';
import { recordSchemas } from './draft.ts';
import type { Problem } from './problems.ts';
import type { PackSource } from './source.ts';

/** What a pack says of its zone in a few words. */
export interface ZoneHead {
  readonly id: string;
  readonly parks: readonly { readonly id: string; readonly name: Text }[];
}

const file = 'zone.yaml';

/**
 * The zone's id and parks from the one file in which they usually stand, for whoever need not wait until all the others
 * are read; null where that file does not hold them soundly. Whether the pack is sound as a whole is not asked.
 */
export function peekZone(sources: readonly PackSource[]): ZoneHead | null {
  const source = sources.find(({ path }) => path === file);
  const problems: Problem[] = [];
  const tree = source && openFile(source, problems).tree;
  if (!tree || problems.length > 0) return null;
  const { zone } = tree.value as Record<string, unknown>;
  const read = recordSchemas.zone.safeParse(zone);
  return read.success ? (read.data as ZoneHead) : null;
}
