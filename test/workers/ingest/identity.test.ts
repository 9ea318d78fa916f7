// What is one item and what are two: an id or an address that differing items bear names none of them, over all readings.
import { describe, expect, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import { keysOfMany } from '../../../core/store/item-twins.ts';
import { addSources } from '../../../core/store/sources.ts';
import { testDatabase } from '../../database.ts';
import { readIntoStore, rssOf } from './read-into-store.ts';

const dayMs = 86_400_000;
const now = new Date();
const day = (ago: number): string => new Date(now.getTime() - ago * dayMs).toUTCString();
const topics = [
  'Rivers that freeze',
  'Tin cans in history',
  'Cats and their names',
  'A pocket radio',
  'Lighthouses and money',
];

async function openSource(): Promise<Database> {
  const db = await testDatabase();
  await addSources(db, [{ kind: 'feed', title: 'F', url: 'https://home.example/feed.xml' }]);
  return db;
}

const stored = (db: Database) =>
  db.rows<{ title: string; keys: string[]; guid: string; url: string; publishedAt: Date }>(
    sql`select title, keys, guid, url, published_at from items order by id`,
  );
const titles = async (db: Database): Promise<string[]> => (await stored(db)).map(({ title }) => title);

type Post = Parameters<typeof rssOf>[0][number];
const kinds: [string, (at: number) => Omit<Post, 'title'>][] = [
  ['one guid for all, a link of each', (at) => ({ guid: 'https://show.example/', link: `https://show.example/e/${at}` })],
  ['one guid and one link for all', () => ({ guid: '1', link: 'https://show.example/' })],
  ['one link for all, no guid', () => ({ link: 'https://show.example/podcast' })],
  ['one link for all, a guid of each', (at) => ({ guid: `ep-${at}`, link: 'https://show.example/podcast' })],
  ['fragments of one page, no guid', (at) => ({ link: `https://docs.example/changes#v${at}` })],
  ['fragments of one page, a guid of each', (at) => ({ guid: `rn-${at}`, link: `https://docs.example/changes#v${at}` })],
  ['a parameter that mostly says who sent, no guid', (at) => ({ link: `https://shop.example/index?r=posts/${at}` })],
  ['another such parameter, a guid of each', (at) => ({ guid: `p${at}`, link: `https://s.example/s?post_id=${at}&utm_source=f` })],
  ['one guid for all, no link', () => ({ guid: 'show' })],
]; // prettier-ignore

describe.each(kinds)('%s', (_name, of) => {
  const posts = topics.map((title, at): Post => ({ title, date: day(10 - at), ...of(at) }));

  test('all are kept, and stay what they are whatever part of them is read in whatever order', async () => {
    const db = await openSource();
    expect(await readIntoStore(db, rssOf(posts.slice(0, 4)))).toEqual({ added: 4, changed: 0 });
    expect(await readIntoStore(db, rssOf(posts.slice(0, 4).toReversed()))).toEqual({ added: 0, changed: 0 });
    expect(await readIntoStore(db, rssOf(posts.slice(2, 3)))).toEqual({ added: 0, changed: 0 });
    expect(await readIntoStore(db, rssOf(posts.slice(3)))).toEqual({ added: 1, changed: 0 });
    expect(await readIntoStore(db, rssOf(posts.slice(4)))).toEqual({ added: 0, changed: 0 });
    expect(await titles(db)).toEqual(topics);
  });

  test('one that came alone stays itself when others come', async () => {
    const db = await openSource();
    for (const post of posts.slice(0, 3))
      expect(await readIntoStore(db, rssOf([post]))).toEqual({ added: 1, changed: 0 });
    expect(await readIntoStore(db, rssOf(posts.slice(0, 3)))).toEqual({ added: 0, changed: 0 });
    expect(await readIntoStore(db, rssOf(posts.slice(1, 4)))).toEqual({ added: 1, changed: 0 });
    expect(await titles(db)).toEqual(topics.slice(0, 4));
  });

  test('a corrected title is a change of that one, alone or among the others', async () => {
    const db = await openSource();
    await readIntoStore(db, rssOf(posts.slice(0, 3)));
    const text = `${topics[1]}, told at length.`;
    const corrected = { ...posts[1]!, title: 'Tin cans in recent history', text };
    expect(await readIntoStore(db, rssOf([posts[0]!, corrected, posts[2]!]))).toEqual({ added: 0, changed: 1 });
    const again = { ...corrected, title: 'Tin cans: a recent history' };
    expect(await readIntoStore(db, rssOf([again]))).toEqual({ added: 0, changed: 1 });
    expect(await titles(db)).toEqual([topics[0], 'Tin cans: a recent history', topics[2]]);
  });
});

test('addresses that only a fragment or a doubtful parameter tells apart are kept whole, also over readings', async () => {
  const db = await openSource();
  const at = (part: string): Post => ({
    title: `On ${part}`,
    guid: part,
    link: `https://docs.example/changes?ref=x#${part}`,
  });
  await readIntoStore(db, rssOf([at('disks')]));
  expect((await stored(db)).map(({ keys }) => keys)).toEqual([['url:docs.example/changes']]);
  await readIntoStore(db, rssOf([at('nets')]));
  await readIntoStore(db, rssOf([at('bills')]));
  expect((await stored(db)).map(({ keys }) => keys)).toEqual(
    ['disks', 'nets', 'bills'].map((part) => [`url:docs.example/changes?ref=x#${part}`]),
  );
});

test('what one source gives to several items names none of them, also when they came one by one', async () => {
  const db = await openSource();
  await addSources(db, [{ kind: 'feed', title: 'Other', url: 'https://other.example/feed.xml' }]);
  const release = (at: number): Post => ({ title: `Version ${at}`, guid: `v${at}`, link: `https://github.com/a/tool/releases/tag/v${at}` }); // prettier-ignore
  const post: Post = { title: 'A tool', guid: 't', link: 'https://github.com/a/tool' };
  await readIntoStore(db, rssOf([release(1)]));
  await readIntoStore(db, rssOf([post, { title: 'A page', guid: 'p', link: 'https://page.example/p' }]), {
    sourceId: 2,
  });
  const keys = ['repo:github.com/a/tool', 'url:page.example/p'];
  expect(await keysOfMany(db, keys)).toEqual(new Set());
  await readIntoStore(db, rssOf([release(2)]));
  expect(await keysOfMany(db, keys)).toEqual(new Set(['repo:github.com/a/tool']));
});

test('a feed of one item at one address: a new guid, title and text are a new item with its own date', async () => {
  const db = await openSource();
  for (const at of [0, 1, 2]) {
    await readIntoStore(db, rssOf([{ title: `Picture ${at}: ${topics[at]}`, guid: `sky-${at}`, link: 'https://sky.example/today.html', date: day(3 - at) }])); // prettier-ignore
  }
  expect((await stored(db)).map(({ publishedAt }) => publishedAt.toUTCString())).toEqual([day(3), day(2), day(1)]);
});

test('another guid for the same post is overruled when its title and date, or its text, are the same', async () => {
  const db = await openSource();
  const post = {
    title: 'Cold rivers',
    link: 'https://blog.example/rivers',
    date: day(2),
    text: 'Ice grows from above.',
  };
  await readIntoStore(db, rssOf([{ ...post, guid: 'http://blog.example/?p=1' }]));
  await readIntoStore(
    db,
    rssOf([{ ...post, guid: 'https://blog.example/?p=1', text: 'Ice grows from above, and slowly.' }]),
  );
  await readIntoStore(
    db,
    rssOf([{ ...post, guid: 'urn:1', title: 'Rivers in frost', text: 'Ice grows from above, and slowly.' }]),
  );
  expect(await stored(db)).toMatchObject([{ guid: 'http://blog.example/?p=1', title: 'Rivers in frost' }]);
});

test('headline and slug corrected, number and text as before: one item, which a reader sees once', async () => {
  const db = await openSource();
  const text = 'The mayor of a town opened the long planned bridge on Monday, and a band played until the evening.';
  const at = (slug: string, title: string): Post => ({ title, text, date: day(1), guid: `https://daily.example/${slug}`, link: `https://daily.example/${slug}` }); // prettier-ignore
  const old = at('mayor-opens-brigde-a-7781234.html', 'Mayor opens brigde');
  const corrected = at('mayor-opens-bridge-a-7781234.html', 'Mayor opens bridge');
  await readIntoStore(db, rssOf([old]));
  // Side by side they are two, whatever they share.
  expect(await readIntoStore(db, rssOf([old, { ...corrected, link: 'https://daily.example/x-9981234.html', guid: 'x' }]))).toMatchObject({ added: 1 }); // prettier-ignore
  expect(await readIntoStore(db, rssOf([corrected]))).toEqual({ added: 0, changed: 1 });
  expect(await readIntoStore(db, rssOf([corrected]))).toEqual({ added: 0, changed: 0 });
  expect((await stored(db))[0]).toMatchObject({ title: 'Mayor opens bridge', url: corrected.link });
  const other = { ...at('a-night-in-the-harbour-a-7781234.html', 'A night in the harbour'), text: 'Other words on another thing, in a feed that numbers badly.' }; // prettier-ignore
  expect(await readIntoStore(db, rssOf([other]))).toEqual({ added: 1, changed: 0 });
});
