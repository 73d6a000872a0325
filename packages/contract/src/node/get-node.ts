import { z } from 'zod';
import { dateSchema, languageSchema, textSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';

/** Counts the incompatible changes of this interface. */
export const apiVersion = 1;

const parkSchema = z
  .object({
    id: z.string(),
    name: textSchema,
    shortName: textSchema,
    mark: z.string().describe('One character that stands for this side on screens'),
    tone: z.enum(['tide', 'sail']),
    timeZone: z.string(),
    currency: z.string(),
    languages: z.array(z.string()).describe('Languages in which its authorities act, the main one first'),
    today: dateSchema.describe('Calendar date there'),
  })
  .meta({ id: 'Park' });

export const nodeSchema = z
  .object({
    zone: z.object({ id: z.string(), name: textSchema, summary: textSchema, languages: z.array(z.string()) }),
    park: z.string().describe('Id of the park that this node serves'),
    parks: z.array(parkSchema),
    mode: z.enum(['demo', 'production']).describe('In `demo` everything is made up, and every page says so'),
    languages: z.array(languageSchema).describe('Languages in which the node itself speaks'),
    peer: z.object({ park: z.string(), url: z.string() }).nullable().describe('The other park’s node'),
    signIn: z.array(
      z.discriminatedUnion('method', [
        z.object({ method: z.literal('demoAccount') }),
        z.object({ method: z.literal('passkey') }),
        z.object({ method: z.literal('openId'), provider: z.string(), name: z.string() }),
      ]),
    ),
    versions: z.object({ software: z.string(), api: z.int() }),
  })
  .meta({ id: 'Node' });
export type NodeView = z.infer<typeof nodeSchema>;

export const getNode = endpoint({
  id: 'getNode',
  method: 'GET',
  path: '/api/node',
  tag: 'Node',
  summary: 'Which park of which zone answers here, and how to sign in',
  access: 'public',
  success: { status: 200, body: nodeSchema },
  effect: false,
  problems: [],
});
