import { isDeepStrictEqual } from 'node:util';
import type { Endpoint } from '@twinpark/contract/endpoint.ts';
import type { FastifyReply } from 'fastify';
import type { RawAnswer } from './route.ts';

/** An answer that its endpoint does not describe: a mistake of the node. */
export class AnswerMisfit extends Error {
  override readonly name = 'AnswerMisfit';
}

/**
 * Sends what a handler answered. `check` holds JSON against the endpoint's schema and throws where a field is missing,
 * of another form, or not declared; it is for tests and development, because it costs more than the answer itself.
 */
export function sendAnswer(
  reply: FastifyReply,
  endpoint: Endpoint,
  answer: unknown,
  check: boolean,
): FastifyReply {
  const { status, body } = endpoint.success;
  if (endpoint.mediaType !== undefined) {
    const { status: own = status, headers, stream } = answer as RawAnswer;
    return reply.status(own).type(endpoint.mediaType).headers(headers).send(stream);
  }
  if (body === null) return reply.status(status).send();
  if (check) checkAnswer(endpoint, answer);
  return reply.status(status).send(answer);
}

function checkAnswer({ id, success }: Endpoint, answer: unknown): void {
  const sent: unknown = JSON.parse(JSON.stringify(answer));
  const result = success.body?.safeParse(sent);
  if (result && !result.success)
    throw new AnswerMisfit(`${id} answers what it does not say: ${result.error.message}`);
  if (result && !isDeepStrictEqual(result.data, sent)) {
    throw new AnswerMisfit(`${id} answers fields that it does not declare: ${undeclared(sent, result.data)}`);
  }
}

/** Paths of what is in the one value and not in the other. */
function undeclared(sent: unknown, declared: unknown, path = ''): string {
  if (isDeepStrictEqual(sent, declared)) return '';
  if (typeof sent !== 'object' || sent === null || typeof declared !== 'object' || declared === null)
    return path;
  return Object.entries(sent)
    .map(([key, value]) => undeclared(value, Reflect.get(declared, key), `${path}/${key}`))
    .filter((found) => found !== '')
    .join(', ');
}
