// The demo week from items to a draft issue through the real handlers: embedded database, a queue that only remembers its jobs.
import { beforeAll, describe, expect, it } from 'vitest';
import { parseConfig } from '../../core/config.ts';
import { sql, type Database } from '../../core/db.ts';
import type { House } from '../../core/house.ts';
import { loadIssueContent } from '../../core/store/issue-content.ts';
import { pooledCards, pooledStories } from '../../core/store/issue-pool.ts';
import { saveItems, type NewItem } from '../../core/store/items.ts';
import { addSources, listSources } from '../../core/store/sources.ts';
import { storiesById } from '../../core/store/stories.ts';
import { chooseHeadline, joinStories, splitStory } from '../../core/store/story-decisions.ts';
import { clusterHandlers } from '../../workers/cluster/handlers.ts';
import { composeHandlers } from '../../workers/compose/handlers.ts';
import { embedHandlers } from '../../workers/embed/handlers.ts';
import { openEmbedder } from '../../core/embedder/open-embedder.ts';
import { testDatabase } from '../database.ts';
import { readDemoItems, type GoldItem } from './demo-items.ts';

const now = new Date('2026-11-20T06:00:00Z');
const gold = readDemoItems();
const never = new AbortController().signal;
let db: Database;
let house: House;
let enqueued: string[];

beforeAll(async () => {
  db = await testDatabase();
  enqueued = [];
  const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const queue = { enqueue: async (name: string) => void enqueued.push(name) } as unknown as House['queue'];
  house = { config: parseConfig({}), log: silent, db, queue, now: () => now };
  const slugs = [...new Set(gold.map(({ source }) => source))];
  await addSources(
    db,
    slugs.map((slug) => ({ kind: 'feed', title: slug, url: `https://${slug}.example/feed` })),
  );
  await publish(gold);
});

async function publish(items: readonly GoldItem[], publishedAt = new Date(now.getTime() - 86_400_000)): Promise<void> {
  const sources = await listSources(db);
  for (const source of sources) {
    const own = items.filter((item) => item.source === source.title);
    await saveItems(
      db,
      { sourceId: source.id, at: new Date() },
      own.map((item) => toNewItem(item, publishedAt)),
    );
  }
  // They were read just now, so that no draft waits for them.
  await db.run(
    sql`update sources set last_checked_at = ${now}, next_check_at = ${new Date(now.getTime() + 30 * 86_400_000)}`,
  );
}

function toNewItem({ kind, title, text, keys, mentions, segments }: GoldItem, publishedAt: Date): NewItem {
  return {
    guid: keys[0]!,
    kind,
    url: `https://thing.example/${encodeURIComponent(keys[0]!)}`,
    keys,
    mentions,
    title,
    authors: [],
    text,
    html: '',
    lang: /\p{Script=Han}/u.test(text) ? 'zh' : 'en',
    imageUrl: null,
    durationS: null,
    publishedAt,
    contentHash: `${title}${text}`,
    transcriptState: null,
    segments: segments.map((words, at) => ({ startS: at * 60, text: words })),
  };
}

const embed = () => embedHandlers(house)['items.embed']!({}, never);
const find = () => clusterHandlers(house)['stories.find']!({}, never);
const draft = () => composeHandlers(house)['issue.draft']!({}, never);
const everything = () =>
  db.row(sql`
    select (select jsonb_agg(stories order by id) from stories) as stories,
      (select jsonb_agg(story_items order by item_id) from story_items) as members,
      (select jsonb_agg(to_jsonb(topics) - 'seen_at' order by id) from topics) as topics`);
const models = () =>
  db.rows<{ model: string; count: number }>(
    sql`select model, count(*)::int as count from vectors group by model order by model`,
  );
const textCount = async () =>
  (await db.row<{ count: number }>(
    sql`select ((select count(*) from items) + (select count(*) from segments))::int as count`,
  ))!.count;

