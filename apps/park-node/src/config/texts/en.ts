import type { SettingName } from '../settings.ts';

/** The words around the settings of a node, in English. Parts in brackets are left out where a parameter is empty. */
export const en = {
  about: {
    park: 'Park that this node serves, by its id in the zone pack. Required.',
    zoneFolder: 'Folder of the zone pack. Required.',
    dataFolder: 'Folder of the embedded database, of evidence and of keys. Required.',
    mode: 'demo: demo accounts may sign in and every page says so. production: passkeys and OpenID Connect.',
    databaseUrl:
      'Address of a PostgreSQL server, version 15 or newer. Without it: the embedded database in the data folder.',
    databaseOwnerUrl:
      'Address with the rights of the owner of the tables, for migrations alone. Without it: the same address.',
    host: 'Network address on which the node listens.',
    port: 'TCP port on which the node listens.',
    publicUrl:
      'Address under which browsers and QR codes reach the node; required in production. Without it: http://localhost with the port.',
    peerUrl: 'Address of the other park’s node. Without it the node stands alone.',
    peerCard:
      'File with the card of the other park, its public keys; required in production with the address of the other park’s node.',
    trustProxy: 'Number of reverse proxies in front of the node whose word on the caller’s address counts.',
    sessionSecret:
      'Protects sessions; at least 32 random characters, the same for all nodes of a park; required in production. In demo mode it is made in the data folder at the first start.',
    openIdProviders:
      'Identity providers as a JSON list of objects with id, name, issuer, clientId, clientSecret and assurance (low, substantial or high). Without it: passkeys alone.',
    largestEvidenceBytes: 'Largest file that can be handed in as evidence.',
    requestsPerMinute: 'Requests that one caller may send in a minute.',
    messagesKeptDays:
      'How long the content of a message between the parks is kept once it has done its work. Its type, its time and its digest stay.',
    metricsToken: 'Bearer token that the metrics ask for. Without it only this machine may read them.',
    logLevel: 'silent, error, warn, info or debug.',
  } satisfies Record<SettingName, string>,
  units: { bytes: 'bytes', characters: 'characters', requests: 'requests', proxies: 'proxies', days: 'days' },
  faults: {
    line: '{name}: {reason} {remedy}',
    missing: { reason: 'Nothing is given.', remedy: 'Set it: {about}' },
    badNumber: {
      reason: '“{value}” is not a whole number from {least} to {most}.',
      remedy: 'Give such a number[, in {unit}].',
    },
    badChoice: { reason: '“{value}” is not one of {choices}.', remedy: 'Give one of these.' },
    badUrl: {
      reason: '“{value}” is not an address that begins with {schemes}.',
      remedy: 'Give a whole address, such as {example}.',
    },
    urlWithPath: {
      reason: '“{value}” goes on after the host and port.',
      remedy: 'Leave out path, query and name: {example}',
    },
    badDatabaseUrl: {
      reason: 'This is not the address of a PostgreSQL server.',
      remedy: 'Write it like postgres://user:password@host:5432/database.',
    },
    tooShort: {
      reason: 'It has {length} characters, and {least} are needed.',
      remedy: 'Make a longer one, for example with: openssl rand -base64 48',
    },
    fileUnreadable: {
      reason: 'The file “{file}” cannot be read ({reason}).',
      remedy: 'Check the path and that the node’s user may read it.',
    },
    givenTwice: {
      reason: 'It is given both itself and as a file.',
      remedy: 'Leave one of {names} out.',
    },
    providersMalformed: {
      reason: 'The list is not as it must be at {place}.',
      remedy: 'Correct it: {about}',
    },
    providerTwice: {
      reason: 'Two identity providers have the id “{value}”.',
      remedy: 'Give each an id of its own.',
    },
    insecureUrl: {
      reason: 'In production “{value}” would carry sessions over the network unprotected.',
      remedy: 'Give an https address. Plain http is for this machine alone.',
    },
    noSignIn: {
      reason:
        'Nobody could sign in: passkeys need a host name, “{value}” is a number, and there is no identity provider.',
      remedy: 'Give a public address with a host name, or set {other}.',
    },
    demoInProduction: {
      reason: 'The demo was asked for, but the mode is production.',
      remedy: 'Leave out one of the two; production has no demo accounts.',
    },
    secretNotKept: {
      reason: 'No secret is given, and none can be kept in “{file}” ({reason}).',
      remedy: 'Give a secret, or a data folder that the node’s user may write.',
    },
    unknownVariable: {
      reason: 'There is no such variable.[ Did you mean {suggestion}?]',
      remedy: 'Correct its name or remove it.',
    },
  },
} as const;

type Words<Part> = {
  readonly [Key in keyof Part]: Part[Key] extends string ? string : Words<Part[Key]>;
};

/** What every language must say. */
export type ConfigWords = Words<typeof en>;
