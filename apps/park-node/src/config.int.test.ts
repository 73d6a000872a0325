import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageLanguages } from '@twinpark/pack/problems.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ConfigFault, configFaultText } from './config/config-fault.ts';
import { settingNames, settingOf } from './config/settings.ts';
import { type Config, readConfig } from './config.ts';

let folder: string;
let demo: Record<string, string>;
let production: Record<string, string>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'twinpark-config-'));
  const needed = { TWINPARK_PARK: 'north', TWINPARK_ZONE: 'zone', TWINPARK_DATA: folder };
  demo = { ...needed, TWINPARK_MODE: 'demo' };
  production = {
    ...needed,
    TWINPARK_PUBLIC_URL: 'https://north.example.org',
    TWINPARK_SESSION_SECRET: 'x'.repeat(48),
  };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the configuration of a node', () => {
  it('is complete with what must be given, and production is what counts where nothing is said', () => {
    expect(configOf(production)).toMatchObject({
      park: 'north',
      dataFolder: folder,
      mode: 'production',
      databaseUrl: null,
      host: '127.0.0.1',
      port: 7801,
      publicUrl: 'https://north.example.org',
      trustProxy: 0,
      openIdProviders: [],
      logLevel: 'info',
    });
  });

  it('takes an option before its variable, and an empty value as none', () => {
    const config = configOf({ ...demo, TWINPARK_PORT: '8000', TWINPARK_PEER_URL: '' }, { port: '9000' });
    expect(config).toMatchObject({ port: 9000, publicUrl: 'http://localhost:9000', peerUrl: null });
  });

  it('keeps the secret of a demo in the data folder, for its user alone, and finds it again', () => {
    const first = configOf(demo).sessionSecret;
    expect(first.length).toBeGreaterThanOrEqual(48);
    expect(statSync(join(folder, 'keys/session-secret')).mode & 0o777).toBe(0o600);
    expect(configOf(demo).sessionSecret).toBe(first);
  });

  it('writes nothing for a configuration that cannot be used', () => {
    expect(codesOf({ ...demo, TWINPARK_PORT: 'x' })).toEqual(['badNumber']);
    expect(existsSync(join(folder, 'keys'))).toBe(false);
  });

  it('reads secrets from files', () => {
    const { TWINPARK_SESSION_SECRET: _, ...rest } = production;
    const secret = fileOf('secret', `${'s'.repeat(40)}\n`);
    const database = fileOf('database', 'postgres://me:hidden@db/park');
    const env = { ...rest, TWINPARK_SESSION_SECRET_FILE: secret, TWINPARK_DATABASE_URL_FILE: database };
    expect(configOf(env)).toMatchObject({
      sessionSecret: 's'.repeat(40),
      databaseUrl: 'postgres://me:hidden@db/park',
    });
  });

  it('reads identity providers and grades them', () => {
    const providers = [provider('one', 'https://id.example.org'), provider('two', 'http://localhost:4000')];
    const env = { ...production, TWINPARK_OPENID_PROVIDERS: JSON.stringify(providers) };
    expect(configOf(env).openIdProviders).toEqual(providers);
  });
});

