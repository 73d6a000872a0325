import type { ServiceSummary } from '@twinpark/contract/catalogue/services.ts';
import type { Zone } from '@twinpark/pack/zone.ts';
import { foldText } from '../case/search-words.ts';
import { presentServiceSummary } from './present-service.ts';

/** A service as the catalogue lists it, with the words by which it is found. */
export interface ListedService {
  readonly summary: ServiceSummary;
  readonly words: string;
}

export interface ServiceFilter {
  readonly q?: string | undefined;
  readonly park?: string | undefined;
  readonly flow?: string | undefined;
  readonly authority?: string | undefined;
}

/** The services of a zone in the order of its pack. */
export function catalogueOf(zone: Zone): readonly ListedService[] {
  return [...zone.services.values()].flatMap((service) => {
    const listing = zone.listings.get(service.id);
    if (!listing) return [];
    const summary = presentServiceSummary(zone, service, listing);
    const texts = [service.name, listing.summary, summary.authority.name, service.output.name];
    const words = wordsOf(texts.flatMap((text) => Object.values(text)).join('\n'));
    return [{ summary, words: words.map((word) => ` ${word}`).join('') }];
  });
}

/** Services that a filter lets through: all words of `q` must be there, whatever the script, the last letters may lack. */
export function findServices(
  catalogue: readonly ListedService[],
  { q = '', park, flow, authority }: ServiceFilter,
): readonly ListedService[] {
  const wanted = wordsOf(q).map((word) => (/\p{Script=Han}/u.test(word) ? word : ` ${word}`));
  // Something was asked for, and nothing of it can be searched for.
  if (q.trim() !== '' && wanted.length === 0) return [];
  return catalogue.filter(
    ({ summary, words }) =>
      (park === undefined || summary.park === park) &&
      (flow === undefined || summary.flow === flow) &&
      (authority === undefined || summary.authority.id === authority) &&
      wanted.every((word) => words.includes(word)),
  );
}

/** Words of Latin and other letters, and runs of Chinese. */
function wordsOf(text: string): readonly string[] {
  return foldText(text).match(/\p{Script=Han}+|[[\p{L}\p{N}]--\p{Script=Han}]+/gv) ?? [];
}
