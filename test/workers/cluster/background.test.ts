// An archive that is read for the first time, from the feed to the stories: real door, embedder and finder on the embedded database.
import { expect, it } from 'vitest';
import { parseConfig } from '../../../core/config.ts';
import { sql } from '../../../core/db.ts';
import type { House } from '../../../core/house.ts';
import { addSources } from '../../../core/store/sources.ts';
import { hasItemsWithoutStory, windowStart } from '../../../core/store/stories.ts';
import { uncarriedStories } from '../../../core/store/uncarried-stories.ts';
import { modelInUse } from '../../../core/embedder/open-embedder.ts';
import { clusterHandlers } from '../../../workers/cluster/handlers.ts';
import { embedHandlers } from '../../../workers/embed/handlers.ts';
import { testDatabase } from '../../database.ts';
import { readIntoStore, rssOf } from '../ingest/read-into-store.ts';

const now = new Date('2026-03-20T06:00:00Z');
const never = new AbortController().signal;
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const daysAgo = (days: number): string => new Date(now.getTime() - days * 86_400_000).toUTCString();
const words = 'The Quillo robot of Vantor Labs folds shirts, towels and sheets without being shown how.';

it('an archive is stored and embedded, starts no story, joins none by likeness and heads none; a link still joins it', async () => {
  const db = await testDatabase();
  const queue = { enqueue: async () => undefined } as unknown as House['queue'];
  const house: House = { config: parseConfig({}), log: silent, db, queue, now: () => now };
  await addSources(db, ['a', 'b', 'c'].map((name) => ({ kind: 'feed', title: name, url: `https://${name}.example/feed` }))); // prettier-ignore
  const archive = [
    { title: 'Quillo of Vantor Labs folds shirts', link: 'https://a.example/old', date: daysAgo(700), text: words },
    { title: 'Quillo of Vantor Labs folds shirts again', link: 'https://github.com/vantor/quillo', date: daysAgo(15), text: words }, // prettier-ignore
    { title: 'Quillo of Vantor Labs, undated', link: 'https://a.example/undated', text: words },
  ];
  const fresh = { title: 'Quillo of Vantor Labs folds sheets', link: 'https://a.example/new', date: daysAgo(1), text: words }; // prettier-ignore
  await readIntoStore(db, rssOf([...archive, fresh]), { sourceId: 1, now });
  const link = '&lt;a href="https://github.com/vantor/quillo"&gt;Its code&lt;/a&gt;';
  await readIntoStore(db, rssOf([{ title: 'A robot for laundry', link: 'https://b.example/1', date: daysAgo(2), text: `Folding at home. ${link}` }]), { sourceId: 2, now }); // prettier-ignore
  const undated = { title: 'A later one, undated', link: 'https://c.example/2' };
  await readIntoStore(db, rssOf([{ title: 'One, undated', link: 'https://c.example/1' }]), { sourceId: 3, now });
  await readIntoStore(db, rssOf([undated]), { sourceId: 3, now });

  await embedHandlers(house)['items.embed']!({}, never);
  await clusterHandlers(house)['stories.find']!({}, never);
  await clusterHandlers(house)['stories.find']!({}, never);

  const stories = await db.rows<{ headline: string; items: string[] }>(sql`
    select headline.title as headline, array_agg(items.title order by items.title) as items
    from stories join items as headline on headline.id = headline_item_id
    join story_items on story_id = stories.id join items on items.id = item_id group by stories.id, headline.title
    order by headline.title`);
  expect(stories).toEqual([
    { headline: 'A later one, undated', items: ['A later one, undated'] },
    { headline: 'A robot for laundry', items: ['A robot for laundry', 'Quillo of Vantor Labs folds shirts again'] },
    { headline: 'Quillo of Vantor Labs folds sheets', items: ['Quillo of Vantor Labs folds sheets'] },
  ]);
  const drafted = await uncarriedStories(db, { since: windowStart(now), until: new Date(now.getTime() + 1) });
  expect(drafted.map(({ items }) => items[0]!.title).toSorted()).toEqual(stories.map(({ headline }) => headline));
  const model = await modelInUse({ db });
  expect(await db.row(sql`select count(*)::int as count from vectors where segment = 0 and model = ${model}`)).toEqual({ count: 7 }); // prettier-ignore
  // Nothing is left to place, or the schedule would look for stories for ever.
  expect(await hasItemsWithoutStory(db, { model, since: windowStart(now) })).toBe(false);
});
