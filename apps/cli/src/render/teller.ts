import { type Names, namesOf } from '@twinpark/pack/words/names.ts';
import type { Zone } from '@twinpark/pack/zone.ts';
import type { Telling } from '../commands/dossier/telling.ts';
import type { Messages } from '../i18n/messages.ts';
import { type SidesOn, sidesOf } from './one-sided-days.ts';

/** What is told, of which zone, and in whose words. */
export interface Teller {
  readonly telling: Telling;
  readonly zone: Zone;
  readonly names: Names;
  readonly sidesOn: SidesOn;
  readonly m: Messages;
}

export function tellerOf(telling: Telling, zone: Zone, m: Messages): Teller {
  return { telling, zone, m, names: namesOf(zone, m), sidesOn: sidesOf(zone) };
}
