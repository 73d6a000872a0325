import { relative } from 'node:path';
import { listOf, pick } from '@twinpark/pack/words/words.ts';
import { startFaultText } from '@twinpark/park-node/platform/start-fault-text.ts';
import { fill, type Messages } from '../../i18n/messages.ts';
import { columnsOf, hang, wrap } from '../../render/width.ts';
import type { Terminal } from '../../terminal.ts';
import { type RunningPark, restartBounds, type StartEvent } from './keep-parks.ts';
import type { Ending } from './park-process.ts';

/** Where people look who they can sign in as, and what they can call. */
const demoAccountsPath = '/api/demo-accounts';
const docsPath = '/api/docs';

export interface Words {
  readonly m: Messages;
  readonly terminal: Terminal;
  /** Names of the parks by id. */
  readonly names: ReadonlyMap<string, string>;
  readonly logFileOf: (park: string) => string;
  /** Folder in which the reader is. */
  readonly folder: string;
}

/** One event of a running zone as lines for a reader. */
export function eventInWords(event: StartEvent, words: Words): string[] {
  const { m, terminal } = words;
  const say = (text: string) => wrap(text, terminal.width);
  switch (event.event) {
    case 'starting': {
      const parks = event.parks.map((park) => nameOf(park, words));
      return say(fill(m.start.starting, { parks: listOf(m, parks) }));
    }
    case 'ready':
      return runningInWords(event.nodes, words);
    case 'silent': {
      const { park, url } = event.node;
      return say(
        fill(m.start.silent, { park: nameOf(park, words), address: url, file: words.logFileOf(park) }),
      );
    }
    case 'ended': {
      const parameters = {
        park: nameOf(event.park, words),
        how: howEnded(event.ending, m),
        file: words.logFileOf(event.park),
      };
      return [...say(fill(m.start.ended, parameters)), ...(event.restarts ? say(m.start.restarting) : [])];
    }
    case 'back':
      return say(fill(m.start.back, { park: nameOf(event.node.park, words), address: event.node.url }));
    case 'stopping':
      return say(m.start.stopping);
    case 'stopped':
      return say(event.killed ? m.start.killed : m.start.stopped);
    default:
      return event satisfies never;
  }
}

/** What a reader needs when the nodes are up: addresses, how to sign in, where the data lie. */
export function runningInWords(nodes: readonly RunningPark[], { m, terminal, folder }: Words): string[] {
  const { width, paint } = terminal;
  const isOne = nodes.length === 1;
  const widest = Math.max(...nodes.map(({ url }) => columnsOf(url)));
  const section = (title: string, lines: readonly string[]) => [
    '',
    paint('strong', title),
    ...lines.flatMap((line) => hang(line, width, '  ')),
  ];
  const isDemo = nodes.every(({ mode }) => mode === 'demo');
  const first = nodes[0];
  const stored = first?.store === 'server' ? fill(m.start.server, { folder: first.dataFolder }) : null;
  return [
    ...wrap(
      isOne && first ? fill(m.start.runningOne, { park: pick(first.name, m) }) : m.start.running,
      width,
    ).map((line) => paint('good', paint('strong', line))),
    '',
    ...nodes.map(({ url, name, mark }) => {
      const address = `${url}${' '.repeat(widest - columnsOf(url))}`;
      return `  ${paint('strong', fill(m.start.address, { address, park: `${mark} ${pick(name, m)}` }))}`;
    }),
    ...section(m.start.signIn, [
      isDemo ? fill(m.start.demo, { path: demoAccountsPath }) : m.start.production,
      ...nodes.flatMap(({ firstOperatorLink: link }) =>
        link === null ? [] : [fill(m.start.firstOperator, { link })],
      ),
      fill(isOne ? m.start.tryItOne : m.start.tryIt, { path: docsPath }),
    ]),
    ...section(m.start.data, [
      ...(stored === null
        ? nodes.map(({ dataFolder, mark }) => `${mark} ${shortPath(dataFolder, folder)}`)
        : []),
      stored ?? (isOne ? m.start.embeddedOne : m.start.embedded),
      ...(isOne ? [] : [fill(m.start.logs, { file: 'node.log' })]),
    ]),
    '',
    ...wrap(isOne ? m.start.stopOne : m.start.stop, width),
  ];
}

/** Why a park could not be started, or why all were given up. */
export function faultInWords(park: string, fault: NonNullable<Ending['fault']>, words: Words): string {
  const text = startFaultText(fault, words.m.language);
  return fill(words.m.start.faultOf, { park: nameOf(park, words), fault: text });
}

export function givenUpInWords({ m }: Words): string {
  return fill(m.start.givenUp, {
    count: String(restartBounds.count + 1),
    minutes: String(restartBounds.withinMinutes),
  });
}

function howEnded({ code, signal }: Ending, m: Messages): string {
  return signal
    ? fill(m.start.endedBySignal, { signal })
    : fill(m.start.endedWithCode, { code: String(code ?? '') });
}

function nameOf(park: string, { names }: Words): string {
  return names.get(park) ?? park;
}

/** As short as a reader in this folder would write it. */
function shortPath(path: string, folder: string): string {
  const near = relative(folder, path);
  return near.startsWith('..') || near === '' ? path : near;
}
