#!/usr/bin/env node
/**
 * The `twinpark` command. Twinpark is TypeScript that Node 26 runs unbuilt, so an older Node only looks up
 * the Node 26 that is installed beside it and hands over. This file stays plain JavaScript.
 */
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runChild } from './child.js';

const here = fileURLToPath(import.meta.url);
const main = join(dirname(dirname(here)), 'src', 'main.ts');

if (Number.parseInt(process.versions.node, 10) >= 26) await startHere();
else process.exitCode = await handOver();

async function startHere() {
  if (!existsSync(main)) {
    process.stderr.write(`The twinpark command is not complete: ${main} is missing.\n`);
    process.exit(2);
  }
  await import('../src/main.ts');
}

async function handOver() {
  const node = findNode26();
  if (!node || realpathSync(node) === realpathSync(process.execPath)) {
    process.stderr.write(
      [
        'Twinpark is not set up yet: run "npm start" once in its folder.',
        'Twinpark 尚未准备就绪：请先在其文件夹中运行一次“npm start”。',
        'Twinpark 尚未準備就緒：請先在其資料夾中執行一次「npm start」。',
        '',
      ].join('\n'),
    );
    return 2;
  }
  return await runChild(node, [here, ...process.argv.slice(2)]);
}

/** Looks for node_modules/node from this file's folder upwards, as Node resolves packages. */
function findNode26() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  for (let folder = dirname(here); ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', 'node', 'bin', name);
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder)) return undefined;
  }
}
