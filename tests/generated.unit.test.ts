import { describe, expect, it } from 'vitest';
import { generatedFiles } from '../scripts/generated/files.ts';
import { read } from './source-files.ts';

describe('generated files', () => {
  it('are what `npm run generate` would write', async () => {
    for (const [path, content] of await generatedFiles()) expect(read(path), path).toBe(content);
  });
});
