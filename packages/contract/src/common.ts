import { z } from 'zod';

export const languages = ['zh-Hans', 'zh-Hant', 'en'] as const;
export type Language = (typeof languages)[number];
export const languageSchema = z.enum(languages);

/** A text of the zone pack, in each of its languages. */
export const textSchema = z.record(z.string(), z.string()).meta({ id: 'Text' });

export const idSchema = z.uuid();
export const dateSchema = z.iso.date();
export const instantSchema = z.iso.datetime();

/** SHA-256 in lower-case hexadecimal digits. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** A fact's value as an answer gives it. */
export const factValueSchema = z
  .union([z.string().max(10_000), z.number(), z.boolean(), z.array(z.string().max(1_000)).max(1_000)])
  .meta({ id: 'FactValue' });
export const factsSchema = z.record(z.string().max(200), factValueSchema).meta({ id: 'Facts' });

/** Where a rule stands, as the zone pack cites it. */
export const citationSchema = z
  .object({
    instrument: z.string().nullable(),
    clause: z.string().nullable(),
    date: z.string().nullable(),
    seen: z.array(z.string()),
    status: z.enum(['verified', 'unverified', 'illustrative', 'superseded']),
    note: textSchema.optional(),
  })
  .meta({ id: 'Citation' });

/** Asks for one page of a list; the cursor is what the page before answered. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(1_000).optional(),
};

/** A page of a list: rows that come or go meanwhile neither repeat nor hide one. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    /** Null on the last page. */
    nextCursor: z.string().nullable(),
  });
}
