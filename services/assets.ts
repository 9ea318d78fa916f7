// Style sheets, scripts and typefaces, from this machine only.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** The typefaces of `templates/assets/fonts.css`. */
const typefaces = ['newsreader', 'inter'];
/** Scripts of others that pages of ours load, by package; each from a folder of its own below `/assets/lib/`. */
const libraries = [
  { name: 'htmx.org', file: 'htmx.min.js' },
  { name: 'idiomorph', file: 'idiomorph-ext.min.js' },
];

/**
 * Serves `templates/assets` at `/assets/`; browsers keep a file for an hour and then ask whether it changed. Typefaces
 * stand at an address with their version and are kept for good.
 */
export async function serveAssets(app: FastifyInstance): Promise<void> {
  const root = fileURLToPath(new URL('../templates/assets/', import.meta.url));
  await app.register(fastifyStatic, { root, prefix: '/assets/', index: false, maxAge: '1h' });
  // Feed readers and old browsers ask here, whatever a page names.
  app.get('/favicon.ico', (_request, reply) =>
    reply.header('cache-control', 'public, max-age=86400').redirect('/assets/icon.svg', 301),
  );
  for (const { name, file } of libraries) {
    const dist = dirname(fileURLToPath(import.meta.resolve(name)));
    const allowedPath = (path: string): boolean => path === `/${file}`;
    const prefix = `/assets/lib/${name}/`;
    await app.register(fastifyStatic, { root: dist, prefix, allowedPath, index: false, decorateReply: false, maxAge: '1h' }); // prettier-ignore
  }
  for (const { prefix, files } of typefaces.map(locateTypeface)) {
    await app.register(fastifyStatic, {
      root: files,
      prefix,
      index: false,
      decorateReply: false,
      maxAge: '1y',
      immutable: true,
    });
  }
}

/** Where a typeface was installed, and its address. */
export function locateTypeface(name: string): { prefix: string; files: string } {
  const manifest = createRequire(import.meta.url).resolve(`@fontsource-variable/${name}/package.json`);
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  return { prefix: `/fonts/${name}-${version}/`, files: join(dirname(manifest), 'files') };
}
