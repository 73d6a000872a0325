import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const sources = join(import.meta.dirname, '../..');

// A reader's rights are settings that the node makes for a transaction: they hold as long as nobody else's words become
// SQL (docs/decisions/0010-store.md).
it('no statement is put together from text', () => {
  const offences = globSync('**/*.ts', { cwd: sources })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !path.endsWith('.test.ts') && !path.startsWith('testing/'))
    .filter((path) => /\bsql\s*\.\s*raw\b|CompiledQuery\s*\.\s*raw\b/.test(read(path)));
  expect(offences).toEqual([]);
});

it('a literal comes from the closed list of audit outcomes alone', () => {
  const literals = globSync('**/*.ts', { cwd: sources }).flatMap((path) =>
    [...read(path).matchAll(/\bsql\.lit\(([^)]*)\)/g)].map(
      ([, what]) => `${path.replaceAll('\\', '/')} ${what}`,
    ),
  );
  expect(literals.filter((each) => !each.includes('.test.ts'))).toEqual([
    'platform/audit/audit-page.ts outcome',
  ]);
});

function read(path: string): string {
  return readFileSync(join(sources, path), 'utf8');
}
