// The issue desk: what a curator sees, changes, approves and schedules, and what is refused.
import { describe, expect, onTestFinished, test } from 'vitest';
import { sql } from '../../../../core/db.ts';
import { hashContent } from '../../../../core/content-hash.ts';
import { listAudit } from '../../../../core/store/curators.ts';
import { loadIssueContent } from '../../../../core/store/issue-content.ts';
import { issueById } from '../../../../core/store/issues.ts';
import { addReaders } from '../../../../core/store/readers.ts';
import { testNow } from '../../open-app.ts';
import { seedIssue, seedSentIssue, stateOf } from '../../seed-issue.ts';
import { everyReason } from '../every-reason.ts';
import { openDesk } from '../open-desk.ts';

async function openIssue(...how: Parameters<typeof openDesk>) {
  const desk = await openDesk(...how);
  const id = await seedIssue(desk.db);
  const order = async () => (await loadIssueContent(desk.db, id)).cards.map(({ storyId }) => storyId);
  const hash = async () => hashContent(await loadIssueContent(desk.db, id));
  const story = (storyId: number, fields: Record<string, string>) =>
    desk.send(`/desk/issues/${id}/stories/${storyId}`, fields);
  return { ...desk, id, order, hash, story, issue: async () => (await issueById(desk.db, id))! };
}

describe('the list', () => {
  test('is empty with words for it, and drafting enqueues its job', async () => {
    const { get, send, enqueued } = await openDesk();
    expect((await get('/desk')).body).toContain('No issue yet.');
    expect((await send('/desk/draft')).headers.location).toBe('/desk?said=drafting');
    expect(await enqueued()).toEqual(['issue.draft {}']);
  });
});

