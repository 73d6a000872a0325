import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

describe('the OpenAPI document', () => {
  it('has no fault that a linter of other people finds', async () => {
    const linter = fileURLToPath(import.meta.resolve('@redocly/cli/bin/cli.js'));
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [linter, 'lint', 'packages/contract/openapi.json', '--extends=recommended', '--format=json'],
      {
        cwd: root,
        env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', CI: 'true' },
      },
    );
    const { problems } = JSON.parse(stdout) as { problems: { ruleId: string; message: string }[] };
    expect(problems.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
  });
});
