import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { nearest } from '@twinpark/pack/nearest.ts';
import { z } from 'zod';
import type { ConfigFault } from './config/config-fault.ts';
import { keptSecret } from './config/kept-secret.ts';
import { type SettingName, settingNames, settingOf, variablesOfOthers } from './config/settings.ts';

/** Everything an operator can set, read once at start. */
export interface Config {
  /** Id of the park in the zone pack. */
  readonly park: string;
  /** Folder of the zone pack. */
  readonly zoneFolder: string;
  /** Folder of the embedded database, of evidence and of keys. */
  readonly dataFolder: string;
  /** Null for the embedded database. */
  readonly databaseUrl: string | null;
  /** Address with the rights of the tables' owner, for migrations alone; null for the same as `databaseUrl`. */
  readonly databaseOwnerUrl: string | null;
  readonly host: string;
  readonly port: number;
  /** Address under which browsers and QR codes reach this node. */
  readonly publicUrl: string;
  /** Address of the other park's node; null while it stands alone. */
  readonly peerUrl: string | null;
  /** File with the other park's card; null where its keys are not known. */
  readonly peerCard: string | null;
  /** Number of reverse proxies in front whose word on the caller's address counts. */
  readonly trustProxy: number;
  /** `demo`: demo accounts may sign in and every page says so. `production`: passkeys and OpenID Connect. */
  readonly mode: 'demo' | 'production';
  /** Secret of at least 32 characters that protects sessions. */
  readonly sessionSecret: string;
  readonly openIdProviders: readonly OpenIdProvider[];
  /** Largest evidence file. Unit: bytes. */
  readonly largestEvidenceBytes: number;
  /** Requests that one caller may send in a minute. */
  readonly requestsPerMinute: number;
  /** How long the content of a message between the parks is kept once it has done its work. */
  readonly messagesKeptDays: number;
  /** Bearer token that the metrics endpoint asks for; null when only this machine may read them. */
  readonly metricsToken: string | null;
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
}

const openIdProviderSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  name: z.string().min(1).max(100),
  issuer: z.url({ protocol: /^https$/ }).or(z.url({ hostname: /^(localhost|127\.0\.0\.1|\[::1\])$/ })),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  /** How well a person is known who signs in through it. */
  assurance: z.enum(['low', 'substantial', 'high']),
});
export type OpenIdProvider = Readonly<z.infer<typeof openIdProviderSchema>>;

type Env = Readonly<Record<string, string | undefined>>;
/** What the options of a command give, by setting; they outweigh the environment. */
export type GivenSettings = Readonly<Partial<Record<SettingName, string>>>;

/**
 * The configuration that the environment and the options of a command add up to, or every fault of theirs at once.
 * In demo mode the session secret is kept in the data folder and made there at the first start.
 */
export function readConfig(
  env: Env,
  given: GivenSettings = {},
): { readonly config: Config } | { readonly faults: readonly ConfigFault[] } {
  const reading = readingOf(env, given);
  const mode = reading.choice('mode', ['demo', 'production']);
  const dataFolder = reading.required('dataFolder');
  const port = reading.number('port');
  const config = {
    park: reading.required('park'),
    zoneFolder: resolve(reading.required('zoneFolder')),
    dataFolder: resolve(dataFolder),
    databaseUrl: reading.databaseUrl('databaseUrl'),
    databaseOwnerUrl: reading.databaseUrl('databaseOwnerUrl'),
    host: reading.required('host'),
    port,
    publicUrl: reading.origin('publicUrl') ?? `http://localhost:${port}`,
    peerUrl: reading.origin('peerUrl'),
    peerCard: reading.file('peerCard'),
    trustProxy: reading.number('trustProxy'),
    mode,
    sessionSecret: reading.text('sessionSecret') ?? '',
    openIdProviders: reading.providers(),
    largestEvidenceBytes: reading.number('largestEvidenceBytes'),
    requestsPerMinute: reading.number('requestsPerMinute'),
    messagesKeptDays: reading.number('messagesKeptDays'),
    metricsToken: reading.longEnough('metricsToken', 16),
    logLevel: reading.choice('logLevel', ['silent', 'error', 'warn', 'info', 'debug']),
  };
  if (given.mode === 'demo' && env[settingOf('mode').variable] === 'production') {
    reading.fault('mode', 'demoInProduction');
  }
  if (mode === 'production') judgeProduction(config, reading);
  reading.nameUnknown();
  if (config.sessionSecret !== '') reading.longEnough('sessionSecret', 32);
  // Nothing is written for a configuration that cannot be used.
  if (mode === 'production' || config.sessionSecret !== '' || reading.faults.length > 0) {
    return reading.faults.length > 0 ? { faults: reading.faults } : { config };
  }
  const file = join(config.dataFolder, 'keys', 'session-secret');
  try {
    return { config: { ...config, sessionSecret: keptSecret(file) } };
  } catch (error) {
    reading.fault('sessionSecret', 'secretNotKept', { file, reason: reasonOf(error) });
    return { faults: reading.faults };
  }
}

function judgeProduction(config: Config, reading: Reading): void {
  const { publicUrl, openIdProviders, sessionSecret, peerUrl, peerCard } = config;
  if (reading.given('publicUrl') === null) reading.fault('publicUrl', 'missing');
  if (sessionSecret === '') reading.fault('sessionSecret', 'missing');
  if (peerUrl !== null && peerCard === null) reading.fault('peerCard', 'missing');
  if (!URL.canParse(publicUrl)) return;
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol === 'http:' && !loopback.test(hostname)) {
    reading.fault('publicUrl', 'insecureUrl', { value: publicUrl });
  }
  // A passkey is bound to a host name (WebAuthn, section 5.1.2); a numeric address has none.
  const isNumber = isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
  if (isNumber && openIdProviders.length === 0) {
    const other = settingOf('openIdProviders').variable;
    reading.fault('publicUrl', 'noSignIn', { value: hostname, other });
  }
}

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

