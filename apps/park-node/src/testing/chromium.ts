import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const programs = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/chromium-browser'];

/** The browser of this machine; null where it has none. */
export const chromiumProgram = programs.find((path) => path !== undefined && existsSync(path)) ?? null;

/** A browser without a window that asks nobody outside for anything. */
export async function openChromium(program: string): Promise<Browser> {
  return await chromium.launch({
    executablePath: program,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
