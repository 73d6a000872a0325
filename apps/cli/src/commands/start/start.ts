import { readPackFolder } from '@twinpark/pack/disk.ts';
import { nearest } from '@twinpark/pack/nearest.ts';
import { peekZone, type ZoneHead } from '@twinpark/pack/peek.ts';
import { listOf } from '@twinpark/pack/words/words.ts';
import { getPark, type Zone } from '@twinpark/pack/zone.ts';
import { aboutSetting, unitOfSetting } from '@twinpark/park-node/config/config-fault.ts';
import { type SettingName, settingNames, settingOf } from '@twinpark/park-node/config/settings.ts';
import type { OptionName } from '../../arguments/options.ts';
import { faultOf } from '../../dispatch.ts';
import { fill, type Messages } from '../../i18n/messages.ts';
import type { Fault, Outcome } from '../../outcome.ts';
import { type Command, type HelpSection, type Input, optionValue, type Session } from '../command.ts';
import { openZone, zoneFolder } from '../open-zone.ts';
import { startBothParks } from './both-parks.ts';
import { startOnePark } from './one-park.ts';

/** Starts the zone: both parks side by side for a look at it, or one park's node as it runs in production. */
export const start: Command = {
  words: ['start'],
  summary: (m) => m.commands.start,
  operands: [],
  options: [
    { name: 'zone', about: (m) => m.options.zone },
    { name: 'data', about: (m) => m.options.startData },
    { name: 'port', about: (m) => m.options.startPort },
    { name: 'host', about: (m) => aboutSetting('host', m.language) },
    { name: 'park', about: (m) => m.options.startPark },
    { name: 'mode', about: (m) => aboutSetting('mode', m.language) },
    { name: 'database-url', about: (m) => aboutSetting('databaseUrl', m.language) },
    { name: 'public-url', about: (m) => aboutSetting('publicUrl', m.language) },
    { name: 'peer', about: (m) => aboutSetting('peerUrl', m.language) },
    { name: 'peer-card', about: (m) => aboutSetting('peerCard', m.language) },
    { name: 'json', about: (m) => m.options.startJson },
  ],
  examples: [
    'twinpark start',
    'twinpark start --port 9000 --data data',
    'twinpark start --park NAME --database-url postgres://user:password@host/database --public-url https://park.example.org',
  ],
  sections: (m) => [variablesSection(m)],
  judge,
  run,
};

async function run(input: Input, session: Session): Promise<Outcome> {
  const park = parkOf(input, session);
  if (park === undefined) return await runBothParks(input, session);
  const opened = await openZone(start, input, session);
  if ('outcome' in opened) return opened.outcome;
  return await startOnePark(opened, getPark(opened.zone, park), input, session);
}

/** The nodes read and check the whole pack themselves, at the same time; what is wrong with it is told afterwards. */
async function runBothParks(input: Input, session: Session): Promise<Outcome> {
  const faults = [...input.faults, ...judge(input, session, null)];
  const folder = await zoneFolder(optionValue(input, 'zone'), session);
  const zone = folder && peekZone(await readPackFolder(folder.path));
  if (zone && faults.length === 0) {
    const outcome = await startBothParks({ zone, folder }, input, session);
    if (outcome !== 'zoneBroken') return outcome;
  }
  const opened = await openZone(start, input, session);
  if ('outcome' in opened) return opened.outcome;
  const outcome = await startBothParks({ zone: headOf(opened.zone), folder: opened.folder }, input, session);
  if (outcome === 'zoneBroken') throw new Error('The zone is sound here and broken there');
  return outcome;
}

function headOf({ id, parks }: Zone): ZoneHead {
  return { id, parks: [...parks.values()] };
}

/** The one park that is meant; undefined for both. */
function parkOf(input: Input, { env }: Session): string | undefined {
  return optionValue(input, 'park') ?? (env[settingOf('park').variable] || undefined);
}

/** What only the node of a single park can be told. */
const ofOnePark: readonly (readonly [OptionName | null, SettingName])[] = [
  ['mode', 'mode'],
  ['database-url', 'databaseUrl'],
  [null, 'databaseOwnerUrl'],
  ['public-url', 'publicUrl'],
  ['peer', 'peerUrl'],
  ['peer-card', 'peerCard'],
];

function judge(input: Input, session: Session, zone: Zone | null): readonly Fault[] {
  const { m, env } = session;
  const park = parkOf(input, session);
  if (park !== undefined) {
    if (zone === null || zone.parks.has(park)) return [];
    const known = [...zone.parks.keys()];
    const suggestion = nearest(park, known);
    const reason = fill(m.faults.unknownPark, { value: park, suggestion, known: listOf(m, known) });
    return [{ ...faultOf('park', reason), example: `--park ${suggestion || known[0]}` }];
  }
  return ofOnePark.flatMap(([option, setting]): readonly Fault[] => {
    const { variable } = settingOf(setting);
    if (option !== null && optionValue(input, option) !== undefined) {
      return [{ ...faultOf(option, m.startFaults.onlyOnePark), example: '--park NAME' }];
    }
    const set = [variable, `${variable}_FILE`].filter((name) => env[name]);
    return set.map((name) => ({
      argument: name,
      reason: m.startFaults.onlyOnePark,
      example: 'twinpark start --park NAME',
    }));
  });
}

function variablesSection(m: Messages): HelpSection {
  const rows = settingNames.map((name) => {
    const { variable, fallback } = settingOf(name);
    const about = aboutSetting(name, m.language);
    const unit = unitOfSetting(name, m.language) ?? '';
    return [variable, fill(m.start.variable, { about, unit, fallback: fallback ?? '' })] as const;
  });
  return { title: m.start.variables, rows: [...rows, ['…_FILE', m.start.secretFile]] };
}
