// Style sheets and scripts, from this machine only: templates/assets, and htmx as npm installed it.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Serves `/assets/`; browsers keep a file for an hour and then ask whether it changed. */
export async function serveAssets(app: FastifyInstance): Promise<void> {
  const root = fileURLToPath(new URL('../templates/assets/', import.meta.url));
  await app.register(fastifyStatic, { root, prefix: '/assets/', index: false, maxAge: '1h' });
  const htmx = fileURLToPath(import.meta.resolve('htmx.org/dist/htmx.min.js'));
  app.get('/assets/htmx.js', (_request, reply) => reply.sendFile('htmx.min.js', dirname(htmx)));
}
