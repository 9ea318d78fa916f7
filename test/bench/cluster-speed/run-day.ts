// A filled store and a thousand new items -> what a day takes, through the store and the handlers that run every day.
import { sql } from '../../../core/db.ts';
import type { House } from '../../../core/house.ts';
import { addItems, type NewItem } from '../../../core/store/items.ts';
import { clusterHandlers } from '../../../workers/cluster/handlers.ts';
import { embedHandlers } from '../../../workers/embed/handlers.ts';
import type { Run } from './print-table.ts';
import type { BenchRecord } from './read-records.ts';
import { peakMb, stageClock } from './stage-clock.ts';

/** Stores the records as published now, then embeds and places them. */
export async function runDay(house: House, records: readonly BenchRecord[]): Promise<Run> {
  const { db, now } = house;
  const { figures, timed } = stageClock();
  const stop = new AbortController().signal;
  const news = records.map(({ title, abstract }, at): NewItem => {
    const guid = `day-${now().toISOString()}-${at}`;
    const plain = { keys: [], mentions: [], authors: [], html: '', lang: 'en', imageUrl: null, durationS: null };
    const url = `https://papers.example/${guid}`;
    return { ...plain, guid, kind: 'post', url, title, text: abstract, publishedAt: now(), contentHash: guid, transcriptState: null }; // prettier-ignore
  });
  await timed('items stored', () => addItems(db, { sourceId: 1, at: now() }, news));
  await timed('embed (items.embed)', () => embedHandlers(house)['items.embed']!({}, stop));
  await timed('stories + topics (stories.find)', () => clusterHandlers(house)['stories.find']!({}, stop));
  const row = await db.row<{ items: number; placed: number; topics: number; alone: number }>(sql`
    select (select count(*) from items)::int as items, count(*)::int as placed,
      count(distinct topic_id)::int as topics,
      (count(*) filter (where not exists (
        select 1 from story_items as other where other.story_id = mine.story_id and other.item_id <> mine.item_id)))::int as alone
    from story_items as mine join stories on stories.id = mine.story_id and topic_id is not null
    where item_id > (select max(id) - ${records.length} from items)`);
  const { items, placed, topics, alone } = row!;
  const note = `${placed} of ${records.length} placed in ${topics} topics, ${alone} of them alone in their story, ${items} items stored`;
  return { items, stages: figures, peakMb: peakMb(), note };
}
