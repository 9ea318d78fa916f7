// A small issue in the tables: three stories, one of them hostile, one with a talk beside its paper.
import { sql, type Database } from '../../core/db.ts';
import { hashContent } from '../../core/content-hash.ts';
import { loadIssueContent } from '../../core/store/issue-content.ts';
import { approveIssue, createDraft } from '../../core/store/issues.ts';

export const hostileTitle = `<script>alert("x")</script> & 'quotes'`;

/** Stores it as a draft and returns its id. Story 1: paper and talk; 2: hostile post with a javascript: address; 3: paper. */
export async function seedIssue(db: Database): Promise<number> {
  await db.pool.query(`
    insert into sources (kind, title, url) values ('arxiv', 'arXiv cs.CL', 'https://a.example/'),
      ('youtube', 'Talks', 'https://b.example/'), ('feed', 'Evil <b>Blog</b>', 'https://c.example/')`);
  await db.run(sql`
    insert into items (source_id, guid, kind, url, title, authors, text, published_at, content_hash) values
      (1, 'p1', 'paper', 'https://arxiv.example/1', 'Attention pays', '{"Ada L."}', 'We attend. It pays.', '2026-11-18', 'a'),
      (2, 'v1', 'video', 'https://video.example/watch?v=1', 'Attention, the talk', '{}', 'A talk.', '2026-11-19', 'b'),
      (3, 'x1', 'post', 'javascript:alert(1)', ${hostileTitle}, '{}', ${hostileTitle}, '2026-11-19', 'c'),
      (1, 'p2', 'paper', 'https://arxiv.example/2', 'Second paper', '{}', 'Text.', '2026-11-18', 'd')`);
  await db.pool.query(`
    insert into segments (item_id, position, start_s, text) values (2, 1, 760, 'Here the proof starts');
    insert into topics (name, keywords) values ('attention', '{transformer}');
    insert into stories (headline_item_id, topic_id, first_seen, changed_at) values
      (1, 1, '2026-11-18', now()), (3, null, '2026-11-19', now()), (4, 1, '2026-11-18', now());
    insert into story_items (item_id, story_id, why) values (1, 1, 'first'), (2, 1, 'near'), (3, 2, 'first'), (4, 3, 'first')`);
  const id = await createDraft(db, {
    week: '2026-11-16',
    slug: '2026-w47',
    titleOf: (number) => `Issue ${number}: attention`,
    intro: 'First paragraph.\n\nSecond <i>paragraph</i>.',
    stories: [
      { storyId: 1, section: 'publications', role: 'pick', summary: ['We attend.', 'It pays.'] },
      { storyId: 3, section: 'publications', role: 'pool', summary: ['Text.'] },
      { storyId: 2, section: 'posts', role: 'pick', summary: [hostileTitle] },
    ],
  });
  return id!;
}

/** Stores it as sent and returns its id. */
export async function seedSentIssue(db: Database): Promise<number> {
  const issueId = await seedIssue(db);
  await markSent(db, issueId);
  return issueId;
}

/** Approves what the tables say now, and says it was sent. */
export async function markSent(db: Database, issueId: number): Promise<void> {
  const seenHash = hashContent(await loadIssueContent(db, issueId));
  await approveIssue(db, { issueId, seenHash, approvedBy: 'Olga', at: new Date('2026-11-20T10:00:00Z') });
  await db.run(sql`
    update issues set status = 'sent', send_at = '2026-11-20T11:00:00Z', sent_at = '2026-11-20T11:05:00Z'
    where id = ${issueId}`);
}

/** Everything a page might change, as one text: equal before and after means nothing changed. */
export async function stateOf(db: Database): Promise<string> {
  const tables = [
    'readers',
    'interests',
    'consents',
    'signals',
    'asks',
    'notices',
    'issues',
    'issue_stories',
    'edition_texts',
    'sources',
    'curators',
    'sign_ins',
    'audit',
    'settings',
    'suppressions',
  ];
  const state = await Promise.all(
    tables.map(async (table) => [
      table,
      (await db.pool.query(`select to_jsonb(t) as row from ${table} as t order by 1`)).rows,
    ]),
  );
  return JSON.stringify(state);
}
