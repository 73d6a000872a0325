import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import openApi from '@twinpark/contract/openapi.json' with { type: 'json' };
import type { App } from './app.ts';

/** The contract of the node: for programs, and as a page on which people try it with their own session. */
export function registerDocs({ fastify }: App): void {
  fastify.get('/api/openapi.json', (_request, reply) =>
    reply.header('Cache-Control', 'public, max-age=300').send(openApi),
  );
  fastify.register(swagger, { mode: 'static', specification: { document: openApi as never } });
  fastify.register(swaggerUi, { routePrefix: '/api/docs', uiConfig: { deepLinking: true } });
}
