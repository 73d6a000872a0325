import type { Words } from '../en.ts';

/** The words of `twinpark keys make` in English. */
export const en = {
  keysMake: {
    made: { one: 'One key was made.', other: '{count} keys were made.' },
    nothingMissing: 'No key is missing; nothing was made.',
    uses: {
      documents: 'what the park issues',
      gateway: 'messages to the other park',
      log: 'the park’s own log',
      witness: 'the other park’s log',
    },
    fresh: ' (new)',
    fingerprint: 'Fingerprint: {fingerprint}',
    file: 'File: {file}',
    restart: 'A node that is running goes on with the keys it has; it takes these at its next start.',
    card: 'The public half stands on the park’s card, which the node writes at its start: {file}. Send it to the operator of the other park, and compare the fingerprints by other means, such as by telephone.',
    backup: 'Back the key files up where the most important secrets are kept.',
    unknownUse: 'There are no keys for “{value}”.[ Did you mean “{suggestion}”?] There are: {known}.',
    madeThisSecond: 'A key for this use was made within this very second. Try again.',
  },
} as const;

export type KeysWords = Words<typeof en>;
