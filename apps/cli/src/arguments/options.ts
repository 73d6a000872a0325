import type { Messages } from '../i18n/messages.ts';

/** Every option of the command line, by the name after the two hyphens. */
export const options = {
  zone: { type: 'string', value: 'folder', example: 'zone/NAME' },
  park: { type: 'string', value: 'park', example: 'NAME' },
  'with-park': { type: 'string', value: 'park', example: 'NAME' },
  from: { type: 'string', value: 'date', example: '2026-02-10' },
  days: { type: 'string', value: 'days', example: '10' },
  stop: { type: 'string', value: 'stop', example: '2026-02-16..2026-02-18', multiple: true },
  answers: { type: 'string', value: 'file', example: 'answers.yaml' },
  data: { type: 'string', value: 'folder', example: 'data' },
  port: { type: 'string', value: 'port', example: '7801' },
  host: { type: 'string', value: 'host', example: '127.0.0.1' },
  mode: { type: 'string', value: 'mode', example: 'production' },
  'public-url': { type: 'string', value: 'url', example: 'https://park.example.org' },
  peer: { type: 'string', value: 'url', example: 'https://other-park.example.org' },
  'peer-card': { type: 'string', value: 'file', example: 'other-park-card.json' },
  use: { type: 'string', value: 'use', example: 'gateway' },
  'database-url': { type: 'string', value: 'url', example: 'postgres://user:password@host:5432/database' },
  keys: { type: 'string', value: 'file', example: 'keys.json' },
  lang: { type: 'string', value: 'language', example: 'zh-Hans' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const satisfies Record<string, Option>;

export interface Option {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  /** Stand-in for the value in usage lines. */
  readonly value?: keyof Messages['values'];
  readonly example?: string;
  readonly multiple?: boolean;
}

export type OptionName = keyof typeof options;

export function optionOf(name: string): Option | undefined {
  return Object.hasOwn(options, name) ? options[name as OptionName] : undefined;
}

/** Options that every command takes. */
export const everywhere: readonly OptionName[] = ['lang', 'help', 'version'];
