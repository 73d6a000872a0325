import { everywhere, type OptionName, optionOf } from './arguments/options.ts';
import { type Command, nameOf } from './commands/command.ts';
import type { Messages } from './i18n/messages.ts';
import { pairs } from './render/pairs.ts';
import { exampleInWords } from './render/text.ts';
import { commandLines, lineUp, wrap } from './render/width.ts';
import type { Terminal } from './terminal.ts';

/** What the command line can do, or the part of it that begins with a word. */
export function overview(commands: readonly Command[], m: Messages, terminal: Terminal): string {
  const rows = [
    ...commands.map((command) => [nameOf(command), command.summary(m)] as const),
    ['help', m.commands.help] as const,
    ['version', m.commands.version] as const,
  ];
  return [
    ...wrap(m.help.tagline, terminal.width).map((line) => terminal.paint('strong', line)),
    '',
    terminal.paint('strong', m.help.usage),
    `  twinpark ${m.values.command} …`,
    '',
    ...section(m.help.commands, rows, terminal),
    '',
    ...section(
      m.help.everywhere,
      everywhere.map((name) => optionRow(name, aboutCommon(name, m), m)),
      terminal,
    ),
    '',
    ...wrap(m.help.more, terminal.width),
    '',
  ].join('\n');
}

/** How one command is called, with each of its options and a call to copy. */
export function explain(command: Command, m: Messages, terminal: Terminal): string {
  const rows = [
    ...command.options.map(({ name, about, required }) =>
      optionRow(name, about(m) + (required ? m.help.required : ''), m),
    ),
    ...everywhere
      .filter((name) => name !== 'version')
      .map((name) => optionRow(name, aboutCommon(name, m), m)),
  ];
  return [
    ...wrap(command.summary(m), terminal.width).map((line) => terminal.paint('strong', line)),
    '',
    terminal.paint('strong', m.help.usage),
    ...lineUp(usage(command, m), terminal.width, '    ', '  '),
    '',
    ...section(m.help.options, rows, terminal),
    '',
    ...(command.sections?.(m) ?? []).flatMap(({ title, rows }) => [...section(title, rows, terminal), '']),
    terminal.paint('strong', m.help.examples),
    ...command.examples.flatMap((example) => commandLines(exampleInWords(example, m), terminal.width)),
    '',
  ].join('\n');
}

/** The parts of a call, none of which may be torn apart. */
function usage(command: Command, m: Messages): readonly string[] {
  const operands = command.operands.map(
    ({ value, required, repeats }) =>
      (required ? m.values[value] : `[${m.values[value]}]`) + (repeats ? '…' : ''),
  );
  const options = command.options.map(({ name, required }) => {
    const call = callOf(name, m);
    const repeat = optionOf(name)?.multiple ? '…' : '';
    return required ? call : `[${call}]${repeat}`;
  });
  return [`twinpark ${nameOf(command)}`, ...operands, ...options];
}

function optionRow(name: OptionName, about: string, m: Messages): readonly [string, string] {
  const option = optionOf(name);
  const short = option?.short ? `-${option.short}, ` : '';
  return [`${short}${callOf(name, m)}`, about + (option?.multiple ? m.help.mayRepeat : '')];
}

function callOf(name: OptionName, m: Messages): string {
  const value = optionOf(name)?.value;
  return value ? `--${name} ${m.values[value]}` : `--${name}`;
}

function aboutCommon(name: OptionName, m: Messages): string {
  const about: Partial<Record<OptionName, string>> = {
    lang: m.options.lang,
    help: m.options.help,
    version: m.options.version,
  };
  return about[name] ?? '';
}

function section(title: string, rows: readonly (readonly [string, string])[], terminal: Terminal): string[] {
  return [terminal.paint('strong', title), ...pairs(rows, terminal.width)];
}
