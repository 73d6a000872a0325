import { getParkCard } from '@twinpark/contract/node/park-card.ts';
import type { App } from '../platform/http/app.ts';
import { route } from '../platform/http/route.ts';
import type { Services } from '../services.ts';

export function registerParkCardRoutes(app: App, { parkCard }: Services): void {
  route(app, getParkCard, () => parkCard);
}
