// A paper is announced, drafted, approved, and taken back: no news, no letter with it, and a mark wherever it was shown.
import { expect, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import { hashContent } from '../../../core/content-hash.ts';
import { listAudit } from '../../../core/store/curators.ts';
import { allBoards, countBoard, keptBoard } from '../../../core/store/boards.ts';
import { loadIssueContent } from '../../../core/store/issue-content.ts';
import { listDeskStories } from '../../../core/store/desk-stories.ts';
import { scheduleIssue } from '../../../core/store/issue-times.ts';
import { approveIssue, createDraft, issueById } from '../../../core/store/issues.ts';
import { addSources } from '../../../core/store/sources.ts';
import { uncarriedStories } from '../../../core/store/uncarried-stories.ts';
import { takeBackApprovals } from '../../../core/store/withdrawals.ts';
import { testDatabase } from '../../database.ts';
import { readIntoStore } from './read-into-store.ts';

const now = new Date();
const week = { since: new Date(now.getTime() - 86_400_000), until: new Date(now.getTime() + 86_400_000) };

function listOf(...papers: { id: string; version: number; type: string; abstract: string }[]): string {
  const items = papers.map(
    ({ id, version, type, abstract }) =>
      `<item><title>A claim numbered ${id}</title><link>https://arxiv.org/abs/${id}</link><description>arXiv:${id}v${version} Announce Type: ${type} Abstract: ${abstract}</description><guid isPermaLink="false">oai:arXiv.org:${id}v${version}</guid><pubDate>${now.toUTCString()}</pubDate><arxiv:announce_type>${type}</arxiv:announce_type></item>`,
  );
  return `<rss version="2.0"><channel><title>cs.LG updates</title>${items.join('')}</channel></rss>`;
}

const records = (id: string, comments: string) =>
  `<OAI-PMH><ListRecords><record><metadata><arXiv><id>${id}</id><created>2026-01-05</created><title>A claim numbered ${id}</title><abstract>Ice is warm.</abstract><comments>${comments}</comments></arXiv></metadata></record></ListRecords></OAI-PMH>`;

const first = { id: '2610.00003', version: 1, type: 'new', abstract: 'Ice is warm.' };
const other = { id: '2610.00004', version: 1, type: 'new', abstract: 'Snow is cold.' };
const takenBack = {
  ...first,
  version: 2,
  type: 'replace',
  abstract: 'This paper has been withdrawn by the author due to an error.',
};

async function openPapers(): Promise<Database> {
  const db = await testDatabase();
  await addSources(db, [{ kind: 'arxiv', title: 'cs.LG', url: 'https://rss.arxiv.org/rss/cs.LG' }]);
  await read(db, listOf(first, other));
  await db.run(
    sql`insert into stories (headline_item_id, first_seen, changed_at) select id, now(), now() from items order by id`,
  );
  await db.run(sql`insert into story_items (item_id, story_id, why) select id, id, 'first' from items`);
  return db;
}

const read = (db: Database, text: string) => readIntoStore(db, text, { kind: 'arxiv' });
const withdrawn = async (db: Database): Promise<boolean[]> =>
  (await db.rows<{ withdrawn: boolean }>(sql`select withdrawn from items order by id`)).map((row) => row.withdrawn);
const newsOf = async (db: Database): Promise<number[]> => (await uncarriedStories(db, week)).map(({ id }) => id);

async function draft(db: Database): Promise<number> {
  const stories = [1, 2].map((storyId) => ({
    storyId,
    section: 'publications',
    role: 'pick' as const,
    summary: ['A sentence.'],
  }));
  return (await createDraft(db, { week: '2026-10-05', slug: 's', titleOf: () => 'One', intro: '', stories }))!;
}

test('a notice in the abstract takes a paper out of news, boards and drafts; a later version brings it back', async () => {
  const db = await openPapers();
  const board = allBoards[0]!;
  expect(await newsOf(db)).toEqual([1, 2]);
  await countBoard(db, board, now);
  await read(db, listOf(takenBack));
  expect(await withdrawn(db)).toEqual([true, false]);
  expect(await newsOf(db)).toEqual([2]);
  expect((await keptBoard(db, { name: board.name, span: board.span.key, now })).map(({ storyId }) => storyId)).toEqual([
    2,
  ]);
  const id = await draft(db);
  expect((await loadIssueContent(db, id)).cards.map(({ storyId }) => storyId)).toEqual([2]);
  expect(await listDeskStories(db, id)).toMatchObject([
    { storyId: 1, silencedBy: 'withdrawn by its authors', marks: expect.arrayContaining(['withdrawn']) },
    { storyId: 2, silencedBy: null, marks: [] },
  ]);
  // An older version that comes late changes nothing, a later one does.
  await read(db, listOf(first));
  expect(await withdrawn(db)).toEqual([true, false]);
  await read(db, listOf({ ...takenBack, version: 3, abstract: 'Ice is cold, as we now know.' }));
  expect(await withdrawn(db)).toEqual([false, false]);
  expect((await loadIssueContent(db, id)).cards).toHaveLength(2);
});

test('a notice in the comment counts where comments are shown, and a list without them takes nothing back', async () => {
  const db = await openPapers();
  await read(db, records(first.id, '5 pages. Withdrawn by the author'));
  expect(await withdrawn(db)).toEqual([true, false]);
  await read(db, listOf(first));
  expect(await withdrawn(db)).toEqual([true, false]);
  await read(db, records(first.id, '5 pages, corrected'));
  expect(await withdrawn(db)).toEqual([false, false]);
});

test('a paper that is new and withdrawn is kept and is no news', async () => {
  const db = await openPapers();
  await read(db, listOf({ ...other, id: '2610.00005', abstract: 'Withdrawn.' }));
  expect(await withdrawn(db)).toEqual([false, false, true]);
});

test('an approval that holds it is taken back, with a line in the history; what goes out or did stays as it is', async () => {
  const db = await openPapers();
  const issueId = await draft(db);
  const seenHash = hashContent(await loadIssueContent(db, issueId));
  await approveIssue(db, { issueId, seenHash, approvedBy: 'Olga', at: now });
  await scheduleIssue(db, { issueId, sendAt: now });
  expect(await takeBackApprovals(db, now)).toEqual([]);
  await read(db, listOf(takenBack));
  expect(await takeBackApprovals(db, now)).toEqual([issueId]);
  expect(await issueById(db, issueId)).toMatchObject({ status: 'in_review', approvedBy: null, content: null });
  expect(await listAudit(db, `issue ${issueId}`)).toMatchObject([
    { actor: 'Courant', before: { approvedBy: 'Olga' }, after: { withdrawn: ['A claim numbered 2610.00003'] } },
  ]);
  const again = hashContent(await loadIssueContent(db, issueId));
  await approveIssue(db, { issueId, seenHash: again, approvedBy: 'Olga', at: now });
  expect(await takeBackApprovals(db, now)).toEqual([]);
});

test.each(['sending', 'sent'])('an issue that is %s keeps its content', async (status) => {
  const db = await openPapers();
  const issueId = await draft(db);
  await approveIssue(db, {
    issueId,
    seenHash: hashContent(await loadIssueContent(db, issueId)),
    approvedBy: 'Olga',
    at: now,
  });
  await db.run(sql`update issues set status = ${status} where id = ${issueId}`);
  await read(db, listOf(takenBack));
  expect(await takeBackApprovals(db, now)).toEqual([]);
  expect((await issueById(db, issueId))?.content?.cards).toHaveLength(2);
});

test('a copy of a list at another address, added as a feed, says it as well', async () => {
  const db = await testDatabase();
  await addSources(db, [{ kind: 'feed', title: 'Copy', url: 'https://mirror.example/cs.LG.xml' }]);
  for (const paper of [first, takenBack]) {
    const list = listOf(paper).replace('<rss ', '<rss xmlns:arxiv="http://arxiv.org/schemas/atom" ');
    await readIntoStore(db, list, { kind: 'feed', now });
  }
  expect(await db.rows(sql`select kind, guid, version, withdrawn from items`)).toEqual([
    { kind: 'paper', guid: first.id, version: 2, withdrawn: true },
  ]);
});
