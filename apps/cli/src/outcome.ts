/** What a command answers: text to print and an exit code. Nothing is printed before the command has ended. */
export interface Outcome {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** 0: done. 1: done, and something is wrong with what was looked at. 2: asked for wrongly. 70: a fault of the program. */
export type ExitCode = 0 | 1 | 2 | 70;

/** One argument that cannot be used: which, why, and what to write instead. */
export interface Fault {
  readonly argument: string;
  readonly reason: string;
  readonly example: string;
}

export function done(out: string, code: ExitCode = 0): Outcome {
  return { code, out, err: '' };
}

export function failed(code: ExitCode, err: string): Outcome {
  return { code, out: '', err };
}

export function json(value: unknown, code: ExitCode = 0): Outcome {
  return done(`${JSON.stringify(value, null, 2)}\n`, code);
}
