import { getService, listServices } from '@twinpark/contract/catalogue/services.ts';
import type { App } from '../platform/http/app.ts';
import { problem } from '../platform/http/problem.ts';
import { route } from '../platform/http/route.ts';
import type { Services } from '../services.ts';
import { catalogueOf, findServices } from './find-services.ts';
import { pageOf } from './page.ts';
import { presentService } from './present-service.ts';

/** The law of both parks is public, and lies in memory. */
export function registerServiceRoutes(app: App, { zone }: Services): void {
  const catalogue = catalogueOf(zone);

  route(app, listServices, ({ query: { limit, cursor, ...filter } }) => {
    const found = findServices(catalogue, filter).map(({ summary }) => summary);
    return pageOf(JSON.stringify(['services', filter]), found, { limit, cursor });
  });

  route(app, getService, ({ params }) => {
    const service = zone.services.get(params.service);
    const listing = zone.listings.get(params.service);
    return service && listing ? presentService(zone, service, listing) : problem('notFound');
  });
}
