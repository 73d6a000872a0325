import type { Zone } from '@twinpark/pack/zone.ts';
import type { OptionName } from '../arguments/options.ts';
import type { Messages } from '../i18n/messages.ts';
import type { Fault, Outcome } from '../outcome.ts';
import type { Io, Terminal } from '../terminal.ts';

/** One command: how it is called, what it takes, and what it answers. */
export interface Command {
  /** `clock due`, or a single word. */
  readonly words: readonly string[];
  readonly summary: (m: Messages) => string;
  readonly operands: readonly Operand[];
  readonly options: readonly CommandOption[];
  readonly examples: readonly string[];
  /** Sections of the command's help besides its options: a title, and words with what is said of them. */
  readonly sections?: (m: Messages) => readonly HelpSection[];
  /** Values that cannot be used, so that all are told at once; those that need a zone are judged once there is one. */
  readonly judge?: (
    input: Input,
    session: Session,
    zone: Zone | null,
  ) => readonly Fault[] | Promise<readonly Fault[]>;
  readonly run: (input: Input, session: Session) => Promise<Outcome>;
}

export interface Operand {
  readonly value: keyof Messages['values'];
  readonly required: boolean;
  /** The last operand may stand several times. */
  readonly repeats?: boolean;
  readonly example: string;
}

export interface HelpSection {
  readonly title: string;
  readonly rows: readonly (readonly [string, string])[];
}

export interface CommandOption {
  readonly name: OptionName;
  readonly required?: boolean;
  readonly about: (m: Messages) => string;
}

/** What was given to the command; whether the values make sense is for the command to say. */
export interface Input {
  readonly operands: readonly string[];
  readonly values: Readonly<Partial<Record<OptionName, readonly string[]>>>;
  readonly flags: ReadonlySet<OptionName>;
  /** What does not belong there or is lacking; the command tells it together with what it finds itself. */
  readonly faults: readonly Fault[];
}

/** Who reads, on what, and where the command stands. */
export interface Session {
  readonly m: Messages;
  readonly terminal: Terminal;
  /** Resolves a path that the reader wrote. */
  readonly resolve: (path: string) => string;
  /** Folder of this copy of Twinpark. */
  readonly home: string;
  /** A path inside it, in full and as a reader in the present folder would write it. */
  readonly inHome: (path: string) => { readonly path: string; readonly shown: string };
  readonly now: Io['now'];
  /** Today's date in a time zone. */
  readonly today: (timeZone: string) => Temporal.PlainDate;
  readonly env: Io['env'];
  /** Prints at once, which only a command that goes on needs. */
  readonly say: (text: string, where?: 'out' | 'err') => void;
  readonly onStop: Io['onStop'];
}

export function optionValue({ values }: Input, name: OptionName): string | undefined {
  return values[name]?.[0];
}

export function nameOf({ words }: Pick<Command, 'words'>): string {
  return words.join(' ');
}
