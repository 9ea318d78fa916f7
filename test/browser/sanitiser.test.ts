// Every attack string, cleaned at the door, in a real browser without any policy: no script runs, no dialog opens, no request leaves.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardOf } from '../../core/letter/letter.ts';
import { linksOf } from '../../core/links.ts';
import type { NewItem } from '../../core/store/items.ts';
import { openTemplates } from '../../core/templates.ts';
import { mathHtml } from '../../services/math-html.ts';
import { cleanItem } from '../../workers/ingest/clean/clean.ts';
import { blankItem } from '../../workers/ingest/parsed-item.ts';
import { attackStrings } from '../workers/ingest/attack-strings.ts';
import { noBrowser, openBrowser, type TestBrowser, type Visitor } from './open-browser.ts';

const door = { url: 'https://blog.example/feed.xml', language: 'en', now: new Date('2026-11-21T12:00:00Z') };
const templates = openTemplates();
const links = linksOf('https://courant.example');

/** The attack is content, title and author of one item. */
const items: NewItem[] = attackStrings.map((attack) =>
  cleanItem(
    { ...blankItem, id: 'https://blog.example/a', content: attack, title: `T ${attack}`, authors: [attack] },
    door,
  )!,
);

/** What each place shows, several items to a page. */
const places: Record<string, () => Promise<string>> = {
  'its own markup': async () => items.map(({ html }) => `<section>${html}</section>`).join('\n'),
  'the page of a story': storyPage,
  'a card of the letter': async () => (await Promise.all(items.map(letterCard))).join('\n'),
};

describe.skipIf(noBrowser)(`the cleaned corpus${noBrowser && ` (skipped: ${noBrowser})`}`, () => {
  let server: Server;
  let browser: TestBrowser;
  const pages: Record<string, string> = {};
  beforeAll(async () => {
    server = createServer((request, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.setHeader('content-security-policy', "default-src * data: blob: 'unsafe-inline' 'unsafe-eval'");
      response.end(pages[request.url!] ?? '');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    browser = await openBrowser(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  it.each(Object.keys(places))('does nothing as %s', async (place) => {
    pages['/clean'] = `<!doctype html><meta charset=utf-8><link rel=icon href=data:,>${await places[place]!()}`;
    const visitor = await open('/clean');
    await provoke(visitor);
    expect(await visitor.page.evaluate(`'stolen' in window`)).toBe(false);
    expect(visitor.troubles).toEqual([]);
    expect(new URL(visitor.page.url()).pathname).toBe('/clean');
    await visitor.page.context().close();
  });

  it('would be noticed: uncleaned, it runs scripts and calls home', async () => {
    pages['/raw'] = `<!doctype html><link rel=icon href=data:,>${attackStrings.slice(0, 60).join('\n')}`;
    const { page, troubles } = await open('/raw');
    await expect.poll(() => page.evaluate(`'stolen' in window`)).toBe(true);
    pages['/calls'] = `<!doctype html><img src=https://evil.example/i.png>`;
    await page.goto('/calls');
    expect(troubles.join('\n')).toContain('left the site: https://evil.example/i.png');
  });

  async function open(path: string): Promise<Visitor> {
    const visitor = await browser.visit();
    await visitor.page.goto(path, { waitUntil: 'load' });
    return visitor;
  }
});

/** Does to every element what a person might, except leaving the page. */
async function provoke({ page }: Visitor): Promise<void> {
  // A string, since nothing else here knows a browser's types.
  await page.evaluate(`
    document.addEventListener('click', (event) => event.preventDefault(), true);
    for (const element of document.querySelectorAll('body *')) {
      for (const type of ['pointerenter', 'mouseover', 'click', 'focus', 'toggle', 'load', 'error', 'animationstart']) {
        element.dispatchEvent(new Event(type, { bubbles: true, cancelable: true }));
      }
    }`);
  await page.waitForTimeout(500);
}

function storyPage(): Promise<string> {
  return templates.page('story', {
    description: null,
    here: '',
    isPersonal: false,
    isUnlisted: false,
    isWide: false,
    showsDeadlines: false,
    accentSheet: null,
    logo: null,
    curator: null,
    canonical: null,
    linkedData: null,
    alternates: [],
    feedAddress: null,
    said: { title: mathHtml(items[0]!.title), summary: mathHtml(items[0]!.text), badge: items[0]!.title },
    languages: [{ lang: 'de', name: items[0]!.title, href: items[0]!.url }],
    share: null,
    csrf: '',
    title: items.at(-1)!.title,
    publication: 'Courant',
    links,
    story: { id: 1, title: items[0]!.title, topic: items[1]!.title, topicId: 1 },
    issue: null,
    hasPaper: true,
    reader: null,
    summary: {
      sentences: [{ text: mathHtml(items[0]!.text), mark: 'a', href: '/stories/1?quote=1.0.9#quote' }],
      places: [{ words: items[0]!.title, marks: [{ mark: 'a', href: '/stories/1?quote=1.0.9#quote' }] }],
      model: items[0]!.title,
    },
    sketch: { width: 100, height: 50, points: [], names: [{ x: 1, y: 1, text: items[0]!.title }] },
    newsletters: 1,
    points: 0,
    mentions: items.map(({ title, url }) => ({ source: title, title, url, paragraph: title, date: 'today' })),
    near: items.map((item, at) => ({ id: at + 1, title: mathHtml(item.title), lang: item.lang })),
    alike: items.map((item, at) => ({ id: at + 1, title: mathHtml(item.title), lang: item.lang })),
    firstSeen: 'today',
    sources: '1 source',
    items: items.map((item) => ({
      id: 1,
      arxivId: item.title,
      kind: 'Post',
      verb: 'Read the post',
      date: 'today',
      source: item.title,
      sourceId: 1,
      names: item.authors.map((name) => ({ name, href: `/authors/${encodeURIComponent(name)}` })),
      more: false,
      lang: item.lang,
      url: item.url,
      title: mathHtml(item.title),
      authors: item.authors.join(', '),
      categories: item.title,
      updated: 'today',
      announced: item.title,
      version: 2,
      earlierTitle: item.title,
      withdrawn: false,
      text: { before: mathHtml(item.text), quote: mathHtml(item.title), after: '' },
      passage: { at: '0:00', url: item.url, begins: item.text, rest: item.title },
      changes: [{ words: item.title, before: version(item), after: version(item) }],
      segments: [{ at: '0:00', url: item.url, text: item.text }],
    })),
  });
}

function version({ title, text }: NewItem) {
  return { name: title, title: [{ text: title, isOther: true }], text: [{ text, isOther: false }] };
}

function letterCard(item: NewItem, index: number): Promise<string> {
  const card = {
    storyId: index,
    number: index,
    section: 'posts',
    role: 'pick' as const,
    kind: 'post' as const,
    minutes: null,
    title: item.title,
    url: item.url,
    source: item.title,
    authors: item.authors,
    lang: item.lang,
    topic: null,
    summary: [item.text],
    also: [{ label: item.title, url: item.url }],
    imageUrl: item.imageUrl,
  };
  const origin = { publication: 'Courant', links };
  return templates.mailFragment('card', cardOf(card, { origin, fill: () => '', lead: false }));
}
