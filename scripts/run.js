/**
 * `node scripts/run.js TASK [arguments]`: sets the tree up if needed, then runs the task under Node 26.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runChild } from '../apps/cli/bin/child.js';
import { node26, root, setUp } from './setup.js';

const tools = {
  biome: 'node_modules/@biomejs/biome/bin/biome',
  knip: 'node_modules/knip/bin/knip.js',
  tsc: 'node_modules/typescript/bin/tsc',
  vitest: 'node_modules/vitest/vitest.mjs',
};

/** @type {Record<string, (args: string[]) => Promise<number>>} */
const tasks = {
  start: (args) => node('apps/cli/bin/twinpark.js', 'start', ...args),
  test: (args) => node(tools.vitest, 'run', ...args),
  check,
  format: (args) => node(tools.biome, 'check', '--write', ...args),
  generate: (args) => node('scripts/generate.ts', ...args),
  bench,
  soak,
};

const [name = '', ...args] = process.argv.slice(2);
const task = Object.hasOwn(tasks, name) ? tasks[name] : undefined;
if (task) {
  await setUp();
  process.exitCode = await task(args);
} else {
  process.stderr.write(`Usage: node scripts/run.js ${Object.keys(tasks).join('|')} [arguments]\n`);
  process.exitCode = 2;
}

/** @param {string[]} command A file to run under Node 26, and its arguments. */
function node(...command) {
  return runChild(node26, command, { cwd: root });
}

/** Runs every check, also after one has failed, and sums up. */
async function check() {
  /** @type {[string, () => Promise<number>][]} */
  const checks = [
    ['types', () => node(tools.tsc, '--project', 'tsconfig.json')],
    ['lint and format', () => node(tools.biome, 'check', '--error-on-warnings')],
    ['unused code', () => node(tools.knip, '--no-config-hints')],
  ];
  /** @type {string[]} */
  const summary = [];
  let failed = 0;
  for (const [title, run] of checks) {
    process.stdout.write(`\n── ${title}\n`);
    const began = Date.now();
    const code = await run();
    if (code !== 0) failed += 1;
    summary.push(
      `${code === 0 ? 'passed' : 'FAILED'}  ${title} (${((Date.now() - began) / 1000).toFixed(1)} s)`,
    );
  }
  process.stdout.write(`\n${summary.join('\n')}\n`);
  return failed === 0 ? 0 : 1;
}

/**
 * The fault tests of two joined parks, with more of everything.
 *
 * @param {string[]} args Dossiers and kills, for each of the two databases.
 */
async function soak([dossiers = '1000', kills = '40', ...rest]) {
  if (rest.length > 0 || !/^\d+$/.test(dossiers) || !/^\d+$/.test(kills)) {
    process.stderr.write('Usage: npm run soak -- [DOSSIERS [KILLS]], such as npm run soak -- 5000 200\n');
    return 2;
  }
  process.env['SOAK_DOSSIERS'] = dossiers;
  process.env['SOAK_KILLS'] = kills;
  return await node(tools.vitest, 'run', 'apps/park-node/src/crossing-kill.int.test.ts');
}

/** @param {string[]} args The benchmark's name, then its own arguments. */
async function bench([chosen, ...rest]) {
  const names = readdirSync(join(root, 'bench'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, 'bench', entry.name, 'main.ts')))
    .map((entry) => entry.name)
    .sort();
  if (chosen !== undefined && names.includes(chosen)) return await node(`bench/${chosen}/main.ts`, ...rest);
  const problem = chosen === undefined ? 'Which benchmark?' : `There is no benchmark "${chosen}".`;
  process.stderr.write(`${problem} npm run bench -- NAME, where NAME is one of:\n`);
  process.stderr.write(names.length === 0 ? '  (none yet)\n' : names.map((each) => `  ${each}\n`).join(''));
  return 2;
}
