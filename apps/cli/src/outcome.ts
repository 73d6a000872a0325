/** What a command answers: text to print and an exit code. Nothing is printed before the command has ended. */
export interface Outcome {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
  /** What went wrong, for programs: printed besides the words where JSON was asked for. */
  readonly report?: Report;
}

/** Wrong arguments, what is wrong with a pack or file that was read, or a fault of the program. */
export type Report =
  | { readonly faults: readonly Fault[] }
  | { readonly problems: readonly object[] }
  | { readonly bug: string };

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

export function failed(code: ExitCode, err: string, report: Report): Outcome {
  return { code, out: '', err, report };
}

/** The same answer for a reader who asked for JSON: that is what stands on the output, come what may. */
export function asJson(outcome: Outcome): Outcome {
  const { code, err, report } = outcome;
  return report ? { ...json({ ok: false, ...report }, code), err } : outcome;
}

export function json(value: unknown, code: ExitCode = 0): Outcome {
  return done(`${JSON.stringify(value, null, 2)}\n`, code);
}
