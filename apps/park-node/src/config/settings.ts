/**
 * Everything an operator can set, by the name it has in `Config`. A flag outweighs its variable; an empty value counts
 * as none. Described in docs/operations.md, which a test holds against this table.
 */
export const settings = {
  park: { variable: 'TWINPARK_PARK', flag: 'park', fallback: null },
  zoneFolder: { variable: 'TWINPARK_ZONE', flag: 'zone', fallback: null },
  dataFolder: { variable: 'TWINPARK_DATA', flag: 'data', fallback: null },
  mode: { variable: 'TWINPARK_MODE', flag: 'mode', fallback: 'production' },
  databaseUrl: { variable: 'TWINPARK_DATABASE_URL', flag: 'database-url', fallback: null, secret: true },
  databaseOwnerUrl: { variable: 'TWINPARK_DATABASE_OWNER_URL', fallback: null, secret: true },
  host: { variable: 'TWINPARK_HOST', flag: 'host', fallback: '127.0.0.1' },
  port: { variable: 'TWINPARK_PORT', flag: 'port', fallback: '7801', least: 1, most: 65_535 },
  publicUrl: { variable: 'TWINPARK_PUBLIC_URL', flag: 'public-url', fallback: null },
  peerUrl: { variable: 'TWINPARK_PEER_URL', flag: 'peer', fallback: null },
  peerCard: { variable: 'TWINPARK_PEER_CARD', flag: 'peer-card', fallback: null },
  trustProxy: { variable: 'TWINPARK_TRUST_PROXY', fallback: '0', unit: 'proxies', least: 0, most: 10 },
  sessionSecret: { variable: 'TWINPARK_SESSION_SECRET', fallback: null, unit: 'characters', secret: true },
  openIdProviders: { variable: 'TWINPARK_OPENID_PROVIDERS', fallback: null, secret: true },
  largestEvidenceBytes: {
    variable: 'TWINPARK_LARGEST_EVIDENCE_BYTES',
    fallback: '104857600',
    unit: 'bytes',
    least: 1_048_576,
    most: 10_737_418_240,
  },
  requestsPerMinute: {
    variable: 'TWINPARK_REQUESTS_PER_MINUTE',
    fallback: '600',
    unit: 'requests',
    least: 1,
    most: 1_000_000,
  },
  messagesKeptDays: {
    variable: 'TWINPARK_MESSAGES_KEPT_DAYS',
    fallback: '400',
    unit: 'days',
    least: 30,
    most: 36_500,
  },
  metricsToken: { variable: 'TWINPARK_METRICS_TOKEN', fallback: null, unit: 'characters', secret: true },
  logLevel: { variable: 'TWINPARK_LOG_LEVEL', fallback: 'info' },
} as const satisfies Record<string, Setting>;

export interface Setting {
  readonly variable: `TWINPARK_${string}`;
  /** Option of `twinpark start` with the same meaning. */
  readonly flag?: string;
  /** What counts where nothing is given. */
  readonly fallback: string | null;
  readonly unit?: 'bytes' | 'characters' | 'requests' | 'proxies' | 'days';
  /** Bounds of a number, both included. */
  readonly least?: number;
  readonly most?: number;
  /** A secret may stand in a file, which the variable with `_FILE` behind its name then names. */
  readonly secret?: true;
}

export type SettingName = keyof typeof settings;

export const settingNames = Object.keys(settings) as readonly SettingName[];

export function settingOf(name: SettingName): Setting {
  return settings[name];
}

/** Variables with our prefix that mean something elsewhere than in a node. */
export const variablesOfOthers: readonly string[] = ['TWINPARK_DEBUG', 'TWINPARK_TEST_POSTGRES_URL'];
