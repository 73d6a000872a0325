import { createServer } from 'node:net';
import { join } from 'node:path';
import type { ZoneHead } from '@twinpark/pack/peek.ts';
import { pick } from '@twinpark/pack/words/words.ts';
import { settingOf } from '@twinpark/park-node/config/settings.ts';
import { readConfig } from '@twinpark/park-node/config.ts';
import { parkCardFile } from '@twinpark/park-node/platform/keys/park-card.ts';
import { readCount } from '../../arguments/values.ts';
import { faultOf } from '../../dispatch.ts';
import { wrongUsage } from '../../faults.ts';
import { fill } from '../../i18n/messages.ts';
import { done, type Fault, type Outcome } from '../../outcome.ts';
import { wrap } from '../../render/width.ts';
import { type Input, optionValue, type Session } from '../command.ts';
import type { Folder } from '../open-zone.ts';
import { usageFaults } from './config-faults.ts';
import { keepParks, type StartEvent } from './keep-parks.ts';
import type { ParkPlan } from './park-process.ts';
import { eventInWords, faultInWords, givenUpInWords, type Words } from './start-in-words.ts';

const usualPort = 7801;

/**
 * Both parks of a zone on this machine, for a demo: two processes, two databases, one terminal. That the zone pack is
 * broken is for the caller to tell, who can show where.
 */
export async function startBothParks(
  { zone, folder }: { readonly zone: ZoneHead; readonly folder: Folder },
  input: Input,
  session: Session,
): Promise<Outcome | 'zoneBroken'> {
  const { m, terminal } = session;
  const { parks } = zone;
  const written = optionValue(input, 'port') ?? String(usualPort);
  const port = readCount('--port', written, { least: 1, most: 65_536 - parks.length }, m);
  if ('fault' in port) return wrongUsage('start', [{ ...port.fault, example: '--port 7801' }], m);
  const host = optionValue(input, 'host') ?? '127.0.0.1';
  const ports = new Map(parks.map(({ id }, index) => [id, port.value + index]));
  const taken = await takenPorts(ports, host, zone, session);
  if (taken.length > 0) return wrongUsage('start', taken, m);

  const data = optionValue(input, 'data');
  const dataFolder = join(
    data === undefined ? join(session.home, '.twinpark', 'data') : session.resolve(data),
    zone.id,
  );
  const plans = parks.map(({ id }) => planOf(id, { ports, host, dataFolder, folder, session }));
  const unusable = plans.flatMap(({ env }) => {
    const read = readConfig(env);
    return 'faults' in read ? read.faults : [];
  });
  if (unusable.length > 0) return wrongUsage('start', usageFaults(unusable, m), m);
  const words: Words = {
    m,
    terminal,
    names: new Map(parks.map(({ id, name }) => [id, pick(name, m)])),
    logFileOf: (park) => plans.find((plan) => plan.park === park)?.logFile ?? '',
    folder: session.resolve('.'),
  };
  const asJson = input.flags.has('json');
  const tell = (event: StartEvent) =>
    session.say(asJson ? `${JSON.stringify(event)}\n` : `${eventInWords(event, words).join('\n')}\n`);
  const end = await keepParks(plans, session, tell);
  if (end.kind === 'stopped') return done('');
  if (end.kind === 'fault' && end.fault.code === 'zoneBroken') return 'zoneBroken';
  const text = end.kind === 'fault' ? faultInWords(end.park, end.fault, words) : givenUpInWords(words);
  if (asJson) session.say(`${JSON.stringify({ event: 'failed', ...end, text })}\n`);
  const err = `${wrap(text, terminal.width).join('\n')}\n`;
  return { code: end.kind === 'fault' ? 2 : 1, out: '', err };
}

interface Plans {
  readonly ports: ReadonlyMap<string, number>;
  readonly host: string;
  readonly dataFolder: string;
  readonly folder: Folder;
  readonly session: Session;
}

function planOf(park: string, { ports, host, dataFolder, folder, session }: Plans): ParkPlan {
  const url = (id: string) => `http://localhost:${ports.get(id)}`;
  const peer = [...ports.keys()].find((id) => id !== park);
  const inherited = Object.entries(session.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const env = {
    NODE_COMPILE_CACHE: join(session.home, '.twinpark', 'compiled'),
    ...Object.fromEntries(inherited),
    [settingOf('park').variable]: park,
    [settingOf('zoneFolder').variable]: folder.path,
    [settingOf('dataFolder').variable]: join(dataFolder, park),
    [settingOf('mode').variable]: 'demo',
    [settingOf('host').variable]: host,
    [settingOf('port').variable]: String(ports.get(park)),
    [settingOf('publicUrl').variable]: url(park),
    ...(peer === undefined
      ? {}
      : {
          [settingOf('peerUrl').variable]: url(peer),
          // The other node writes it when it starts.
          [settingOf('peerCard').variable]: parkCardFile(join(dataFolder, peer)),
        }),
  };
  return { park, env, logFile: join(dataFolder, park, 'node.log') };
}

/** Ports that something else listens on, all at once, before anything is started. */
async function takenPorts(
  ports: ReadonlyMap<string, number>,
  host: string,
  zone: ZoneHead,
  { m }: Session,
): Promise<readonly Fault[]> {
  const checked = await Promise.all(
    [...ports].map(async ([park, port]) => ({ park, port, free: await isFree(port, host) })),
  );
  return checked
    .filter(({ free }) => !free)
    .map(({ park, port }) => {
      const name = pick(zone.parks.find(({ id }) => id === park)?.name ?? {}, m);
      const reason = fill(m.startFaults.portInUse, { port: String(port), park: name });
      return { ...faultOf('port', reason), example: '--port 9000' };
    });
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    // Any other fault of listening is told by the node itself, which knows the reason.
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'EADDRINUSE'));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
