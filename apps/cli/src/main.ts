import { run } from './run.ts';

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // A reader who closes the pipe early, such as `head`, has seen enough. Anything else is lost output.
    if (error.code === 'EPIPE') process.exit();
    if (stream === process.stdout) process.stderr.write(`twinpark: ${error.code}\n`);
    process.exit(74);
  });
}

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The shell still names a folder that is gone, so that what is looked for there is found to be missing. */
function workingFolder(): string {
  try {
    return process.cwd();
  } catch {
    return process.env['PWD'] ?? '/';
  }
}

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  folder: workingFolder(),
  now: () => Temporal.Now.instant(),
  stdout: process.stdout,
  stderr: process.stderr,
  onStop: (listener) => {
    for (const signal of stopSignals) process.on(signal, listener);
    return () => {
      for (const signal of stopSignals) process.off(signal, listener);
    };
  },
});
