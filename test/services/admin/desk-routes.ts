// Every path of the desk by method, from the app itself, so that a route nobody thought of is tried too.
import type { FastifyInstance } from 'fastify';

/** Paths as they are registered: "/desk/issues/:id". */
export function deskRoutes(app: FastifyInstance, method: 'GET' | 'POST'): string[] {
  return allRoutes(app, method).filter((route) => route.startsWith('/desk') || route.startsWith('/outbox'));
}

/** The same of the site, too. */
export function allRoutes(app: FastifyInstance, method: 'GET' | 'POST'): string[] {
  const parents: string[] = [];
  const routes: string[] = [];
  for (const line of app.printRoutes({ commonPrefix: false }).split('\n')) {
    const [, indent, path, methods] = /^([\s│]*)[├└]── (\S+) \(([^)]*)\)/.exec(line) ?? [];
    if (path === undefined) continue;
    const depth = indent!.length / 4;
    parents.splice(depth, Infinity, path);
    if (methods!.split(', ').includes(method))
      routes.push(
        parents
          .join('')
          .replace('//', '/')
          .replace(/(?<!\/)\*$/, '/*'),
      );
  }
  return routes;
}
