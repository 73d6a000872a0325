import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiPath } from '@twinpark/contract/openapi.ts';
import { jsonSchemaPath, zonePackJsonSchema } from '@twinpark/pack/json-schema.ts';
import { loadZone } from '@twinpark/pack/load.ts';
import { caseActionsPage } from './case-actions.ts';
import { coveragePage } from './coverage.ts';
import { openApiJson } from './openapi.ts';
import { demoPicture } from './picture.ts';

export const root = join(import.meta.dirname, '..', '..');

/** Every generated file of the repository with its content, by path from the root. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  const { twinpark } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const loaded = await loadZone(join(root, twinpark.zone));
  if ('problems' in loaded) throw new Error('The zone pack has problems; run twinpark zone check first.');
  const pictures = loaded.zone.languages.map(
    async (language) => [`docs/pictures/demo-${language}.svg`, await demoPicture(language, root)] as const,
  );
  return new Map([
    ...(await Promise.all(pictures)),
    [jsonSchemaPath, zonePackJsonSchema()],
    [openApiPath, openApiJson()],
    ['docs/coverage.md', coveragePage(loaded.zone, 'en')],
    ['docs/guides/case-actions.md', caseActionsPage()],
  ]);
}
