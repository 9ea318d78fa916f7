// Digests from the feed to the stories they mention.
import { expect, it } from 'vitest';
import { parseConfig } from '../../../core/config.ts';
import { sql } from '../../../core/db.ts';
import type { House } from '../../../core/house.ts';
import { countNewsletters, mentionsOfStories } from '../../../core/store/mentions.ts';
import { addSources } from '../../../core/store/sources.ts';
import { uncarriedStories } from '../../../core/store/uncarried-stories.ts';
import { clusterHandlers } from '../../../workers/cluster/handlers.ts';
import { embedHandlers } from '../../../workers/embed/handlers.ts';
import { testDatabase } from '../../database.ts';
import { readIntoStore, rssOf } from '../../workers/ingest/read-into-store.ts';

const now = new Date('2026-03-20T06:00:00Z');
const never = new AbortController().signal;
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const date = new Date(now.getTime() - 86_400_000).toUTCString();
const escaped = (html: string): string => html.replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function letter(first: string, said: string) {
  const rest = ['boats', 'desks', 'lamps', 'gates', 'kites'].map((name) => `<li><a href="https://${name}.example/">${name}</a>: new ones.</li>`); // prettier-ignore
  const text = escaped(`<ul><li><a href="${first}">Quillo</a>: ${said}</li>${rest.join('')}</ul>`);
  return {
    title: 'The Quillo robot of Vantor Labs, boats, desks',
    link: `https://letters.example/${said.length}`,
    date,
    text,
  };
}

it('a digest is in no story; its links count for the stories they lead to, once for each source', async () => {
  const db = await testDatabase();
  const queue = { enqueue: async () => undefined } as unknown as House['queue'];
  const house: House = { config: parseConfig({}), log: silent, db, queue, now: () => now };
  await addSources(db, ['a', 'b', 'c', 'd'].map((name) => ({ kind: 'feed', title: name, url: `https://${name}.example/feed` }))); // prettier-ignore
  const robot = {
    title: 'The Quillo robot of Vantor Labs',
    link: 'https://vantor.example/quillo',
    date,
    text: 'It folds.',
  };
  await readIntoStore(db, rssOf([robot]), { sourceId: 1, now });
  await readIntoStore(db, rssOf([letter('https://vantor.example/quillo/?utm_source=x', 'it folds shirts.'), letter('https://vantor.example/quillo', 'it folds shirts again.')]), { sourceId: 2, now }); // prettier-ignore
  await readIntoStore(db, rssOf([letter('https://vantor.example/quillo', 'a robot.')]), { sourceId: 3, now });
  await readIntoStore(db, rssOf([letter('https://vantor.example/quillo', 'muted.')]), { sourceId: 4, now });
  await db.run(sql`update sources set muted = true where id = 4`);
  await embedHandlers(house)['items.embed']!({}, never);
  await clusterHandlers(house)['stories.find']!({}, never);

  const stories = await db.rows<{ storyId: number; titles: string[] }>(sql`
    select story_id, array_agg(title) as titles from story_items join items on items.id = item_id group by story_id`);
  expect(stories.map(({ titles }) => titles)).toEqual([[robot.title]]);
  const { storyId } = stories[0]!;
  const mentions = await mentionsOfStories(db, [storyId]);
  expect(mentions.map(({ source, paragraph }) => `${source}: ${paragraph}`).toSorted()).toEqual([
    'b: Quillo: it folds shirts again.',
    'b: Quillo: it folds shirts.',
    'c: Quillo: a robot.',
  ]);
  expect(countNewsletters(mentions)).toEqual(new Map([[storyId, 2]]));

  // Of the sources that tell it themselves none counts as a newsletter too: once, and not twice for its two editions.
  const window = { since: new Date(now.getTime() - 7 * 86_400_000), until: now };
  expect((await uncarriedStories(db, window)).map(({ newsletters }) => newsletters)).toEqual([2]);
  await readIntoStore(db, rssOf([{ ...robot, link: 'https://c.example/quillo' }]), { sourceId: 3, now });
  await db.run(sql`insert into story_items (story_id, item_id, why) select ${storyId}, max(id), 'link' from items`);
  expect((await uncarriedStories(db, window)).map(({ newsletters }) => newsletters)).toEqual([1]);
});

it('a digest that is edited mentions what it says now', async () => {
  const db = await testDatabase();
  await addSources(db, [{ kind: 'feed', title: 'a', url: 'https://a.example/feed' }]);
  const guid = 'one';
  await readIntoStore(db, rssOf([{ ...letter('https://x.example/1', 'first.'), guid }]), { now });
  const shorter = { ...letter('https://x.example/2', 'second.'), guid };
  await readIntoStore(db, rssOf([{ ...shorter, text: shorter.text.replace(/&lt;li&gt;&lt;a href="https:\/\/kites.*?&lt;\/li&gt;/, '') }]), { now }); // prettier-ignore
  const keys = await db.rows<{ key: string }>(sql`select key from mentions order by position`);
  expect(keys.map(({ key }) => key)).toEqual(['x.example/2', 'boats.example', 'desks.example', 'lamps.example', 'gates.example'].map((name) => `url:${name}`)); // prettier-ignore
});