describe('faults of a configuration', () => {
  it('are told all at once', () => {
    const env = {
      TWINPARK_PORT: '70000',
      TWINPARK_MODE: 'test',
      TWINPARK_DATABASE_URL: 'mysql://x',
      TWINPARK_PEER_URL: 'south',
      TWINPARK_LOG_LEVEL: 'loud',
      TWINPARK_DATABSE_OWNER_URL: 'postgres://x',
    };
    expect(faultsOf(env).map(({ name, code }) => `${name} ${code}`)).toEqual([
      'TWINPARK_MODE badChoice',
      'TWINPARK_DATA missing',
      'TWINPARK_PORT badNumber',
      'TWINPARK_PARK missing',
      'TWINPARK_ZONE missing',
      'TWINPARK_DATABASE_URL badDatabaseUrl',
      'TWINPARK_PEER_URL badUrl',
      'TWINPARK_LOG_LEVEL badChoice',
      'TWINPARK_DATABSE_OWNER_URL unknownVariable',
    ]);
  });

  it.each([
    [{ TWINPARK_SESSION_SECRET: '' }, 'missing'],
    [{ TWINPARK_SESSION_SECRET: 'short' }, 'tooShort'],
    [{ TWINPARK_PUBLIC_URL: '' }, 'missing'],
    [{ TWINPARK_PUBLIC_URL: 'http://north.example.org' }, 'insecureUrl'],
    [{ TWINPARK_PUBLIC_URL: 'https://192.0.2.7' }, 'noSignIn'],
    [{ TWINPARK_PUBLIC_URL: 'https://north.example.org/park' }, 'urlWithPath'],
    [{ TWINPARK_PEER_URL: 'https://south.example.org' }, 'missing'],
    [{ TWINPARK_METRICS_TOKEN: 'short' }, 'tooShort'],
    [{ TWINPARK_OPENID_PROVIDERS: '[{]' }, 'providersMalformed'],
    [{ TWINPARK_SESSION_SECRET_FILE: '/nowhere' }, 'givenTwice'],
  ])('keep production from starting with %j', (change, code) => {
    expect(codesOf({ ...production, ...change })).toEqual([code]);
  });

  it('let a demo have a peer before it has its card, and production one with its card', () => {
    const peer = { TWINPARK_PEER_URL: 'https://south.example.org' };
    expect(configOf({ ...demo, ...peer })).toMatchObject({ peerCard: null });
    const card = join(folder, 'card.json');
    expect(configOf({ ...production, ...peer, TWINPARK_PEER_CARD: card })).toMatchObject({ peerCard: card });
    expect(faultsOf({ ...production, ...peer })[0]?.name).toBe('TWINPARK_PEER_CARD');
  });

  it('let production run over plain http on this machine alone', () => {
    const env = { ...production, TWINPARK_PUBLIC_URL: 'http://localhost:7801' };
    expect(configOf(env).publicUrl).toBe('http://localhost:7801');
  });

  it('let nobody turn a production node into a demo by an option', () => {
    expect(codesOf({ ...production, TWINPARK_MODE: 'production' }, { mode: 'demo' })).toEqual([
      'demoInProduction',
    ]);
  });

  it('name the place in the list of identity providers', () => {
    const broken = [
      { ...provider('one', 'http://id.example.org'), assurance: 'top' },
      provider('one', 'https://a.b'),
    ];
    const env = { ...production, TWINPARK_OPENID_PROVIDERS: JSON.stringify(broken) };
    expect(faultsOf(env).map(({ facts }) => facts['place'])).toEqual(['[0].issuer', '[0].assurance']);
    const twice = [provider('one', 'https://a.b'), provider('one', 'https://a.b')];
    expect(codesOf({ ...production, TWINPARK_OPENID_PROVIDERS: JSON.stringify(twice) })).toEqual([
      'providerTwice',
    ]);
  });

  it('never show a secret back', () => {
    const env = {
      ...production,
      TWINPARK_DATABASE_URL: 'mysql://me:hidden@db',
      TWINPARK_SESSION_SECRET: 'hidden',
      TWINPARK_METRICS_TOKEN: 'hidden',
      TWINPARK_OPENID_PROVIDERS: '[{"clientSecret":"hidden"}]',
    };
    const texts = faultsOf(env).map((fault) => configFaultText(fault, 'en'));
    expect(texts.length).toBeGreaterThan(3);
    expect(texts.join('\n')).not.toContain('hidden');
  });

  it('say when no secret can be kept', () => {
    expect(codesOf({ ...demo, TWINPARK_DATA: fileOf('file', '') })).toEqual(['secretNotKept']);
  });

  it('say which file cannot be read, under the variable that names it', () => {
    const { TWINPARK_SESSION_SECRET: _, ...rest } = production;
    const faults = faultsOf({ ...rest, TWINPARK_SESSION_SECRET_FILE: join(folder, 'nowhere') });
    expect(faults[0]).toMatchObject({ name: 'TWINPARK_SESSION_SECRET_FILE', code: 'fileUnreadable' });
  });

  it.each(messageLanguages)('are whole sentences in %s', (language) => {
    const env = { TWINPARK_PORT: 'x', TWINPARK_MODE: 'y', TWINPARK_PARC: 'north', TWINPARK_PEER_URL: 'z' };
    for (const fault of faultsOf(env)) {
      const text = configFaultText(fault, language);
      expect(text).toContain(fault.name);
      expect(text).not.toMatch(/\{\w+\}|\[|\]|undefined/);
    }
  });
});

describe('the table of settings', () => {
  it('gives each setting a variable of its own, and every secret a file', () => {
    const variables = settingNames.map((name) => settingOf(name).variable);
    expect(new Set(variables).size).toBe(variables.length);
    const secret = settingNames.filter((name) => settingOf(name).secret);
    expect(secret).toEqual([
      'databaseUrl',
      'databaseOwnerUrl',
      'sessionSecret',
      'openIdProviders',
      'metricsToken',
    ]);
  });

  it('is what docs/operations.md says', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/operations.md'), 'utf8');
    const rows = [...page.matchAll(/^\| `(TWINPARK_\w+)` \| (.+?) \| (.+?) \|/gm)].map((row) => row.slice(1));
    expect(rows).toEqual(
      settingNames.map((name) => {
        const { variable, flag, fallback } = settingOf(name);
        return [
          variable,
          flag === undefined ? '–' : `\`--${flag}\``,
          fallback === null ? '–' : `\`${fallback}\``,
        ];
      }),
    );
  });
});

function configOf(env: Record<string, string>, given: Parameters<typeof readConfig>[1] = {}): Config {
  const read = readConfig(env, given);
  if ('faults' in read) throw new Error(JSON.stringify(read.faults));
  return read.config;
}

function faultsOf(
  env: Record<string, string>,
  given: Parameters<typeof readConfig>[1] = {},
): readonly ConfigFault[] {
  const read = readConfig(env, given);
  return 'faults' in read ? read.faults : [];
}

function codesOf(...args: Parameters<typeof faultsOf>): readonly string[] {
  return faultsOf(...args).map(({ code }) => code);
}

function fileOf(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

function provider(id: string, issuer: string) {
  return {
    id,
    name: 'Identity',
    issuer,
    clientId: 'park',
    clientSecret: 'hidden',
    assurance: 'high' as const,
  };
}