describe('items.embed', () => {
  it('gives every item and segment one vector, from one fit, and enqueues the search for stories', async () => {
    await embed();
    const { name } = await openEmbedder(house);
    expect(await models()).toEqual([{ model: name, count: await textCount() }]);
    expect(enqueued).toEqual(['stories.find']);
  });

  it('embeds nothing twice, but enqueues again while items wait for a story', async () => {
    await db.run(sql`update vectors set vector = '\\x00'::bytea`);
    await embed();
    expect(await db.row(sql`select count(*)::int as count from vectors where vector <> '\\x00'::bytea`)).toEqual({
      count: 0,
    });
    expect(enqueued).toEqual(['stories.find', 'stories.find']);
    await db.run(sql`delete from vectors`);
    await embed();
    expect((await models())[0]!.count).toBe(await textCount());
  });
});

describe('stories.find', () => {
  it('puts every item into one story, and the stories that a name tells from others into topics', async () => {
    await find();
    const counts = await db.row<{ inTopics: number }>(sql`
      select (select count(*) from items)::int as items, (select count(*) from story_items)::int as placed,
        (select count(topic_id)::real / count(*) from stories) as in_topics, (select count(*) from topics where name = '')::int as nameless,
        (select count(*) from stories where headline_item_id is null)::int as without_headline`);
    expect(counts).toMatchObject({ items: gold.length, placed: gold.length, nameless: 0, withoutHeadline: 0 });
    // The rest are classics on all subjects, of which no phrase says what a third of them is about.
    expect(counts!.inTopics).toBeGreaterThan(0.6);
    expect(enqueued.filter((name) => name === 'stories.find')).toHaveLength(3);
  });

  it('changes nothing when it runs again, and nothing is enqueued any more', async () => {
    const before = await everything();
    await find();
    await embed();
    expect(await everything()).toEqual(before);
    expect(enqueued.filter((name) => name === 'stories.find')).toHaveLength(3);
  });

  it('lets the paper speak for its story', async () => {
    const bert = await db.row(sql`
      select headline.kind, count(*)::int as items from stories
      join items as headline on headline.id = headline_item_id
      join story_items on story_id = stories.id
      where 'arxiv:1810.04805' = any(headline.keys) group by headline.kind`);
    expect(bert).toEqual({ kind: 'paper', items: 3 });
  });
});

