// Whose letter is shown, how, and to whom a test goes.
import { expect, test } from 'vitest';
import { sql } from '../../../../core/db.ts';
import { hashContent } from '../../../../core/content-hash.ts';
import { noticeComposer } from '../../../../core/mail/compose-notice.ts';
import { loadIssueContent } from '../../../../core/store/issue-content.ts';
import { leaseNotices } from '../../../../core/store/notices.ts';
import { proofsToRank, saveProofs } from '../../../../core/store/proofs.ts';
import { addReaders } from '../../../../core/store/readers.ts';
import type { Role } from '../../../../core/store/curators.ts';
import { testNow } from '../../open-app.ts';
import { hostileTitle, seedIssue } from '../../seed-issue.ts';
import { openDesk } from '../open-desk.ts';

async function openIssue(role: Role = 'editor') {
  const desk = await openDesk(role);
  const id = await seedIssue(desk.db);
  const readers = Array.from({ length: 30 }, (_, at) => ({
    email: `r${at}@readers.example`,
    interests: [],
    length: 5,
  }));
  await addReaders(desk.db, { readers, wording: 't', at: testNow });
  const contentHash = hashContent(await loadIssueContent(desk.db, id));
  const wanted = () => proofsToRank(desk.db, { issueId: id, contentHash, storyIds: [1, 2, 3] });
  const save = async (who: string) =>
    saveProofs(desk.db, {
      issueId: id,
      contentHash,
      proofs: [{ who, pair: null, unmet: ['ethics'], stories: [{ storyId: 3, kind: 'personal', reason: { code: 'matches', words: 'speech' } }] }],
    }); // prettier-ignore
  return { ...desk, id, page: `/desk/issues/${id}`, wanted, save };
}

test('somebody made up is ranked by their interests, and every pick says why', async () => {
  const { get, page, wanted, save, enqueued, id } = await openIssue();
  const busy = await get(`${page}/letter?as=speech+%2B+ethics`);
  expect(busy.body).toContain('The ranker chooses for this reader.');
  expect(busy.headers.refresh).toBe('2');
  expect(await enqueued()).toEqual([`issue.rank {"issueId":${id}}`]);
  expect(await wanted()).toEqual([
    { who: 'words speech, ethics', id: -1, interests: ['speech', 'ethics'], length: 12, rules: [], signals: [], exposed: [], updated: [] },
  ]); // prettier-ignore
  await save('words speech, ethics');
  const { body } = await get(`${page}/letter?as=speech,ethics`);
  expect(body).toContain('Second paper');
  expect(body).toContain('matches &#39;speech&#39;');
  expect(body).toContain('Nothing on ethics this week.');
  expect(body).not.toContain('>Attention pays</a>');
  const why = await get(`${page}/letter?as=speech,ethics&look=why`);
  expect(why.body).toContain('<strong>matches &#39;speech&#39;</strong>');
  expect(why.headers['content-security-policy']).toContain("frame-ancestors 'self'");
  expect((await get(`${page}?as=speech+%2B+ethics&pane=letter`)).body).toContain('somebody for speech + ethics');
});

test('why each story is in it is told in the order of the letter, its lead first', async () => {
  const { get, send, page } = await openIssue();
  await send(`${page}/stories/3`, { change: 'lead' });
  const { body } = await get(`${page}/letter?look=why`);
  expect([...body.matchAll(/<li><span[^>]*>([^<]*)/g)].map(([, title]) => title).slice(0, 2)).toEqual(['Second paper', 'Attention pays']); // prettier-ignore
});

test('any reader is found by a part of their address, and ranked when nobody asked before', async () => {
  const { get, page, wanted, save } = await openIssue();
  const found = await get(`${page}?as=R29%40&pane=letter`);
  expect(found.body).toContain('r29@readers.example');
  expect(found.body).toContain('reader=30');
  expect((await get(`${page}?as=nobody%40&pane=letter`)).body).toContain('No reader’s address has “nobody@” in it.');
  expect((await get(`${page}/letter?reader=30`)).body).toContain('Attention pays');
  expect(await wanted()).toMatchObject([{ who: 'reader 30', id: 30, length: 5 }]);
  await save('reader 30');
  const { body } = await get(`${page}/letter?reader=30`);
  expect(body).toContain('because r29@readers.example subscribed');
  expect(body).not.toContain('>Attention pays</a>');
});

test('a reviewer finds no address, and sends no mail', async () => {
  const { get, send, page } = await openIssue('reviewer');
  expect((await get(`${page}?as=r29%40&pane=letter`)).body).not.toContain('r29@readers.example');
  expect((await send(`${page}/test-mail`)).statusCode).toBe(403);
});

test('the archive is shown as it will be, before anybody may read it', async () => {
  const { get, page } = await openIssue();
  const { body, headers } = await get(`${page}/archive`);
  expect(body).toContain('Issue 1: attention');
  expect(body).not.toContain(hostileTitle);
  expect(headers['cache-control']).toBe('no-store');
  expect(headers['content-security-policy']).toContain("script-src 'self'; ");
  expect((await get(`${page}?look=archive&scheme=dark&pane=letter`)).body).toMatch(
    /class="proof is-dark"[^>]*\/archive/,
  );
});

test('a test mail goes to the curator alone, says that it is one, and its links change nothing', async () => {
  const { send, get, page, db, house, enqueued, id } = await openIssue();
  expect((await send(`${page}/test-mail?look=phone`)).headers.location).toBe(`${page}?look=phone&pane=letter`);
  expect(await enqueued()).toEqual(['notices.send {}']);
  expect((await get(page)).body).toContain('to olga@desk.example is on its way.');
  const [notice] = await leaseNotices(db, { now: testNow, limit: 5, holder: 'test' });
  expect(notice).toMatchObject({ kind: 'test-letter', email: 'olga@desk.example', detail: { issueId: id } });
  const mail = await noticeComposer(house)(notice!);
  expect(mail).toMatchObject({ subject: 'Test: Issue 1: attention' });
  expect(mail!.html).toContain('/unsubscribe/proof-only');
  await db.run(sql`update notices set state = 'failed', smtp_reply = '550 no such mailbox'`);
  expect((await get(page)).body).toContain('was refused: 550 no such mailbox.');
  await db.run(
    sql`insert into notices (kind, email, mailbox, created_at) select 'test-letter', email, mailbox, created_at from notices, generate_series(1, 19)`,
  );
  expect((await send(`${page}/test-mail`)).statusCode).toBe(429);
});
