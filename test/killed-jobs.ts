// Jobs that write in more than one commit, what they find, and what has to stand in the end: for tests that kill them between two.
import { sql, type Database } from '../core/db.ts';
import type { Handlers } from '../core/jobs.ts';
import { planHooks } from '../core/store/outgoing-hooks.ts';
import { addReaders } from '../core/store/readers.ts';
import { bringWorks } from '../core/store/brought-works.ts';
import { addSources } from '../core/store/sources.ts';
import { sendAt, testHouse } from './services/mailer/sending-fixture.ts';
import { seedIssue } from './services/seed-issue.ts';

interface Killed {
  /** Loaded where it is done: a process of one job starts in half the time of one with every stage. */
  handlers: () => Promise<(house: ReturnType<typeof testHouse>['house']) => Handlers>;
  run: (handlers: Handlers) => Promise<void>;
  /** What it finds. */
  given: (db: Database, address: string) => Promise<unknown>;
  /** What stands in the end, the same whether it was killed or not. */
  stands: ReturnType<typeof sql>;
}

const never = new AbortController().signal;

async function addReader(db: Database): Promise<number> {
  await addReaders(db, { readers: [{ email: 'ada@readers.example', interests: [], length: 5 }], wording: 'test', at: sendAt }); // prettier-ignore
  return (await db.row<{ id: number }>(sql`select id from readers`))!.id;
}

export const killedJobs = {
  'a page that names a feed is followed': {
    handlers: async () => (await import('../workers/ingest/handlers.ts')).ingestHandlers,
    run: (handlers) => handlers['source.check']!({ sourceId: 1 }, never),
    given: (db, address) => addSources(db, [{ kind: 'feed', title: `http://${address}/page`, url: `http://${address}/page` }]), // prettier-ignore
    stands: sql`select split_part(url, '/', 4) as path, title, health, moved_to, leased_until, last_success_at is not null as is_read,
      (select array_agg(guid order by guid) from items) as guids, (select count(*)::int from source_moves) as moves from sources`,
  },
  'papers that readers brought are fetched': {
    handlers: async () => (await import('../workers/ingest/handlers.ts')).ingestHandlers,
    run: (handlers) => handlers['papers.fetch']!({}, never),
    given: async (db) => {
      const readerId = await addReader(db);
      const works = ['1706.03762', '1810.04805'].map((number) => ({ title: `arXiv:${number}`, text: '', key: `arxiv:${number}` })); // prettier-ignore
      await bringWorks(db, { readerId, storyIds: [], works, at: sendAt });
    },
    stands: sql`select title, key, (select count(*)::int from wanted_papers) as wanted,
      (select count(*)::int from items) as items from brought_works order by title`,
  },
  'editions are drafted': {
    handlers: async () => (await import('../workers/compose/handlers.ts')).composeHandlers,
    run: (handlers) => handlers['issue.translate']!({ issueId: 1 }, never),
    given: seedIssue,
    stands: sql`select lang, story_id, words, refused from edition_texts order by lang, story_id`,
  },
  'pictures are kept': {
    handlers: async () => (await import('../workers/render/handlers.ts')).renderHandlers,
    run: (handlers) => handlers['pictures.fetch']!({ issueId: 1 }, never),
    given: async (db, address) => {
      await seedIssue(db);
      await db.run(sql`update items set image_url = ${`http://${address}/picture.png`}`);
      await db.run(sql`update issue_stories set alt_text = 'A bee'`);
    },
    stands: sql`select picture, width, height, (select count(*)::int from pictures) as kept from fetched_pictures`,
  },
  'another system is told': {
    handlers: async () => (await import('../workers/upkeep/handlers.ts')).upkeepHandlers,
    run: (handlers) => handlers['hooks.send']!({}, never),
    given: async (db) => {
      await addReader(db);
      await planHooks(db, sendAt);
    },
    stands: sql`select type, state, attempts, answer from outgoing_hooks`,
  },
} satisfies Record<string, Killed>;

export type KilledJob = keyof typeof killedJobs;

/** Does it; `later` is when leases of whoever died are over. */
export async function doJob(
  name: KilledJob,
  { db, address, later }: { db: Database; address: string; later: boolean },
): Promise<void> {
  const job: Killed = killedJobs[name];
  const { house, clock } = testHouse(db, {
    ALLOW_ADDRESSES: address,
    ARXIV_API_URL: `http://${address}/arxiv`,
    TRANSLATE_URL: `http://${address}`,
    TRANSLATE_API: 'libretranslate',
    EDITIONS: 'de, fr',
    WEBHOOK_URL: `http://${address}/hook`,
    WEBHOOK_SECRET: `whsec_${Buffer.from('another secret of thirty-two byte').toString('base64')}`,
  });
  if (later) clock.now = new Date(sendAt.getTime() + 3_600_000);
  const handlers = await job.handlers();
  await job.run(handlers(house));
}
