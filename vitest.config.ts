import { defineConfig } from 'vitest/config';

/**
 * The suffix of a test file tells what it needs: `.unit.test.ts` does no I/O of its own,
 * `.int.test.ts` opens files, processes or a database.
 *
 * Files share their worker (no isolation), which halves the time of the whole run. A test file
 * must therefore leave no global state behind.
 */
export default defineConfig({
  test: {
    include: ['{apps,bench,packages,scripts,tests}/**/*.{unit,int}.test.ts'],
    exclude: ['**/node_modules/**'],
    globalSetup: ['apps/park-node/src/testing/test-run.ts'],
    pool: 'threads',
    isolate: false,
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
