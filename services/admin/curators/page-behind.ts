// A request that nobody was signed in for -> the page to come back to: of a form the page that it stands on, in the view it had.
import type { FastifyRequest } from 'fastify';

/** What was typed there is kept in the browser. */
export function pageBehind({ method, url, routeOptions, server }: FastifyRequest): string {
  if (method === 'GET') return url;
  const [path = '', query = ''] = url.split('?');
  const pattern = (routeOptions.url ?? '').split('/');
  // "/desk/settings/accent" is sent to and never shown: its page is the first above it that is.
  while (pattern.length > 2 && (pattern.at(-1) === '*' || !server.hasRoute({ method: 'GET', url: pattern.join('/') })))
    pattern.pop();
  const page = pattern.length > 2 ? path.split('/').slice(0, pattern.length).join('/') : '/desk';
  return query === '' ? page : `${page}?${query}`;
}
