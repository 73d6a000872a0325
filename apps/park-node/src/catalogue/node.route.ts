import { languages } from '@twinpark/contract/common.ts';
import { apiVersion, getNode, type NodeView } from '@twinpark/contract/node/get-node.ts';
import { otherPark } from '@twinpark/pack/zone.ts';
import manifest from '../../package.json' with { type: 'json' };
import type { Config } from '../config.ts';
import { dateIn } from '../platform/clock.ts';
import type { App } from '../platform/http/app.ts';
import { route } from '../platform/http/route.ts';
import type { Services } from '../services.ts';

export function registerNodeRoutes(app: App, { zone, park, config, clock }: Services): void {
  route(app, getNode, () => {
    const now = clock.now();
    return {
      zone: { id: zone.id, name: zone.name, summary: zone.summary, languages: [...zone.languages] },
      park: park.id,
      parks: [...zone.parks.values()].map((side) => ({
        id: side.id,
        name: side.name,
        shortName: side.shortName,
        mark: side.mark,
        tone: side.tone,
        timeZone: side.timeZone,
        currency: side.currency,
        languages: [...side.languages],
        today: dateIn(side.timeZone, now),
      })),
      mode: config.mode,
      languages: [...languages],
      peer: config.peerUrl === null ? null : { park: otherPark(zone, park.id).id, url: config.peerUrl },
      signIn: signInMethods(config),
      versions: { software: manifest.version, api: apiVersion },
    };
  });
}

function signInMethods({ mode, openIdProviders }: Config): NodeView['signIn'] {
  return [
    ...(mode === 'demo' ? [{ method: 'demoAccount' } as const] : []),
    { method: 'passkey' },
    ...openIdProviders.map(({ id, name }) => ({ method: 'openId', provider: id, name }) as const),
  ];
}
