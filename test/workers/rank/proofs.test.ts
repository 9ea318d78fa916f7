// Proofs that the desk waits for: of readers, and of somebody made up, ranked by `issue.rank`.
import { expect, onTestFinished, test } from 'vitest';
import { parseConfig } from '../../../core/config.ts';
import { sql } from '../../../core/db.ts';
import type { House } from '../../../core/house.ts';
import { openLog } from '../../../core/log.ts';
import { pickLine } from '../../../core/letter/pick-words.ts';
import { openQueue } from '../../../core/queue.ts';
import { contentToRank, createDraft } from '../../../core/store/issues.ts';
import { askForProof, proofOf } from '../../../core/store/proofs.ts';
import { addReaders } from '../../../core/store/readers.ts';
import { rankHandlers } from '../../../workers/rank/handlers.ts';
import { testDatabase } from '../../database.ts';

const now = new Date('2026-11-20T09:00:00Z');
const issueId = 1;
const titles = ['Attention', 'Scaling laws', 'Latent diffusion', 'Speech recognition', 'Denoising', 'Speech without labels', 'Policy optimization', 'A robot hand']; // prettier-ignore

async function openHouse(): Promise<House> {
  const db = await testDatabase();
  const log = openLog({ LOG_LEVEL: 'silent' });
  const queue = await openQueue({ db, log });
  onTestFinished(() => queue.close());
  await db.run(sql`insert into sources (kind, title, url) values ('feed', 'Notes', 'https://notes.example/feed')`);
  await db.run(sql`
    insert into items (source_id, guid, kind, url, title, text, published_at, content_hash)
    select 1, title, 'post', 'https://notes.example/' || place, title, '', ${now}, title
    from unnest(${titles}::text[]) with ordinality as t(title, place) order by place`);
  await db.run(sql`
    insert into stories (headline_item_id, first_seen, changed_at) select id, ${now}, ${now} from items order by id`);
  await db.run(sql`insert into story_items (item_id, story_id, why) select id, id, 'first' from items`);
  await createDraft(db, {
    week: '2026-11-16',
    slug: '2026-w47',
    titleOf: (number) => `Issue ${number}`,
    intro: '',
    stories: titles.map((_, at) => ({ storyId: at + 1, section: 'posts', role: at < 2 ? 'pick' : 'pool', summary: [] })), // prettier-ignore
  });
  const readers = [{ email: 'ada@example.org', interests: ['diffusion'], length: 4 }];
  await addReaders(db, { readers, wording: 'test', at: now });
  return { config: parseConfig({}), db, log, queue, now: () => now };
}

test('a proof that the desk waits for is ranked, of somebody made up and of a reader beyond the first fifty, of a draft and of what is approved', async () => {
  const house = await openHouse();
  const { db } = house;
  const { contentHash } = (await contentToRank(db, issueId))!;
  const [madeUp, reader] = [{ words: ['speech', 'medieval law'] }, { readerId: 1 }];
  for (const of of [madeUp, reader]) await askForProof(db, { issueId, contentHash, of, at: now });
  await askForProof(db, { issueId, contentHash: 'of another time', of: { words: ['robots'] }, at: now });
  await rankHandlers(house)['issue.rank']!({ issueId }, new AbortController().signal);
  const proof = await proofOf(db, { issueId, contentHash, of: madeUp });
  expect(proof?.unmet).toEqual(['medieval law']);
  expect(
    proof?.stories
      .map(({ storyId }) => storyId)
      .slice(0, 4)
      .toSorted(),
  ).toEqual([1, 2, 4, 6]);
  expect(pickLine(proof!.stories.find(({ storyId }) => storyId === 4)!)).toBe("matches 'speech'");
  expect((await proofOf(db, { issueId, contentHash, of: reader }))?.stories).toHaveLength(4);
  expect(await proofOf(db, { issueId, contentHash: 'of another time', of: { words: ['robots'] } })).toBeUndefined();
  // Asked for again, what is ranked stays; of another content it is ranked anew.
  await askForProof(db, { issueId, contentHash, of: madeUp, at: now });
  expect(await proofOf(db, { issueId, contentHash, of: madeUp })).toEqual(proof);
});

test('a letter does not say that there is nothing on what a story for everybody is about', async () => {
  const house = await openHouse();
  const { contentHash } = (await contentToRank(house.db, issueId))!;
  // 'Scaling laws' is a pick, and stands in nobody's pool; no word of the other interest is said anywhere.
  const of = { words: ['scaling law', 'scaling temples'] };
  await askForProof(house.db, { issueId, contentHash, of, at: now });
  await rankHandlers(house)['issue.rank']!({ issueId }, new AbortController().signal);
  expect((await proofOf(house.db, { issueId, contentHash, of }))?.unmet).toEqual(['scaling temples']);
});

test('a story that several sources tell says so to a reader nobody knows', async () => {
  const house = await openHouse();
  const { db } = house;
  await db.run(sql`insert into sources (kind, title, url) values ('feed', 'Other notes', 'https://others.example/feed')`); // prettier-ignore
  await db.run(sql`
    with added as (
      insert into items (source_id, guid, kind, url, title, text, published_at, content_hash)
      values (2, 'again', 'post', 'https://others.example/1', 'Latent diffusion', '', ${now}, 'again') returning id)
    insert into story_items (item_id, story_id, why) select id, 3, 'near' from added`);
  const { contentHash } = (await contentToRank(db, issueId))!;
  const of = { words: [] };
  await askForProof(db, { issueId, contentHash, of, at: now });
  await rankHandlers(house)['issue.rank']!({ issueId }, new AbortController().signal);
  const { stories } = (await proofOf(db, { issueId, contentHash, of }))!;
  const lines = new Map(stories.map((pick) => [pick.storyId, pickLine(pick)]));
  expect([lines.get(1), lines.get(3), lines.get(4)]).toEqual(['everybody gets this one', 'told by 2 sources', 'new this week']); // prettier-ignore
});