describe('editing', () => {
  test('stories move within their section, change section and role, go and come back', async () => {
    const { story, order, id, db, get } = await openIssue();
    expect(await order()).toEqual([1, 3, 2]);
    await story(3, { change: 'move', direction: 'up' });
    expect(await order()).toEqual([3, 1, 2]);
    await story(3, { change: 'move', direction: 'up' });
    expect(await order()).toEqual([3, 1, 2]);
    await story(3, { change: 'move', direction: 'down' });
    expect(await order()).toEqual([1, 3, 2]);
    await story(1, { change: 'section', section: 'posts' });
    expect(await order()).toEqual([3, 2, 1]);
    await story(2, { change: 'role', role: 'removed' });
    expect(await order()).toEqual([3, 1]);
    expect((await get(`/desk/issues/${id}?show=rejected&story=2`)).body).toContain('Restore');
    await story(2, { change: 'role', role: 'pool' });
    expect((await loadIssueContent(db, id)).cards.find(({ storyId }) => storyId === 2)?.role).toBe('pool');
    const audit = await listAudit(db, `issue ${id}`);
    expect(audit).toHaveLength(6);
    expect(audit.at(-1)).toMatchObject({ actor: 'Olga', action: 'move story 3', before: { position: 2 } });
  });

  test('the lead stands first among the picks, as in the letter, though its section comes later', async () => {
    const { db, id, get } = await openIssue();
    await db.run(sql`update issue_stories set position = 0 where story_id = 2`);
    const { body } = await get(`/desk/issues/${id}`);
    expect([...body.matchAll(/data-story="(\d)" data-role="pick"/g)].map(([, story]) => story)).toEqual(['2', '1']);
    expect([...body.matchAll(/is-pick">(\w+)</g)].map(([, tag]) => tag)).toEqual(['lead', 'pick']);
  });

  test('a removal leads to the story beside it, or to the top when there is none', async () => {
    const { story, id } = await openIssue();
    const remove = async (storyId: number) =>
      (await story(storyId, { change: 'role', role: 'removed' })).headers.location;
    expect(await remove(1)).toBe(`/desk/issues/${id}?story=3#story-3`);
    expect(await remove(3)).toBe(`/desk/issues/${id}`);
    await story(1, { change: 'role', role: 'pool' });
    await story(3, { change: 'role', role: 'pool' });
    expect(await remove(3)).toBe(`/desk/issues/${id}?story=1#story-1`);
  });

  test('a removed neighbour is stepped over', async () => {
    const { story, order, db, id } = await openIssue();
    await db.run(sql`update issue_stories set section = 'publications' where issue_id = ${id}`);
    await story(3, { change: 'role', role: 'removed' });
    await story(2, { change: 'move', direction: 'up' });
    expect(await order()).toEqual([2, 1]);
  });

  test('a story whose sources are muted after drafting stays on the list and says why it is not in the letter', async () => {
    const { get, db, id, order } = await openIssue();
    await db.run(sql`update sources set muted = true where id = 3`);
    const { body } = await get(`/desk/issues/${id}?story=2`);
    expect(body).toContain('<strong class="warn">Not in the letter:</strong> Evil &lt;b&gt;Blog&lt;/b&gt; (muted)');
    expect(body.match(/<span class="n">\d<\/span>/g)).toHaveLength(2);
    expect(body).toContain('not in the letter</span>');
    expect((await get(`/desk/issues/${id}`)).body).toContain('1 pick for everybody');
    expect(await order()).toEqual([1, 3]);
    // The talk beside the paper is heard.
    await db.run(sql`update sources set muted = id = 1, deleted_at = case when id = 3 then now() end`);
    expect((await get(`/desk/issues/${id}?story=2`)).body).toContain('Evil &lt;b&gt;Blog&lt;/b&gt; (deleted)');
    expect((await loadIssueContent(db, id)).cards.map(({ title }) => title)).toEqual(['Attention, the talk']);
  });

  test('the letter and the list say that a paper was updated', async () => {
    const { get, db, id } = await openIssue();
    await db.pool.query(`update items set version = 2 where guid = 'p1';
      insert into item_history (item_id, at, version, title, text, content_hash)
      values (1, '2026-11-19', 1, 'Attention pays', 'Something else stood here before.', 'one')`);
    expect((await get(`/desk/issues/${id}`)).body).toContain('<strong>updated to version 2</strong>');
    expect((await get(`/desk/issues/${id}/letter`)).body).toContain('arXiv cs.CL · updated to version 2');
  });

  test('the intro is saved and shown escaped', async () => {
    const { send, get, id, issue } = await openIssue();
    await send(`/desk/issues/${id}/intro`, { intro: ' One.\r\n\r\nTwo </textarea><script>x</script> ' });
    expect((await issue()).intro).toBe('One.\n\nTwo </textarea><script>x</script>');
    expect((await get(`/desk/issues/${id}`)).body).not.toContain('<script>x');
  });

  test.each([
    ['an unknown change', { change: 'explode' }],
    ['an unknown section', { change: 'section', section: 'gossip' }],
    ['an unknown role', { change: 'role', role: 'star' }],
    ['nothing', {}],
  ])('%s is refused and changes nothing', async (_what, fields) => {
    const { story, db } = await openIssue();
    const before = await stateOf(db);
    expect((await story(1, fields as Record<string, string>)).statusCode).toBe(400);
    expect(await stateOf(db)).toBe(before);
  });

  test('several stories change at once, those of the rest of the week with them, and an edit leads back to its view', async () => {
    const { send, db, id, order } = await openIssue();
    await db.pool.query(`insert into stories (first_seen, changed_at) values ('2026-11-18', now());
      insert into issue_pool (issue_id, story_id, position, section, card, hash)
      values (${id}, 4, 1, 'posts', '{"summary": [], "section": "posts"}', 'x')`);
    await db.run(sql`update issue_pool set hash = ${hashContent({ summary: [], section: 'posts' })}`);
    const view = '?show=picks&by=topic&q=a&story=1&reader=7';
    const answer = await send(`/desk/issues/${id}/bulk${view}`, { stories: ['1', '4'], act: 'removed' });
    expect(answer.headers.location).toBe(`/desk/issues/${id}${view}#story-1`);
    const roles = await db.rows<{ storyId: number; role: string }>(
      sql`select story_id, role from issue_stories order by 1`,
    );
    expect(roles.map(({ role }) => role)).toEqual(['removed', 'pick', 'pool', 'removed']);
    await send(`/desk/issues/${id}/bulk`, { stories: ['3', '2'], act: 'section', section: 'tools' });
    expect(await order()).toEqual([3, 2]);
    const unticked = await send(`/desk/issues/${id}/bulk`, { act: 'pick' });
    expect([unticked.statusCode, unticked.headers.location]).toEqual([303, expect.stringContaining('said=tick')]);
    expect((await send(`/desk/issues/${id}/bulk`, { stories: ['1', '99'], act: 'pick' })).statusCode).toBe(404);
    expect(await order()).toEqual([3, 2]);
  });

  test('a story is put before another of its section, and nowhere else', async () => {
    const { story, order, db, id } = await openIssue();
    await db.run(sql`update issue_stories set section = 'publications' where issue_id = ${id}`);
    expect(await order()).toEqual([1, 3, 2]);
    await story(2, { change: 'place', before: '1' });
    expect(await order()).toEqual([2, 1, 3]);
    await story(2, { change: 'place', before: '3' });
    expect(await order()).toEqual([1, 2, 3]);
    await db.run(sql`update issue_stories set section = 'posts' where story_id = 3`);
    await story(2, { change: 'place', before: '3' });
    expect(await order()).toEqual([1, 2, 3]);
  });

  test('a story that is not in the issue is not found', async () => {
    const { story } = await openIssue();
    expect((await story(99, { change: 'role', role: 'pick' })).statusCode).toBe(404);
  });
});

describe('approving', () => {
  test('the hash that was shown approves, and rings for the picks, after which the letters are compiled', async () => {
    const { send, get, id, issue, hash, enqueued, db } = await openIssue();
    const page = await get(`/desk/issues/${id}`);
    expect(page.body).toContain(`<code>${(await hash()).slice(0, 12)}</code>`);
    const shown = /name="hash" value="([0-9a-f]{64})"/.exec(page.body)![1]!;
    await send(`/desk/issues/${id}/approve`, { hash: shown, ...everyReason });
    expect(await issue()).toMatchObject({ status: 'approved', approvedBy: 'Olga', approvedHash: shown });
    expect(await enqueued()).toEqual([`issue.rank {"issueId":${id}}`]);
    expect((await listAudit(db, `issue ${id}`))[0]).toMatchObject({
      actor: 'Olga',
      action: 'approve',
      after: { hash: shown, why: { address: 'Made up for a test.' } },
    });
    expect((await get(`/desk/issues/${id}`)).body).toContain('Olga, approve');
  });

  test('a stale hash is refused in plain words', async () => {
    const { send, story, id, issue, hash } = await openIssue();
    const seen = await hash();
    await story(3, { change: 'move', direction: 'up' });
    const answer = await send(`/desk/issues/${id}/approve`, { hash: seen, ...everyReason });
    expect(answer.statusCode).toBe(409);
    expect(answer.body).toContain('changed since you opened it; look at it again, then approve');
    expect((await issue()).status).toBe('in_review');
  });

  test('an edit after the approval brings the issue back to review, which the page says before', async () => {
    const { send, get, story, id, issue, hash } = await openIssue();
    await send(`/desk/issues/${id}/approve`, { hash: await hash(), ...everyReason });
    await send(`/desk/issues/${id}/schedule`, { sendAt: '2026-11-21T07:00', when: 'then' });
    expect((await get(`/desk/issues/${id}`)).body).toContain('Any change brings the issue back to review');
    const asked = await story(3, { change: 'role', role: 'pick' });
    expect(asked.statusCode).toBe(409);
    expect(asked.body).toContain('This issue goes out Sat 21 Nov 2026, 07:00 to 0 readers. Change it all the same?');
    expect(asked.body).toContain('takes away the approval by Olga and the time');
    expect(asked.body).toContain('name="role" value="pick"');
    expect(await issue()).toMatchObject({ status: 'scheduled' });
    const anyway = /name="anyway" value="([^"]+)"/.exec(asked.body)![1]!;
    expect((await story(3, { change: 'role', role: 'pick', anyway: `${anyway}x` })).statusCode).toBe(409);
    await story(3, { change: 'role', role: 'pick', anyway });
    expect(await issue()).toMatchObject({ status: 'in_review', approvedHash: null, sendAt: null });
  });

  test('an issue that was sent cannot be changed, and shows its ledger', async () => {
    const { send, get, db } = await openDesk();
    const id = await seedSentIssue(db);
    await addReaders(db, { readers: [{ email: 'a@b.example', interests: [], length: 5 }], wording: 't', at: testNow });
    await db.run(
      sql`insert into deliveries (issue_id, reader_id, state, content_hash) values (${id}, 1, 'unknown', 'x')`,
    );
    expect((await send(`/desk/issues/${id}/intro`, { intro: 'late' })).statusCode).toBe(409);
    const { body } = await get(`/desk/issues/${id}`);
    expect(body).toContain('The ledger');
    expect(body).not.toContain('Save the subject');
  });
});

describe('the audit', () => {
  test('has no line of an approval or a time that did not hold, and no approval holds without its line', async () => {
    const { send, id, hash, db, issue } = await openIssue('editor', { LOG_LEVEL: 'silent' });
    await send(`/desk/issues/${id}/approve`, { hash: '0'.repeat(64), ...everyReason });
    await send(`/desk/issues/${id}/schedule`, { when: 'now' });
    expect(await listAudit(db, `issue ${id}`)).toEqual([]);
    onTestFinished(async () => void (await db.run(sql`alter table audit drop constraint closed`)));
    await db.run(sql`alter table audit add constraint closed check (action not in ('approve', 'schedule')) not valid`);
    expect((await send(`/desk/issues/${id}/approve`, { hash: await hash(), ...everyReason })).statusCode).toBe(500);
    expect((await issue()).status).toBe('draft');
    await db.run(sql`update issues set status = 'approved', content_hash = 'x', approved_hash = 'x' where id = ${id}`);
    expect((await send(`/desk/issues/${id}/schedule`, { when: 'now', anyway: 'send x' })).statusCode).toBe(500);
    expect((await issue()).status).toBe('approved');
  });
});

describe('sending', () => {
  test('is scheduled in the time zone of the house, or at once', async () => {
    const { send, id, issue, hash, enqueued } = await openIssue();
    expect((await send(`/desk/issues/${id}/schedule`, { sendAt: '2026-11-21T07:00' })).statusCode).toBe(409);
    await send(`/desk/issues/${id}/approve`, { hash: await hash(), ...everyReason });
    expect((await send(`/desk/issues/${id}/schedule`, { sendAt: 'soon' })).statusCode).toBe(400);
    const set = await send(`/desk/issues/${id}/schedule?as=bees&look=phone`, { sendAt: '2026-11-21T07:00' });
    // Whose letter was looked at, and how, stays.
    expect(set.headers.location).toBe(`/desk/issues/${id}?as=bees&look=phone`);
    expect(await issue()).toMatchObject({ status: 'scheduled', sendAt: new Date('2026-11-21T07:00:00Z') });
    expect(await enqueued()).not.toContain(`issue.send {"issueId":${id}}`);
    const asked = await send(`/desk/issues/${id}/schedule`, { when: 'now' });
    expect([asked.statusCode, asked.body]).toEqual([409, expect.stringContaining('Send it to 0 readers now?')]);
    expect(await issue()).toMatchObject({ status: 'scheduled', sendAt: new Date('2026-11-21T07:00:00Z') });
    const anyway = /name="anyway" value="([^"]+)"/.exec(asked.body)![1]!;
    await send(`/desk/issues/${id}/schedule`, { when: 'now', anyway });
    expect(await enqueued()).toContain(`issue.send {"issueId":${id}}`);
  });

  test('at once sets the time alone: the date and the approval stay, and nobody is sent to change what was approved', async () => {
    const { send, get, id, hash, db, issue } = await openIssue();
    await db.run(sql`update issues set dated = '2026-12-05' where id = ${id}`);
    const approved = await hash();
    await send(`/desk/issues/${id}/approve`, { hash: approved, ...everyReason });
    const page = (await get(`/desk/issues/${id}`)).body;
    expect(page).toContain('The issue keeps its date, Sat 5 Dec 2026, whenever it goes out');
    expect(page).toContain('is approved anew');
    const asked = (await send(`/desk/issues/${id}/schedule`, { when: 'now' })).body;
    expect(asked).toContain('dated Sat 5 Dec 2026 as it was approved');
    expect(asked).not.toContain('#date');
    const anyway = /name="anyway" value="([^"]+)"/.exec(asked)![1]!;
    await send(`/desk/issues/${id}/schedule`, { when: 'now', anyway });
    expect(await issue()).toMatchObject({ status: 'scheduled', approvedHash: approved, date: '2026-12-05' });
    // Where both are one day there is nothing to say.
    await db.run(sql`update issues set send_at = '2026-12-05T07:00:00Z' where id = ${id}`);
    expect((await get(`/desk/issues/${id}`)).body).not.toContain('is approved anew');
  });
});

describe('a reviewer', () => {
  test('sees the desk without its buttons and can change nothing', async () => {
    const { send, get, story, id, hash, db } = await openIssue('reviewer');
    const { body } = await get(`/desk/issues/${id}`);
    expect(body).toContain('The letter as it will be');
    expect(body).not.toContain('Approve the issue');
    const before = await stateOf(db);
    const answers = [
      await send(`/desk/issues/${id}/approve`, { hash: await hash(), ...everyReason }),
      await send(`/desk/issues/${id}/schedule`, { when: 'now' }),
      await send(`/desk/issues/${id}/intro`, { intro: 'mine' }),
      await story(1, { change: 'role', role: 'removed' }),
      await send('/desk/draft'),
      await send('/desk/sources', { kind: 'feed', address: 'https://x.example/' }),
    ];
    for (const answer of answers) expect(answer.statusCode).toBe(403);
    expect(await stateOf(db)).toBe(before);
  });
});
