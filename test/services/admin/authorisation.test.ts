// The authorisation matrix: every route there is, and what nobody, a reviewer, an editor and an owner get at it.
import { expect, test } from 'vitest';
import { openApp, post } from '../open-app.ts';
import { addReaders } from '../../../core/store/readers.ts';
import { testNow } from '../open-app.ts';
import { seedIssue } from '../seed-issue.ts';
import { allRoutes } from './desk-routes.ts';
import { openDesk } from './open-desk.ts';

/**
 * open: everybody, signed in or not. all: every curator. editors: not a reviewer. owners: owners alone. own: every curator, about
 * themselves. A form of the desk is refused (403) before it is read, a page leads to the door (303).
 */
type Right = 'open' | 'all' | 'editors' | 'owners' | 'own';

const rows: Readonly<Record<string, Right>> = {
  'GET /': 'open',
  'GET /*': 'open',
  'GET /address/:token': 'open',
  'GET /authors/:name': 'open',
  'GET /authors/:name/feed.xml': 'open',
  'GET /authors/:name/feed.json': 'open',
  'GET /groups/:token': 'open',
  'GET /groups/:token.ics': 'open',
  'POST /groups/add': 'open',
  'POST /preferences/:token/groups': 'open',
  'POST /preferences/:token/groups/end': 'open',
  'POST /preferences/:token/groups/remove': 'open',
  'POST /preferences/:token/groups/put-back': 'open',
  'POST /preferences/:token/answers/take-back': 'open',
  'GET /favicon.ico': 'open',
  'GET /feed.xml': 'open',
  'GET /feed.json': 'open',
  'GET /subscribe': 'open',
  'GET /subscribe/peek': 'open',
  'GET /subscribe/asked': 'open',
  'GET /signal/:token/:storyId/:kind': 'open',
  'GET /pair/:token/:slug/:storyId': 'open',
  'POST /pair/:token/:slug/:storyId': 'open',
  'POST /pair/:token/:slug/:storyId/undo': 'open',
  'GET /sitemap.xml': 'open',
  'GET /stories/:id.bib': 'open',
  'GET /stories/:id.md': 'open',
  'GET /stories/:id.ris': 'open',
  'GET /stories/:id': 'open',
  'GET /sources': 'open',
  'GET /sources/:id': 'open',
  'GET /sources/:id/feed.xml': 'open',
  'GET /sources/:id/feed.json': 'open',
  'GET /search': 'open',
  'GET /search.xml': 'open',
  'GET /search.json': 'open',
  'GET /sections/:key/feed.xml': 'open',
  'GET /sections/:key/feed.json': 'open',
  'GET /confirm/:token': 'open',
  'GET /preferences/:token': 'open',
  'GET /preferences/:token/rules/preview': 'open',
  'GET /preferences/:token/saved.bib': 'open',
  'GET /preferences/:token/saved.ris': 'open',
  'GET /preferences/:token/data.zip': 'open',
  'GET /preferences/:token/delete': 'open',
  'GET /private/:token/saved.xml': 'open',
  'GET /private/:token/feed.xml': 'open',
  'GET /unsubscribe/:token': 'open',
  'GET /read/:token': 'open',
  'GET /accent/:sheet': 'open',
  'GET /api/issues': 'open',
  'GET /api/issues/:slug': 'open',
  'GET /api/items': 'open',
  'GET /api/stories/:id': 'open',
  'GET /api/search': 'open',
  'GET /api/topics': 'open',
  'GET /api/topics/:id': 'open',
  'GET /api/openapi.json': 'open',
  'GET /api/docs': 'open',
  'GET /mcp': 'open',
  'POST /mcp': 'open',
  'GET /pictures/:name': 'open',
  'POST /hooks/mail/:provider': 'open',
  'GET /preferences/:token/bring': 'open',
  'POST /preferences/:token/bring': 'open',
  'POST /preferences/:token/bring/take': 'open',
  'POST /preferences/:token/bring/take-back': 'open',
  'GET /read/:token/:slug': 'open',
  'GET /read/:token/stories/:id': 'open',
  'GET /robots.txt': 'open',
  'GET /go/:letter|:id/:story|:link': 'open',
  'GET /go/:letter|:id/:story|:link/:link': 'open',
  'GET /issues': 'open',
  'GET /issues/:slug.md': 'open',
  'GET /issues/:slug': 'open',
  'GET /issues/:slug/:lang': 'open',
  'GET /issues/:slug/rest': 'open',
  'GET /issues/:slug/map': 'open',
  'GET /topics': 'open',
  'GET /topics/:id': 'open',
  'GET /topics/:id/feed.xml': 'open',
  'GET /topics/:id/feed.json': 'open',
  'GET /map': 'open',
  'GET /boards': 'open',
  'GET /boards/:board': 'open',
  'GET /boards/:board/:span': 'open',
  'GET /deadlines': 'open',
  'GET /deadlines.ics': 'open',
  'GET /desk': 'all',
  'GET /desk/*': 'all',
  'GET /desk/setup': 'open',
  'GET /desk/setup/:token': 'open',
  'GET /desk/settings': 'all',
  'GET /desk/sessions': 'all',
  'GET /desk/second-factor': 'all',
  'GET /desk/code': 'open',
  'GET /desk/sign-in': 'open',
  'GET /desk/sign-in/asked': 'open',
  'GET /desk/sources': 'all',
  'GET /desk/sources/:id': 'all',
  'GET /desk/sources/:id/delete': 'editors',
  'GET /desk/sources.opml': 'all',
  'GET /desk/stories/:id': 'all',
  'GET /desk/stories/:id/text': 'all',
  'GET /desk/enter/:token': 'open',
  'GET /desk/issues/:id': 'all',
  'GET /desk/issues/:id/letter': 'all',
  'GET /desk/issues/:id/archive': 'all',
  'GET /desk/issues/:id/editions/:lang': 'all',
  'GET /desk/inbox': 'all',
  'GET /desk/muted': 'all',
  'GET /desk/issues/:id/pool': 'all',
  'GET /desk/talks': 'all',
  'GET /desk/topics': 'all',
  'GET /desk/readers': 'all',
  'GET /desk/readers/import/:id': 'editors',
  'GET /desk/readers/:id': 'all',
  'GET /desk/ranking': 'all',
  'GET /desk/queues': 'all',
  'GET /desk/figures': 'all',
  'GET /desk/figures/:number': 'all',
  'GET /desk/curators': 'all',
  'GET /desk/log': 'all',
  'GET /desk/outbox': 'editors',
  'GET /desk/outbox/:name': 'editors',
  'GET /desk/outbox/:name/html': 'editors',
  'GET /outbox': 'open',
  'GET /outbox/:name': 'open',
  'GET /outbox/:name/html': 'open',
  'POST /address/:token': 'open',
  'POST /subscribe': 'open',
  'POST /signal/:token/:storyId/:kind': 'open',
  'POST /signal/:token/:storyId/:kind/undo': 'open',
  'POST /confirm/:token': 'open',
  'POST /preferences/:token/rules': 'open',
  'POST /preferences/:token/rules/remove': 'open',
  'POST /preferences/:token/resume': 'open',
  'POST /preferences/:token/renew': 'open',
  'POST /preferences/:token/voices': 'open',
  'POST /preferences/:token/interests': 'open',
  'POST /preferences/:token/interests/weights': 'open',
  'POST /preferences/:token/interests/remove': 'open',
  'POST /preferences/:token/amount': 'open',
  'POST /preferences/:token/address': 'open',
  'POST /preferences/:token/pause': 'open',
  'POST /preferences/:token/feed': 'open',
  'POST /preferences/:token/feed/remove': 'open',
  'POST /preferences/:token/delete': 'open',
  'POST /unsubscribe/:token': 'open',
  'POST /resubscribe/:token': 'open',
  'POST /desk/*': 'editors',
  'POST /desk/setup/:token': 'open',
  'POST /desk/settings': 'owners',
  'POST /desk/settings/schedule': 'owners',
  'POST /desk/settings/sections': 'owners',
  'POST /desk/settings/accent': 'owners',
  'POST /desk/settings/logo': 'owners',
  'POST /desk/settings/logo/remove': 'owners',
  'POST /desk/sessions/end': 'own',
  'POST /desk/sessions/:id/end': 'own',
  'POST /desk/second-factor': 'own',
  'POST /desk/second-factor/confirm': 'own',
  'POST /desk/second-factor/codes': 'own',
  'POST /desk/second-factor/remove': 'own',
  'POST /desk/settings/signing-in': 'owners',
  'POST /desk/curators/:id/second-factor/remove': 'owners',
  'POST /desk/curators/:id/second-factor/unlock': 'owners',
  'POST /desk/code': 'open',
  'POST /desk/sign-in': 'open',
  'POST /desk/sign-out': 'open',
  'POST /desk/sources': 'editors',
  'POST /desk/sources/import': 'editors',
  'POST /desk/sources/:id': 'editors',
  'POST /desk/sources/:id/check': 'editors',
  'POST /desk/sources/:id/status': 'editors',
  'POST /desk/sources/:id/old-address': 'editors',
  'POST /desk/sources/:id/delete': 'editors',
  'POST /desk/sources/:id/restore': 'editors',
  'POST /desk/sources/:id/full-text': 'editors',
  'POST /desk/sources/:id/forget-sender': 'editors',
  'POST /desk/stories/:id/split': 'editors',
  'POST /desk/stories/:id/leave-out': 'editors',
  'POST /desk/stories/:id/join': 'editors',
  'POST /desk/stories/:id/headline': 'editors',
  'POST /desk/stories/:id/undo': 'editors',
  'POST /desk/enter/:token': 'open',
  'POST /desk/draft': 'editors',
  'POST /desk/issues/:id/redraft': 'editors',
  'POST /desk/issues/:id/redo': 'editors',
  'POST /desk/issues/:id/sort': 'editors',
  'POST /desk/issues/:id/stories/:storyId': 'editors',
  'POST /desk/issues/:id/stories/:storyId/summary': 'editors',
  'POST /desk/issues/:id/stories/:storyId/note': 'editors',
  'POST /desk/issues/:id/stories/:storyId/scores': 'own',
  'POST /desk/issues/:id/comments': 'own',
  'POST /desk/issues/:id/comments/:commentId/settle': 'own',
  'POST /desk/issues/:id/editions/:lang/:storyId': 'editors',
  'POST /desk/issues/:id/mute-words': 'editors',
  'POST /desk/issues/:id/mute-source': 'editors',
  'POST /desk/muted/take-back': 'editors',
  'POST /desk/inbox/promote': 'editors',
  'POST /desk/issues/:id/schedule': 'editors',
  'POST /desk/issues/:id/sending': 'editors',
  'POST /desk/issues/:id/intro': 'editors',
  'POST /desk/issues/:id/intro/preview': 'editors',
  'POST /desk/issues/:id/test-mail': 'editors',
  'POST /desk/issues/:id/bulk': 'editors',
  'POST /desk/issues/:id/undo': 'editors',
  'POST /desk/issues/:id/approve': 'editors',
  'POST /desk/issues/:id/again': 'editors',
  'POST /desk/items/:id/captions': 'editors',
  'POST /desk/topics/:id': 'editors',
  'POST /desk/readers': 'editors',
  'POST /desk/readers/export': 'editors',
  'POST /desk/readers/import': 'editors',
  'POST /desk/readers/import/:id': 'editors',
  'POST /desk/readers/:id': 'editors',
  'POST /desk/curators': 'owners',
  'POST /desk/figures/:number/correct': 'editors',
  'POST /desk/curators/:id/role': 'owners',
  'POST /desk/curators/:id/remove': 'owners',
};

