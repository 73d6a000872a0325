import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nearest } from '@twinpark/pack/nearest.ts';
import { listOf } from '@twinpark/pack/words/words.ts';
import { type ParsedArguments, parseArguments } from './arguments/parse.ts';
import { type Input, nameOf, type Session } from './commands/command.ts';
import { commands } from './commands/registry.ts';
import { faultOf, findCommand, misfitOptions, misfits } from './dispatch.ts';
import { wrongUsage } from './faults.ts';
import { explain, overview } from './help.ts';
import { findHome, versionOf } from './home.ts';
import { findLanguage, type Language, languageOfSystem, languages } from './i18n/language.ts';
import { fill, type Messages, messagesIn } from './i18n/messages.ts';
import { asJson, done, failed, type Outcome } from './outcome.ts';
import { printable } from './render/printable.ts';
import { type Io, type Terminal, terminalOf } from './terminal.ts';

/** Runs one call of the command line and gives its exit code. The one place where anything is printed. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const outcome = await answer(argv, io);
  if (outcome.err !== '') io.stderr.write(printable(outcome.err));
  if (outcome.out !== '') io.stdout.write(outcome.out);
  return outcome.code;
}

async function answer(argv: readonly string[], io: Io): Promise<Outcome> {
  const parsed = parseArguments(argv);
  const outcome = await answerInWords(parsed, io);
  return parsed.flags.has('json') ? asJson(outcome) : outcome;
}

async function answerInWords(parsed: ParsedArguments, io: Io): Promise<Outcome> {
  const language = languageOf(parsed, io.env);
  const m = messagesIn[language.language];
  if (language.unknown !== null) return unknownLanguage(language.unknown, m);
  try {
    return await perform(parsed, m, io);
  } catch (error) {
    return bug(error, m, io);
  }
}

async function perform(parsed: ParsedArguments, m: Messages, io: Io): Promise<Outcome> {
  const home = findHome(dirname(fileURLToPath(import.meta.url)));
  const terminal = terminalOf(io.stdout, io.env);
  const asksHelp = parsed.flags.has('help') || parsed.words[0] === 'help';
  const words = parsed.words[0] === 'help' ? topicOf(parsed.words) : parsed.words;
  if (!asksHelp && (parsed.flags.has('version') || words[0] === 'version')) {
    return done(`${await versionOf(home)}\n`);
  }
  const found = findCommand(words, commands, m);
  if ('fault' in found) return wrongUsage('', [found.fault], m);
  if ('group' in found) return incomplete(found.group, asksHelp, parsed, m, terminal);
  const { command, operands } = found;
  if (asksHelp) return done(explain(command, m, terminal));
  const session: Session = {
    m,
    terminal,
    home,
    resolve: (path) => resolve(io.folder, path),
    inHome: (path) => {
      const full = join(home, path);
      const near = relative(io.folder, full);
      return { path: full, shown: near.startsWith('..') || near === '' ? full : near };
    },
    now: io.now,
    today: (timeZone) => io.now().toZonedDateTimeISO(timeZone).toPlainDate(),
    env: io.env,
    say: (text, where = 'out') => (where === 'out' ? io.stdout : io.stderr).write(text),
    onStop: io.onStop,
  };
  const input: Input = {
    // Where an option is misspelt, its value may stand among the words, so that they say nothing for certain.
    operands: parsed.unknown.length > 0 ? [] : operands,
    values: parsed.values,
    flags: parsed.flags,
    faults: misfits(parsed, command, operands, m),
  };
  return await command.run(input, session);
}

/** What help is asked on; `help` and `version` have no page but the overview. */
function topicOf([, ...words]: readonly string[]): readonly string[] {
  return words[0] === 'help' || words[0] === 'version' ? [] : words;
}

/** No command, or only the first of two words. */
function incomplete(
  group: readonly string[],
  asksHelp: boolean,
  parsed: ParsedArguments,
  m: Messages,
  terminal: Terminal,
): Outcome {
  const [word] = group;
  const own = word === undefined ? commands : commands.filter((command) => command.words[0] === word);
  const faults = misfitOptions(parsed, [], 'twinpark help', m);
  if (faults.length > 0) return wrongUsage('', faults, m);
  if (word === undefined || asksHelp) return done(overview(own, m, terminal));
  const example = `twinpark ${nameOf(own[0] ?? { words: ['help'] })}`;
  return wrongUsage(
    '',
    [{ argument: word, reason: fill(m.faults.actionMissing, { group: word }), example }],
    m,
  );
}

function languageOf(
  { values }: ParsedArguments,
  env: Io['env'],
): { readonly language: Language; readonly unknown: string | null } {
  const asked = values.lang?.at(-1);
  const known = asked === undefined ? languageOfSystem(env) : findLanguage(asked);
  return { language: known ?? languageOfSystem(env), unknown: known === undefined ? (asked ?? null) : null };
}

function unknownLanguage(value: string, m: Messages): Outcome {
  const suggestion = nearest(value, languages);
  const reason = fill(m.faults.unknownLanguage, { value, suggestion, known: listOf(m, languages) });
  return wrongUsage('', [{ ...faultOf('lang', reason), example: `--lang ${suggestion || 'en'}` }], m);
}

/** Nobody who calls a command should have to read a stack; whoever looks for the fault can ask for it. */
function bug(error: unknown, m: Messages, { env }: Io): Outcome {
  const reason = error instanceof Error ? error.message : String(error);
  const line = fill(m.faults.bug, { reason: reason.split('\n')[0] ?? '' });
  const stack = env['TWINPARK_DEBUG'] === '1' && error instanceof Error ? `${error.stack}\n` : '';
  return failed(70, `${line}\n${stack}`, { bug: line });
}
