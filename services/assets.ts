// Style sheets and scripts, from this machine only.
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Serves `templates/assets` at `/assets/`; browsers keep a file for an hour and then ask whether it changed. */
export async function serveAssets(app: FastifyInstance): Promise<void> {
  const root = fileURLToPath(new URL('../templates/assets/', import.meta.url));
  await app.register(fastifyStatic, { root, prefix: '/assets/', index: false, maxAge: '1h' });
}