describe('issue.draft', () => {
  it('drafts one issue a week, however often it is enqueued', async () => {
    await draft();
    await draft();
    await composeHandlers(house)['issue.pool']!({ issueId: 1 }, never);
    const issues = await db.rows<{ id: number; title: string; status: string; intro: string }>(
      sql`select id, title, status, intro from issues`,
    );
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject({ status: 'draft' });
    const { cards, pool } = await loadIssueContent(db, issues[0]!.id);
    const lead = cards.filter(({ role }) => role === 'pick').map(({ title }) => title);
    expect(issues[0]!.intro).toMatch(/^This week opens with “.+”, “.+” and “.+”\. There are \d+ stories: .+ The largest topics are .+\.$/); // prettier-ignore
    expect(lead.some((title) => issues[0]!.intro.startsWith(`This week opens with “${title}”`))).toBe(true);
    expect(issues[0]!.intro).toContain(`There are ${cards.length + pool!.count} stories: `);
    expect(issues[0]!.title).toMatch(/^.{8,}; .{8,}$/);
  });

  it('suggests four picks on things that several sources tell, forty stories in all, and a pool of the rest', async () => {
    const { cards, pool } = await loadIssueContent(db, 1);
    const picks = cards.filter(({ role }) => role === 'pick');
    expect(picks).toHaveLength(4);
    expect(new Set(picks.map(({ topic }) => topic)).size).toBeGreaterThanOrEqual(3);
    for (const { also } of picks) expect(also.length).toBeGreaterThanOrEqual(2);
    const stories = await db.row<{ count: number }>(sql`select count(*)::int as count from stories`);
    expect(cards).toHaveLength(40);
    expect(pool?.count).toBe(stories!.count - 40);
  });

  it('gives every story a section and, when there are sentences, two or three of them', async () => {
    const { cards: prepared, sections } = await loadIssueContent(db, 1);
    const cards = [...prepared, ...(await pooledCards(db, 1, await pooledStories(db, 1)))];
    expect(sections.map(({ key }) => key)).toEqual(['publications', 'talks', 'tools', 'posts']);
    const papers = cards.filter(({ kind }) => kind === 'paper');
    expect(new Set(papers.map(({ section }) => section))).toEqual(new Set(['publications']));
    expect(cards.find(({ title }) => title.includes('scikit-learn'))!.section).toBe('tools');
    const lengths = cards.map(({ summary }) => summary.length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(3);
    expect(lengths.filter((length) => length >= 2).length).toBeGreaterThan(cards.length * 0.9);
  });

  it('drafts nothing next week when nothing came', async () => {
    const later = { ...house, now: () => new Date(now.getTime() + 7 * 86_400_000) };
    await composeHandlers(later)['issue.draft']!({}, never);
    expect(await db.rows(sql`select id from issues`)).toHaveLength(1);
  });
});

describe('after an issue was approved', () => {
  it('its stories stay as they are, and a late talk joins by its link', async () => {
    await db.run(sql`
      update issues set status = 'approved', content = '{}', content_hash = 'x', approved_hash = 'x', approved_by = 'test'`);
    const before = await db.rows(sql`select item_id, story_id from story_items order by item_id`);
    const source = gold[0]!.source;
    const title = 'A late talk about something that nobody else says in these words';
    const talk: GoldItem = { ...gold[0]!, kind: 'video', title, text: 'Cooking with gas.', segments: [] };
    await publish([{ ...talk, source, keys: ['video:latetalk001'], mentions: ['arxiv:1810.04805'] }], now);
    await embed();
    await find();
    expect(
      await db.rows(sql`select item_id, story_id from story_items order by item_id limit ${before.length}`),
    ).toEqual(before);
    const joined = await db.row(sql`
      select why, 'arxiv:1810.04805' = any(headline.keys) as bert from items
      join story_items on item_id = items.id join stories on stories.id = story_id
      join items as headline on headline.id = headline_item_id where items.title = ${title}`);
    expect(joined).toEqual({ why: 'link', bert: true });
  });

  it('a corpus that grew by half is fitted again, its vectors beside the old ones for who began with those', async () => {
    const { name: before } = await openEmbedder(house);
    const more = gold.map((item, at) => ({
      ...item,
      keys: [`url:https://copy.example/${at}`],
      mentions: [],
      segments: [],
    }));
    await publish(more, now);
    await embed();
    const { name: after } = await openEmbedder(house);
    expect(after).not.toBe(before);
    const count = await textCount();
    expect(await models()).toEqual([before, after].toSorted().map((model) => ({ model, count })));
  });

  it('a story that loses all its items to another is gone', async () => {
    await find();
    const empty = await db.rows(sql`
      select id from stories where not exists (select 1 from story_items where story_id = stories.id)`);
    expect(empty).toEqual([]);
  });
});

describe('what curators said of stories', () => {
  it('holds in later runs: what was split stays apart, what was joined stays one, the chosen headline stays', async () => {
    const said = { by: 'Olga', at: now };
    await db.run(sql`update issues set status = 'draft', approved_hash = null, approved_by = null`);
    const linked = (await db.row<{ storyId: number; itemIds: number[] }>(sql`
      select story_id, array_agg(item_id order by item_id) as item_ids from story_items
      group by story_id having count(*) > 1 order by story_id limit 1`))!;
    const [strange, other] = await db.rows<{ storyId: number; itemId: number }>(sql`
      select story_id, min(item_id) as item_id from story_items where story_id <> ${linked.storyId}
      group by story_id order by story_id limit 2`);
    const [first, ...rest] = linked.itemIds as [number, ...number[]];
    const made = await splitStory(db, { ...said, storyId: linked.storyId, itemIds: [first] });
    await joinStories(db, { ...said, storyId: strange!.storyId, otherId: other!.storyId });
    await chooseHeadline(db, { ...said, storyId: strange!.storyId, itemId: other!.itemId });
    await find();
    const storyOf = new Map(
      (await db.rows<{ itemId: number; storyId: number }>(sql`select item_id, story_id from story_items`)).map(
        ({ itemId, storyId }) => [itemId, storyId],
      ),
    );
    expect(storyOf.get(first)).toBe(made);
    expect(rest.map((item) => storyOf.get(item) === made)).not.toContain(true);
    expect(storyOf.get(other!.itemId)).toBe(storyOf.get(strange!.itemId));
    expect((await storiesById(db, [strange!.storyId]))[0]).toMatchObject({
      headlineItemId: other!.itemId,
      headlineBy: 'Olga',
    });
  });
});
