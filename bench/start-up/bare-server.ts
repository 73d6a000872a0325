import Fastify from 'fastify';
import pg from 'pg';

/** The least that a server with a database can be: one route, one query. */
const [port = '', url = ''] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url });
const server = Fastify();
server.get('/health/ready', async () => {
  await pool.query('select 1');
  return { status: 'ready' };
});
await server.listen({ port: Number(port), host: '127.0.0.1' });
