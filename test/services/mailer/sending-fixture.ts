// A scheduled issue with readers and picks, and a house to send it from, on a given database.
import { reasonWords } from '../../../core/letter/pick-words.ts';
import { parseConfig } from '../../../core/config.ts';
import { sql, type Database } from '../../../core/db.ts';
import { hashContent } from '../../../core/content-hash.ts';
import type { House } from '../../../core/house.ts';
import { linksOf } from '../../../core/links.ts';
import { saveRender } from '../../../core/store/renders.ts';
import { openTemplates } from '../../../core/templates.ts';
import { compileWhole } from './compile-whole.ts';
import type { IssueContent } from '../../../core/store/issue-content.ts';
import { chooseAll, sampleContent } from './sample-issue.ts';

export const sendAt = new Date('2026-11-21T07:00:00Z');

/** Stores a scheduled issue that is not compiled yet, its stories and this many readers with picks; returns its id. */
export async function scheduleSample(
  db: Database,
  { readers, stories = 4, content = sampleContent(stories) }: { readers: number; stories?: number; content?: IssueContent }, // prettier-ignore
) {
  const hash = hashContent(content);
  const storyIds = content.cards.map(({ storyId }) => storyId);
  await db.run(sql`
    insert into stories (id, first_seen, changed_at) overriding system value
    select id, ${sendAt}, ${sendAt} from unnest(${storyIds}::integer[]) as id`);
  const issue = await db.row<{ id: number }>(sql`
    insert into issues (number, slug, week, title, status, content, content_hash, approved_by, approved_hash, approved_at, send_at)
    values (12, '2026-w47', '2026-11-16', 'Courant No 12', 'scheduled', ${JSON.stringify(content)}::jsonb, ${hash},
      'curator', ${hash}, ${sendAt}, ${sendAt}) returning id`);
  await db.run(sql`
    insert into readers (email, status, token, confirmed_at)
    select 'reader' || n || '@example.org', 'active', 'token-' || n, ${new Date('2026-10-03T10:00:00Z')}
    from generate_series(1, ${readers}::integer) as n`);
  await db.run(sql`
    insert into picks (issue_id, reader_id, content_hash, stories, profile, ranker)
    select ${issue!.id}, id, ${hash}, ${JSON.stringify(inWords(chooseAll(content)))}::jsonb, '{}', 'test' from readers`);
  await db.run(sql`
    insert into picked_stories (issue_id, content_hash, story_id)
    select ${issue!.id}, ${hash}, id from unnest(${storyIds}::integer[]) as id`);
  return { issueId: issue!.id, content, contentHash: hash };
}

/** Picks as they were stored before reasons were codes: such rows read on. */
function inWords(picks: ReturnType<typeof chooseAll>) {
  return picks.map(({ reason, ...pick }) => ({ ...pick, reason: reason && reasonWords(reason) }));
}

/** Compiled once for all tests of a process. */
const compiled = new Map<string, ReturnType<typeof compileWhole>>();

/** Stores a compiled sample as well. */
export async function renderSample(db: Database, options: { readers: number; stories?: number }) {
  const sample = await scheduleSample(db, options);
  const origin = { publication: 'Courant', links: linksOf('https://news.example.org') };
  let parts = compiled.get(sample.contentHash);
  if (!parts) compiled.set(sample.contentHash, (parts = compileWhole(openTemplates(), sample.content, origin)));
  await saveRender(db, { ...sample, parts: await parts });
  return sample;
}

/** A house on `db` whose jobs are only written down, and whose clock the test moves. */
export function testHouse(db: Database, settings: Record<string, string>) {
  const enqueued: string[] = [];
  const clock = { now: sendAt };
  const silent = () => undefined;
  const house: House = {
    config: parseConfig({ PUBLIC_URL: 'https://news.example.org', MAIL_PER_SECOND: '10000', ...settings }),
    log: { debug: silent, info: silent, warn: silent, error: silent },
    db,
    queue: {
      enqueue: async (name) => void enqueued.push(name),
      work: async () => ({ stop: async () => undefined }),
      counts: async () => Promise.reject(new Error('not asked in these tests')),
      failures: async () => [],
      close: async () => undefined,
    },
    now: () => clock.now,
  };
  return { house, enqueued, clock };
}
