import { wholeBodyMediaTypes } from '@twinpark/contract/endpoint.ts';
import type { FastifyInstance } from 'fastify';

/** The largest JSON body. Unit: bytes. Files come in parts, each of which its own endpoint bounds. */
export const largestJsonBytes = 1_048_576;

/** Why a body cannot be read as what it claims to be. */
export class MalformedJson extends Error {
  override readonly name = 'MalformedJson';
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** JSON is parsed, raw bytes are handed on as a stream or, where they are signed, as they are; the rest is refused. */
export function addBodyParsers(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, bytes, done) => {
    try {
      // Nothing for an empty body: many clients name a media type even when they send nothing.
      done(null, bytes.length === 0 ? undefined : parseJson(bytes as Buffer));
    } catch {
      done(new MalformedJson());
    }
  });
  fastify.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload));
  fastify.addContentTypeParser([...wholeBodyMediaTypes], { parseAs: 'buffer' }, (_request, bytes, done) =>
    done(null, bytes),
  );
}

/** Throws: for what is not UTF-8 or not JSON. */
export function parseJson(bytes: Uint8Array): unknown {
  return JSON.parse(utf8.decode(bytes));
}
