// Addresses of the desk that lead nowhere: its own page says so, nobody is told to correct what they never typed.
import { expect, test } from 'vitest';
import { openApp } from '../open-app.ts';
import { seedIssue } from '../seed-issue.ts';
import { allRoutes } from './desk-routes.ts';
import { openDesk } from './open-desk.ts';

test('an address that no room has gets the not-found page of the desk, and the door for who is not signed in', async () => {
  const { get, app, db } = await openDesk('reviewer');
  await seedIssue(db);
  for (const path of ['/desk/issues', '/desk/', '/desk/nowhere/at/all?page=2']) {
    const { statusCode, body } = await get(path);
    expect([path, statusCode]).toEqual([path, 404]);
    expect(body).toContain('There is no such page at the desk.');
    // The menu, and the way to the issue in hand.
    expect(body).toContain('aria-label="Rooms"');
    expect(body).toContain('href="/desk/issues/1"');
    const stranger = await app.inject({ url: path });
    expect([stranger.statusCode, stranger.headers.location]).toEqual([303, '/desk/sign-in']);
  }
});

const odd = ['abc', '0', '-1', '1e3', '99999999999', '%00', '%F0%9F%98%80', 'x'.repeat(300)];

test('a part of an address that is not well formed leads nowhere, on every page of the desk that has one', async () => {
  const { get, app, db } = await openDesk('owner');
  await seedIssue(db);
  const pages = allRoutes(app, 'GET').filter((path) => path.startsWith('/desk/') && path.includes(':'));
  expect(pages.length).toBeGreaterThan(15);
  const found: string[] = [];
  for (const page of pages) {
    // The letters of the outbox have names, which are whatever they are.
    for (const one of page.includes('outbox') ? ['%00'] : odd) {
      const { statusCode, body } = await get(page.replaceAll(/:\w+/g, one));
      if (statusCode !== 404 || body.includes('correct it'))
        found.push(`${page} with ${one.slice(0, 20)}: ${statusCode}`);
    }
  }
  expect(found).toEqual([]);
});

test('and on every page of the site itself', async () => {
  const { app, db } = await openApp();
  await seedIssue(db);
  const pages = allRoutes(app, 'GET').filter((path) => !/^\/(desk|api|outbox)/.test(path) && /:(id|name)\b/.test(path));
  const found: string[] = [];
  for (const page of pages.filter((path) => !path.includes(':token'))) {
    const answer = await app.inject({ url: page.replaceAll(/:\w+/g, '%00') });
    if (![404, 410].includes(answer.statusCode)) found.push(`${page}: ${answer.statusCode}`);
  }
  expect(found).toEqual([]);
});
