import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { home, inventedZone } from './testing/call.ts';

const bin = join(home, 'apps/cli/bin/twinpark.js');
/** Without what the test runner sets for itself. */
const env = { PATH: process.env['PATH'], LANG: 'en_HK.UTF-8' };

describe('the twinpark command', () => {
  it('runs under whatever Node the system has', () => {
    const argv = [bin, 'clock', 'due', '--zone', inventedZone, '--park', 'north', '--from', '2026-06-10'];
    const { status, stdout, stderr } = spawnSync('node', [...argv, '--days', '3', '--json'], {
      env,
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ due: '2026-06-13', provisional: false });
  });

  it('passes on its exit code', () => {
    const { status, stdout, stderr } = spawnSync('node', [bin, 'clok'], { env, encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('Did you mean “clock due”?');
  });

  it('works in a folder that is gone, in which no file is found', () => {
    const folder = mkdtempSync(join(tmpdir(), 'twinpark-'));
    const command = 'rmdir "$PWD" && exec "$0" "$@"';
    const argv = ['-c', command, process.execPath, bin, 'zone', 'check', 'here'];
    const { status, stdout, stderr } = spawnSync('sh', argv, { cwd: folder, env, encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('There is no folder “here”.');
  });

  it('ends quietly when its reader has seen enough', async () => {
    const child = spawn(process.execPath, [join(home, 'apps/cli/bin/twinpark.js'), 'help'], { env });
    child.stdout.destroy();
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ code, said }).toEqual({ code: 0, said: '' });
  });
});
