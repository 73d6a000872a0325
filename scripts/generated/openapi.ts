import { endpoints } from '@twinpark/contract/endpoints.ts';
import { openApiDocument } from '@twinpark/contract/openapi.ts';
import { jsonFile } from '@twinpark/pack/json-file.ts';

/** The contract of a node for other programs. */
export function openApiJson(): string {
  return jsonFile(openApiDocument(endpoints));
}
