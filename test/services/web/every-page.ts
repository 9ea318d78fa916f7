// Every page of the site by its route, with an address at which it is whole on a small seeded database.
import { sql, type Database } from '../../../core/db.ts';
import { addReaders } from '../../../core/store/readers.ts';
import { addRule } from '../../../core/store/rules.ts';
import { recordSignal } from '../../../core/store/signals.ts';
import { testNow } from '../open-app.ts';
import { seedSentIssue } from '../seed-issue.ts';

const groupToken = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';

/** An issue that was sent, a deadline, and a reader with interests, rules and a signal; returns the reader's token. */
export async function seedEveryPage(db: Database): Promise<string> {
  await seedSentIssue(db);
  await addReaders(db, {
    readers: [{ email: 'ada@readers.example', interests: ['attention', 'knitting'], length: 8 }],
    wording: 'test',
    at: testNow,
  });
  await recordSignal(db, { readerId: 1, storyId: 1, kind: 'like', at: testNow });
  await db.run(sql`
    insert into picks (issue_id, reader_id, content_hash, story_ids, whys, ranker, pair_left, pair_right, pair_alone, pair_by_lot)
    values (1, 1, 'h', '{}', '{}', 'r', 1, 3, 0.1, false)`);
  await addRule(db, { readerId: 1, rule: { effect: 'never', field: 'word', words: 'knitting' }, at: testNow });
  await addRule(db, { readerId: 1, rule: { effect: 'always', field: 'source', words: 'Talks' }, at: testNow });
  await db.run(sql`
    insert into deadlines (source_id, key, title, year, due_at, subjects)
    select 1, 'icml', 'ICML', 2027, ${new Date('2026-12-24T12:00:00Z')}, '{ML}'`);
  await db.run(sql`
    insert into shortlists (token, reader_id, name, day, created_at) values (${groupToken}, 1, 'Ada L.', '2026-12-03', ${testNow})`);
  await db.run(
    sql`insert into shortlist_stories (shortlist_id, story_id, reader_id, added_at) values (1, 1, 1, ${testNow})`,
  );
  return (await db.row<{ token: string }>(sql`select token from readers`))!.token;
}

export const everyPage = (token: string): Record<string, string> => ({
  '/': '/',
  '/subscribe': '/subscribe',
  '/subscribe/peek': '/subscribe/peek?interests=attention',
  '/subscribe/asked': '/subscribe/asked',
  '/confirm/:token': `/confirm/${token}`,
  '/preferences/:token': `/preferences/${token}?said=removed&undo=interest&words=x`,
  '/preferences/:token/bring': `/preferences/${token}/bring`,
  '/preferences/:token/delete': `/preferences/${token}/delete`,
  '/preferences/:token/rules/preview': `/preferences/${token}/rules/preview?effect=never&field=word&words=attention`,
  '/unsubscribe/:token': `/unsubscribe/${token}`,
  '/signal/:token/:storyId/:kind': `/signal/${token}/1/save`,
  '/pair/:token/:slug/:storyId': `/pair/${token}/2026-w47/3`,
  '/read/:token': `/read/${token}`,
  '/read/:token/:slug': `/read/${token}/2026-w47`,
  '/read/:token/stories/:id': `/read/${token}/stories/1`,
  '/groups/:token': `/groups/${groupToken}`,
  '/issues': '/issues',
  '/issues/:slug': '/issues/2026-w47',
  '/issues/:slug/rest': '/issues/2026-w47/rest',
  // Of an edition that the seeded issue does not have: its own language is that of its address.
  '/issues/:slug/:lang': '/issues/2026-w47/fr',
  '/issues/:slug/map': '/issues/2026-w47/map',
  '/stories/:id': '/stories/1',
  '/topics': '/topics',
  '/topics/:id': '/topics/1',
  '/sources': '/sources',
  '/sources/:id': '/sources/1',
  '/authors/:name': '/authors/Ada%20L.',
  '/search': '/search?q=attention',
  '/map': '/map',
  '/boards': '/boards',
  '/boards/:board/:span': '/boards/recent/year',
  '/deadlines': '/deadlines',
  '/api/docs': '/api/docs',
  '/address/:token': '/address/aaaaaaaaaaaaaaaaaaaaaaaa',
});