const roles = ['reviewer', 'editor', 'owner'] as const;
const allowed: Record<Right, readonly (typeof roles)[number][]> = {
  open: roles,
  all: roles,
  own: roles,
  editors: ['editor', 'owner'],
  owners: ['owner'],
};
const atOne = (path: string): string => path.replaceAll(/:\w+/g, '1').replaceAll('*', 'x');
const split = (route: string): { method: string; path: string } => {
  const [method = '', path = ''] = route.split(' ');
  return { method, path };
};

test('every route has a row, and every row a route', async () => {
  const { app } = await openApp();
  const routes = [
    ...allRoutes(app, 'GET').map((path) => `GET ${path}`),
    ...allRoutes(app, 'POST').map((path) => `POST ${path}`),
  ];
  expect(routes.toSorted()).toEqual(Object.keys(rows).toSorted());
});

test('nobody is led to the door by every page and form that is not open', async () => {
  const { app, db } = await openApp();
  await seedIssue(db);
  for (const [route, right] of Object.entries(rows)) {
    const { method, path } = split(route);
    const answer = await app.inject(method === 'POST' ? post(atOne(path)) : { url: atOne(path) });
    const isAtDoor = answer.statusCode === 303 && answer.headers.location === '/desk/sign-in';
    expect([route, isAtDoor], route).toEqual([route, right !== 'open']);
  }
});

test.each(roles)('a curator who is %s gets what the table says', async (role) => {
  const { send, get, db } = await openDesk(role);
  await seedIssue(db);
  await addReaders(db, {
    readers: [{ email: 'ada@readers.example', interests: [], length: 5 }],
    wording: 'test',
    at: testNow,
  });
  // What signs out comes last.
  const order = Object.entries(rows).filter(([route]) => route.includes('/desk')).toSorted(([a], [b]) => Number(endsSession(a)) - Number(endsSession(b))); // prettier-ignore
  for (const [route, right] of order) {
    if (endsSession(route)) continue;
    const { method, path } = split(route);
    const answer = method === 'POST' ? await send(atOne(path)) : await get(atOne(path));
    const isRefused = answer.statusCode === 403 || answer.headers.location === '/desk/sign-in';
    expect([route, isRefused], `${route} answered ${answer.statusCode}`).toEqual([
      route,
      !allowed[right].includes(role),
    ]);
  }
});

function endsSession(route: string): boolean {
  return (
    route === 'POST /desk/sign-out' || route.startsWith('POST /desk/sessions/') || route.startsWith('POST /desk/enter')
  );
}
