import type { Names } from '@twinpark/pack/words/names.ts';
import { listOf } from '@twinpark/pack/words/words.ts';
import type { Zone } from '@twinpark/pack/zone.ts';
import type { Outline, OutlinedStep } from '../commands/journey/outline.ts';
import type { Messages } from '../i18n/messages.ts';
import type { Terminal } from '../terminal.ts';
import { wrap } from './width.ts';

/** What the parts of a plan are written from, and the words they share. */
export interface Writer {
  readonly outline: Outline;
  readonly zone: Zone;
  readonly m: Messages;
  readonly terminal: Terminal;
  readonly names: Names;
}

export function heading(title: string, { terminal }: Pick<Writer, 'terminal'>): string[] {
  return wrap(title, terminal.width).map((line) => terminal.paint('strong', line));
}

/** `3 park-mark`: how the plan refers to a step without repeating the name of its service. */
export function reference({ number, park }: OutlinedStep, { names }: Writer): string {
  return `${number}${names.mark(park)}`;
}

export function references(ids: readonly string[], writer: Writer): string {
  const steps = writer.outline.steps.filter(({ step }) => ids.includes(step));
  return listOf(
    writer.m,
    steps.map((step) => reference(step, writer)),
  );
}