type Reading = ReturnType<typeof readingOf>;

/** Takes values out of the environment and the options, and gathers what is wrong with them. */
function readingOf(env: Env, given: GivenSettings) {
  const faults: ConfigFault[] = [];
  const fault = (setting: SettingName, code: ConfigFault['code'], facts: ConfigFault['facts'] = {}) => {
    faults.push({ code, setting, name: nameOf(setting), facts });
  };

  const nameOf = (setting: SettingName): string => {
    const { variable, flag } = settingOf(setting);
    if (given[setting] !== undefined && flag !== undefined) return `--${flag}`;
    return !env[variable] && env[`${variable}_FILE`] ? `${variable}_FILE` : variable;
  };

  const inFile = (setting: SettingName, file: string): string | null => {
    try {
      return readFileSync(file, 'utf8').trim();
    } catch (error) {
      fault(setting, 'fileUnreadable', { file, reason: reasonOf(error) });
      return null;
    }
  };

  const read = (setting: SettingName): string | null => {
    const { variable, secret, fallback } = settingOf(setting);
    const written = given[setting] || env[variable] || null;
    const file = secret ? env[`${variable}_FILE`] || null : null;
    if (file === null) return written ?? fallback;
    if (env[variable]) fault(setting, 'givenTwice', { names: `${variable}, ${variable}_FILE` });
    return written ?? inFile(setting, file);
  };
  // Each once, so that a file that cannot be read is told once.
  const values = Object.fromEntries(settingNames.map((name) => [name, read(name)])) as Readonly<
    Record<SettingName, string | null>
  >;

  const url = (setting: SettingName, schemes: readonly string[]): URL | null => {
    const value = values[setting];
    if (value === null) return null;
    const parsed = URL.canParse(value) ? new URL(value) : null;
    if (parsed && parsed.hostname !== '' && schemes.includes(parsed.protocol)) return parsed;
    const facts = { value, schemes: schemes.map((scheme) => `${scheme}//`).join(', ') };
    fault(setting, 'badUrl', { ...facts, example: 'https://park.example.org' });
    return null;
  };

  return {
    faults,
    fault,
    text: (setting: SettingName) => values[setting],
    given: (setting: SettingName) => values[setting],
    file: (setting: SettingName): string | null => {
      const value = values[setting];
      return value === null ? null : resolve(value);
    },
    required: (setting: SettingName): string => {
      const value = values[setting];
      if (value === null) fault(setting, 'missing');
      return value ?? '';
    },
    number: (setting: SettingName): number => {
      const { least = 0, most = Number.MAX_SAFE_INTEGER } = settingOf(setting);
      const value = values[setting] ?? '';
      const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
      if (number >= least && number <= most) return number;
      fault(setting, 'badNumber', { value, least: String(least), most: String(most) });
      return least;
    },
    choice: <Choice extends string>(
      setting: SettingName,
      choices: readonly [Choice, ...Choice[]],
    ): Choice => {
      const value = values[setting] ?? '';
      const chosen = choices.find((choice) => choice === value);
      if (chosen === undefined) fault(setting, 'badChoice', { value, choices: choices.join(', ') });
      return chosen ?? choices[0];
    },
    longEnough: (setting: SettingName, least: number): string | null => {
      const value = values[setting];
      if (value !== null && value.length < least) {
        fault(setting, 'tooShort', { length: String(value.length), least: String(least) });
      }
      return value;
    },
    /** Scheme, host and port, without a slash at the end. */
    origin: (setting: SettingName): string | null => {
      const parsed = url(setting, ['http:', 'https:']);
      if (parsed === null) return null;
      const rest = `${parsed.username}${parsed.pathname}${parsed.search}${parsed.hash}`;
      if (rest !== '/') fault(setting, 'urlWithPath', { value: parsed.href, example: parsed.origin });
      return parsed.origin;
    },
    /** The value itself is not shown back: it may hold a password. */
    databaseUrl: (setting: SettingName): string | null => {
      const value = values[setting];
      if (value !== null && !/^postgres(ql)?:\/\/./.test(value)) fault(setting, 'badDatabaseUrl');
      return value;
    },
    providers: (): readonly OpenIdProvider[] => {
      const setting = 'openIdProviders';
      const parsed = z.array(openIdProviderSchema).safeParse(jsonOf(values[setting] ?? '[]'));
      if (!parsed.success) {
        for (const { path } of parsed.error.issues) {
          const place = path
            .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
            .join('');
          fault(setting, 'providersMalformed', { place: place || 'JSON' });
        }
        return [];
      }
      const ids = parsed.data.map(({ id }) => id);
      for (const value of new Set(ids.filter((id, index) => ids.indexOf(id) !== index))) {
        fault(setting, 'providerTwice', { value });
      }
      return parsed.data;
    },
    /** A misspelt variable would otherwise just have no effect. */
    nameUnknown: (): void => {
      const known = settingNames.flatMap((name) => {
        const { variable, secret } = settingOf(name);
        return secret ? [variable, `${variable}_FILE`] : [variable];
      });
      for (const name of Object.keys(env)
        .filter((name) => name.startsWith('TWINPARK_'))
        .sort()) {
        if (known.includes(name) || variablesOfOthers.includes(name)) continue;
        const suggestion = nearest(name, known);
        faults.push({ code: 'unknownVariable', setting: null, name, facts: { suggestion } });
      }
    },
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
