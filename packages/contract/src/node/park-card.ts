import { z } from 'zod';
import { instantSchema, textSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';

/** What a park signs: documents, messages to the other park, its own log, and the other park's log as its witness. */
export const keyUses = ['documents', 'gateway', 'log', 'witness'] as const;
export type KeyUse = (typeof keyUses)[number];

const parkKeySchema = z
  .object({
    use: z.enum(keyUses),
    name: z.string().max(400).describe('`twinpark/ZONE/PARK/USE`, by which logs name the key'),
    kid: z
      .string()
      .regex(/^[A-Za-z0-9_-]{43}$/)
      .describe('Thumbprint of the key (RFC 7638), by which signatures name it'),
    x: z
      .string()
      .regex(/^[A-Za-z0-9_-]{43}$/)
      .describe('The public key: `x` of its JWK (RFC 8037)'),
    from: instantSchema.describe('Since when it counts'),
    until: instantSchema.nullable().describe('Until when it counted; null while it does'),
  })
  .meta({ id: 'ParkKey' });
export type ParkKey = z.infer<typeof parkKeySchema>;

/** The public half of a park's keys. */
export const parkCardSchema = z
  .object({
    format: z.literal('twinpark-park-card/1'),
    zone: z.string().max(100),
    park: z.string().max(100),
    name: textSchema.describe('Name of the park'),
    address: z.string().max(500).nullable().describe('Where its node is'),
    keys: z.array(parkKeySchema).max(1_000),
  })
  .meta({ id: 'ParkCard' });
export type ParkCard = z.infer<typeof parkCardSchema>;

export const getParkCard = endpoint({
  id: 'getParkCard',
  method: 'GET',
  path: '/.well-known/twinpark/card.json',
  tag: 'Node',
  summary: 'The park’s card: its public keys by what they are for',
  description:
    'Whoever relies on a card compares its keys with the park’s operator by other means than this one: who can change this answer could give other keys.',
  access: 'public',
  success: { status: 200, body: parkCardSchema },
  effect: false,
  problems: [],
});
