import { parseArgs } from 'node:util';
import { type OptionName, optionOf, options } from './options.ts';

/** The words after `twinpark`, sorted but not judged: which options a command takes is for the command to say. */
export interface ParsedArguments {
  readonly words: readonly string[];
  readonly values: Readonly<Partial<Record<OptionName, readonly string[]>>>;
  readonly flags: ReadonlySet<OptionName>;
  /** Options as they were written that no command knows. */
  readonly unknown: readonly string[];
  readonly withoutValue: readonly OptionName[];
  readonly withUnwantedValue: readonly OptionName[];
}

export function parseArguments(argv: readonly string[]): ParsedArguments {
  const { tokens } = parseArgs({
    args: [...argv],
    options: parsedOptions,
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  const words: string[] = [];
  const values: Partial<Record<OptionName, string[]>> = {};
  const flags = new Set<OptionName>();
  const unknown: string[] = [];
  const withoutValue: OptionName[] = [];
  const withUnwantedValue: OptionName[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const option = optionOf(token.name);
    const name = token.name as OptionName;
    if (!option) unknown.push(token.rawName);
    else if (option.type === 'boolean') {
      if (token.value === undefined) flags.add(name);
      else withUnwantedValue.push(name);
    } else if (token.value === undefined || token.value === '' || isNextOption(token))
      withoutValue.push(name);
    else values[name] = [...(values[name] ?? []), token.value];
  }
  return { words, values, flags, unknown, withoutValue, withUnwantedValue };
}

/** `--park --json`: what stands where the value is missing is the next option. A negative number is a value. */
function isNextOption(token: {
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}) {
  return token.inlineValue === false && /^-\D/.test(token.value ?? '');
}

const parsedOptions = Object.fromEntries(
  Object.keys(options).map((name) => {
    const { type, short } = optionOf(name) ?? { type: 'boolean' as const };
    return [name, { type, multiple: true, ...(short && { short }) }];
  }),
);
