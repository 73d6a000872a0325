import { z } from 'zod';
import { jsonFile } from './json-file.ts';
import { packFile } from './schema/file.ts';

/** Where the schema is kept, from the repository's root; the pack files name it in their first line. */
export const jsonSchemaPath = 'packages/pack/zone-pack.schema.json';

/**
 * The JSON Schema of a pack file as the text of its file, so that editors complete and check while one writes.
 * Draft 7, which the YAML extensions of the common editors know in full.
 */
export function zonePackJsonSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(packFile, { target: 'draft-7', io: 'input', reused: 'ref' });
  return jsonFile({ $schema, title: 'File of a zone pack', ...schema });
}
