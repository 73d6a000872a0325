import { z } from 'zod';
import { packFile } from './schema/file.ts';

/** Where the schema is kept, from the repository's root; the pack files name it in their first line. */
export const jsonSchemaPath = 'packages/pack/zone-pack.schema.json';

/**
 * The JSON Schema of a pack file as the text of its file, so that editors complete and check while one writes.
 * Draft 7, which the YAML extensions of the common editors know in full.
 */
export function zonePackJsonSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(packFile, { target: 'draft-7', io: 'input', reused: 'ref' });
  return `${print({ $schema, title: 'File of a zone pack', ...schema }, '')}\n`;
}

const lineWidth = 110;

/** JSON in the layout of the repository's formatter: lists of plain values stay on one line where they fit. */
function print(value: unknown, indent: string, used = indent.length): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((item) => print(item, inner))
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => {
          const name = `${JSON.stringify(key)}: `;
          return name + print(item, inner, inner.length + name.length);
        });
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return open + close;
  const line = `${open}${parts.join(', ')}${close}`;
  // A comma may follow it.
  if (Array.isArray(value) && !line.includes('\n') && used + line.length < lineWidth) return line;
  return `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${indent}${close}`;
}
