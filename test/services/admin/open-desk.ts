// A signed-in curator: keeps the cookie and sends each form with its token, as a browser would.
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { addCurator, type Curator, type Role } from '../../../core/store/curators.ts';
import { createSignInLink } from '../../../core/desk/sign-in-link.ts';
import { openApp, post, testNow, type TestApp } from '../open-app.ts';

export interface Desk extends TestApp {
  curator: Curator;
  get: (url: string) => Promise<LightMyRequestResponse>;
  /** What the browser sends along, for requests that are made otherwise. */
  cookie: () => string;
  /** Posts with a valid token unless the fields bring their own `_csrf`. */
  send: (url: string, fields?: Record<string, string | string[]>) => Promise<LightMyRequestResponse>;
}

/** A browser without a sign-in: it keeps cookies. */
export function openBrowser(app: FastifyInstance, headers: Record<string, string> = {}, remoteAddress?: string) {
  let cookie = '';
  const keep = (answer: LightMyRequestResponse): LightMyRequestResponse => {
    const [set] = [answer.headers['set-cookie']].flat();
    if (set) cookie = set.split(';')[0]!;
    return answer;
  };
  const from = remoteAddress === undefined ? {} : { remoteAddress };
  const get = async (url: string) => keep(await app.inject({ url, headers: { ...headers, cookie }, ...from }));
  const csrfOf = ({ body }: LightMyRequestResponse): string => /name="_csrf" value="([^"]+)"/.exec(body)?.[1] ?? '';
  return {
    get,
    cookie: () => cookie,
    async sendFrom(page: string, url: string, fields: Record<string, string | string[]> = {}) {
      const token = csrfOf(await get(page));
      const form = post(url, { _csrf: token, ...fields }, { ...headers, cookie });
      return keep(await app.inject({ ...form, ...from }));
    },
  };
}

/** Opens the app and signs a curator of this role in by a link. */
export async function openDesk(
  role: Role = 'editor',
  environment: Record<string, string> = {},
  how: { isLive?: boolean } = {},
): Promise<Desk> {
  const opened = await openApp(environment, how);
  const curator = await addCurator(opened.db, { email: 'olga@desk.example', name: 'Olga', role });
  const link = await createSignInLink(opened.db, { curatorId: curator.id, deskUrl: '', now: testNow, minutes: 15 });
  const browser = openBrowser(opened.app);
  await browser.sendFrom(link, link);
  return {
    ...opened,
    curator,
    get: browser.get,
    cookie: browser.cookie,
    send: (url, fields) => browser.sendFrom('/desk', url, fields),
  };
}
