import { posix } from 'node:path';
import { type Problem, problemText } from '@twinpark/pack/problems.ts';
import { fill, type Messages } from '../i18n/messages.ts';
import { printable } from './printable.ts';

/** Problems as programs read them. */
export function describeProblems(problems: readonly Problem[], m: Messages): readonly object[] {
  return problems.map((problem) => {
    const { path, line, column, code, parameters } = problem;
    return { path, line, column, code, message: problemText(problem, m.language), parameters };
  });
}

/** Problems as editors and terminals can follow them: file, line and column first. */
export function problemLines(problems: readonly Problem[], folder: string, m: Messages): string[] {
  return problems.map((problem) => {
    const { path, line, column, code } = problem;
    const place = `${posix.join(folder, path)}:${line}:${column}`;
    return printable(fill(m.problems.line, { place, code, text: problemText(problem, m.language) }));
  });
}
