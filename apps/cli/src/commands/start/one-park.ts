import { join } from 'node:path';
import { pick } from '@twinpark/pack/words/words.ts';
import type { Park, Zone } from '@twinpark/pack/zone.ts';
import { settingOf } from '@twinpark/park-node/config/settings.ts';
import { readConfig } from '@twinpark/park-node/config.ts';
import { StartFault } from '@twinpark/park-node/platform/start-fault.ts';
import { startFaultText } from '@twinpark/park-node/platform/start-fault-text.ts';
import { wrongUsage } from '../../faults.ts';
import { done, type Outcome } from '../../outcome.ts';
import { wrap } from '../../render/width.ts';
import { type Input, optionValue, type Session } from '../command.ts';
import type { Folder } from '../open-zone.ts';
import { usageFaults } from './config-faults.ts';
import { eventInWords, runningInWords, type Words } from './start-in-words.ts';

/** One park's node in this process, as it runs in production; its log goes to the output, words go beside it. */
export async function startOnePark(
  { zone, folder }: { readonly zone: Zone; readonly folder: Folder },
  park: Park,
  input: Input,
  session: Session,
): Promise<Outcome> {
  const { m, terminal, env } = session;
  const data = optionValue(input, 'data') ?? env[settingOf('dataFolder').variable];
  const card = optionValue(input, 'peer-card');
  const read = readConfig(env, {
    park: park.id,
    zoneFolder: folder.path,
    dataFolder: data ? session.resolve(data) : join(session.home, '.twinpark', 'data', zone.id, park.id),
    ...given(input),
    ...(card === undefined ? {} : { peerCard: session.resolve(card) }),
  });
  if ('faults' in read) return wrongUsage('start', usageFaults(read.faults, m), m);
  const { config } = read;
  const words: Words = {
    m,
    terminal,
    names: new Map([[park.id, pick(park.name, m)]]),
    logFileOf: () => '',
    folder: session.resolve('.'),
  };
  const asJson = input.flags.has('json');
  const { runNode } = await import('@twinpark/park-node/run-node.ts');
  const { onStop } = session;
  try {
    const { killed } = await runNode(config, {
      zone,
      onStop,
      onReady: (node) => {
        const nodes = [{ ...node, pid: process.pid }];
        if (asJson) session.say(`${JSON.stringify({ event: 'ready', nodes })}\n`);
        else session.say(`${runningInWords(nodes, words).join('\n')}\n`, 'err');
      },
    });
    const event = { event: 'stopped', killed } as const;
    if (asJson) session.say(`${JSON.stringify(event)}\n`);
    else session.say(`${eventInWords(event, words).join('\n')}\n`, 'err');
    return done('');
  } catch (error) {
    if (!(error instanceof StartFault)) throw error;
    const text = startFaultText(error, m.language);
    if (asJson) session.say(`${JSON.stringify({ event: 'failed', park: park.id, text })}\n`);
    return { code: 2, out: '', err: `${wrap(text, terminal.width).join('\n')}\n` };
  }
}

function given(input: Input): Readonly<Record<string, string>> {
  const options = {
    host: 'host',
    port: 'port',
    mode: 'mode',
    databaseUrl: 'database-url',
    publicUrl: 'public-url',
    peerUrl: 'peer',
  } as const;
  const entries = Object.entries(options).map(([setting, option]) => [setting, optionValue(input, option)]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
