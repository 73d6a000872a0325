import { styleText } from 'node:util';

/** What of the outside world a command may see. Tests hand in their own. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder against which relative paths are read. */
  readonly folder: string;
  readonly now: () => Temporal.Instant;
  readonly stdout: Stream;
  readonly stderr: Stream;
  /** Calls back each time the command is asked to end. Returns what ends the listening. */
  readonly onStop: (listener: () => void) => () => void;
}

export type Stream = NodeJS.WritableStream & { readonly columns?: number };

/** How text may look on a stream. */
export interface Terminal {
  /** Columns that a line may fill. */
  readonly width: number;
  readonly paint: Paint;
}

export type Tone = 'plain' | 'strong' | 'quiet' | 'good' | 'bad' | 'notable';
export type Paint = (tone: Tone, text: string) => string;

const bounds = { narrowest: 40, widest: 160 };
/** Where nobody says how wide the reader's window is: wide enough for two lanes side by side. */
const usualWidth = 110;

export function terminalOf(stream: Stream, env: Io['env']): Terminal {
  const asked = stream.columns ?? Number.parseInt(env['COLUMNS'] ?? '', 10);
  const width = Number.isSafeInteger(asked) && asked > 0 ? asked : usualWidth;
  return {
    width: Math.max(bounds.narrowest, Math.min(width, bounds.widest)),
    // The platform decides by the stream whether there is colour at all, but lets FORCE_COLOR outweigh NO_COLOR.
    paint: (tone, text) =>
      text === '' || env['NO_COLOR'] ? text : styleText(formats[tone], text, { stream }),
  };
}

const formats: Readonly<Record<Tone, Parameters<typeof styleText>[0]>> = {
  plain: [],
  strong: 'bold',
  quiet: 'dim',
  good: 'green',
  bad: 'red',
  notable: 'cyan',
};
