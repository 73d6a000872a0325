import { nearest } from '@twinpark/pack/nearest.ts';
import { everywhere, type OptionName, optionOf } from './arguments/options.ts';
import type { ParsedArguments } from './arguments/parse.ts';
import { type Command, nameOf } from './commands/command.ts';
import { fill, type Messages } from './i18n/messages.ts';
import type { Fault } from './outcome.ts';

export type Dispatch =
  | { readonly command: Command; readonly operands: readonly string[] }
  /** No whole command was named; `words` are those that lead to some. */
  | { readonly group: readonly string[] }
  | { readonly fault: Fault };

/** The command that the words name, and the words left for it. */
export function findCommand(words: readonly string[], commands: readonly Command[], m: Messages): Dispatch {
  const named = commands.find((command) => command.words.every((word, index) => words[index] === word));
  if (named) return { command: named, operands: words.slice(named.words.length) };
  const [group, action] = words;
  if (group === undefined) return { group: [] };
  if (group === '') {
    return {
      fault: { argument: m.values.command, reason: m.faults.required, example: 'twinpark help' },
    };
  }
  const actions = commands.flatMap(({ words: [first, second] }) =>
    first === group && second !== undefined ? [second] : [],
  );
  if (actions.length > 0) {
    if (action === undefined) return { group: [group] };
    const suggestion = nearest(action, actions);
    return {
      fault: {
        argument: `${group} ${action}`,
        reason: fill(m.faults.unknownAction, { group, word: action, suggestion }),
        example: `twinpark ${group} ${suggestion || actions[0]}`,
      },
    };
  }
  const suggestion = nearest(group, [
    ...new Set([...commands.map((command) => command.words[0] ?? ''), 'help', 'version']),
  ]);
  const known = commands.find((command) => command.words[0] === suggestion);
  return {
    fault: {
      argument: group,
      reason: fill(m.faults.unknownCommand, { word: group, suggestion: known ? nameOf(known) : suggestion }),
      example: `twinpark ${known ? nameOf(known) : suggestion || 'help'}`,
    },
  };
}

/** Options and words that this command does not take, takes otherwise, or lacks. */
export function misfits(
  parsed: ParsedArguments,
  command: Command,
  operands: readonly string[],
  m: Messages,
): readonly Fault[] {
  const example = command.examples[0] ?? `twinpark ${nameOf(command)}`;
  const own = command.options.map(({ name }) => name);
  const misfit = misfitOptions(parsed, own, example, m);
  // A misspelt option takes its value and its place with it; what follows from that is not said again.
  if (parsed.unknown.length > 0) return misfit;
  return [
    ...misfit,
    ...missingOptions(parsed, command).map((name) => faultOf(name, m.faults.required)),
    ...command.operands
      // An empty word, such as a variable that is not set, names nothing.
      .filter(({ required }, index) => operands[index] === '' || (required && operands[index] === undefined))
      .map((operand) => ({
        argument: m.values[operand.value],
        reason: m.faults.required,
        example: `twinpark ${nameOf(command)} ${operand.example}`,
      })),
    ...operands
      .slice(command.operands.at(-1)?.repeats ? operands.length : command.operands.length)
      .map((word) => ({ argument: word, reason: m.faults.surplus, example })),
  ];
}

/** Options that are not known where they stand, lack a value, have one they do not take, or stand twice. */
export function misfitOptions(
  parsed: ParsedArguments,
  own: readonly OptionName[],
  example: string,
  m: Messages,
): readonly Fault[] {
  const taken = new Set<OptionName>([...own, ...everywhere]);
  const strange = [
    ...parsed.unknown,
    ...given(parsed)
      .filter((name) => !taken.has(name))
      .map((name) => `--${name}`),
  ];
  return [
    ...strange.map((written) => unknownOption(written, [...taken], example, m)),
    ...parsed.withoutValue.map((name) => faultOf(name, m.faults.valueMissing)),
    ...parsed.withUnwantedValue.map((name) => ({
      ...faultOf(name, m.faults.valueUnwanted),
      example: `--${name}`,
    })),
    ...repeated(parsed).map((name) => faultOf(name, m.faults.givenTwice)),
  ];
}

export function faultOf(name: OptionName, reason: string): Fault {
  const option = optionOf(name);
  return { argument: `--${name}`, reason, example: [`--${name}`, option?.example ?? ''].join(' ').trim() };
}

function unknownOption(written: string, taken: readonly OptionName[], example: string, m: Messages): Fault {
  const suggestion = nearest(written.replace(/^-+/, ''), taken);
  const reason = fill(m.faults.unknownOption, { suggestion: suggestion && `--${suggestion}` });
  const meant = optionOf(suggestion);
  return {
    argument: written,
    reason,
    example: meant ? [`--${suggestion}`, meant.example ?? ''].join(' ').trim() : example,
  };
}

function given({ values, flags }: ParsedArguments): OptionName[] {
  return [...(Object.keys(values) as OptionName[]), ...flags];
}

function repeated({ values }: ParsedArguments): OptionName[] {
  const names = Object.keys(values) as OptionName[];
  return names.filter((name) => !optionOf(name)?.multiple && (values[name]?.length ?? 0) > 1);
}

function missingOptions({ values, withoutValue }: ParsedArguments, { options: own }: Command): OptionName[] {
  return own
    .filter(({ name, required }) => required && values[name] === undefined && !withoutValue.includes(name))
    .map(({ name }) => name);
}
