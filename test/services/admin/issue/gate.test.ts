// The gate at the desk: red stops an approval, amber asks for a reason that is kept.
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sql } from '../../../../core/db.ts';
import { hashContent } from '../../../../core/content-hash.ts';
import { listAudit } from '../../../../core/store/curators.ts';
import { gateReasons } from '../../../../core/store/gate.ts';
import { loadIssueContent } from '../../../../core/store/issue-content.ts';
import { issueById } from '../../../../core/store/issues.ts';
import { saveSettings } from '../../../../core/store/settings.ts';
import { markSent, seedIssue } from '../../seed-issue.ts';
import { everyReason } from '../every-reason.ts';
import { openDesk } from '../open-desk.ts';

async function openIssue() {
  const desk = await openDesk();
  const id = await seedIssue(desk.db);
  const approve = async (fields: Record<string, string> = {}) =>
    desk.send(`/desk/issues/${id}/approve`, { hash: hashContent(await loadIssueContent(desk.db, id)), ...fields });
  return {
    ...desk,
    id,
    approve,
    page: `/desk/issues/${id}`,
    status: async () => (await issueById(desk.db, id))?.status,
  };
}

test('amber is approved with a reason, which is kept and holds for what was found', async () => {
  const { db, id, get, approve, page, status } = await openIssue();
  expect((await get(page)).body).toContain('No postal address in the footer');
  const without = await approve();
  expect(without.statusCode).toBe(409);
  expect(without.body).toContain('The gate asks for a reason: ');
  const half = await approve({ 'reason.address': ' A list\nof friends. ' });
  expect(half.body).not.toContain('No postal address');
  expect((await get(page)).body).toContain('“A list of friends.” (Olga)');
  expect(
    (await approve({ 'reason.untried': 'Opened by hand.', 'finding.untried': 'of another time' })).statusCode,
  ).toBe(409);
  expect(await status()).toBe('draft');
  expect((await approve({ 'reason.untried': 'Opened by hand.' })).statusCode).toBe(303);
  expect(await status()).toBe('approved');
  expect((await gateReasons(db, id)).map(({ checkName, reason }) => [checkName, reason])).toEqual([
    ['address', 'A list of friends.'],
    ['untried', 'Opened by hand.'],
  ]);
  expect((await listAudit(db, `issue ${id}`))[0]).toMatchObject({
    action: 'approve',
    after: { why: { untried: 'Opened by hand.' } },
  });
  // Who comes back reads what was checked and why it was passed over, also once it is out.
  const { body } = await get(page);
  expect(body).toContain('The gate, when it was approved');
  expect(body).toMatch(/No postal address in the footer[^“]*: “A list of friends\.” <small>Olga<\/small>/);
  expect(body).toContain('18 checks passed');
  expect(body).toContain('18 of 20 passed, 2 with a reason');
  await db.run(sql`update issues set status = 'sent', send_at = now(), sent_at = now()`);
  const sent = (await get(page)).body;
  expect(sent).toContain(': “Opened by hand.” <small>Olga</small>');
  // What was approved before that was kept has its reasons.
  await db.run(sql`update issues set gate_found = null`);
  expect((await get(page)).body).toContain('postal address: “A list of friends.”');
});

test.each([
  ['a sentence that stands in no source', (): ReturnType<typeof sql> => sql`update issue_stories set summary = '{Nobody wrote this.}' where story_id = 1`, 'stands in no source'],
  ['a link that is gone', () => sql`insert into link_checks values ('https://arxiv.example/1', 'broken', 'answered 404', now())`, 'https://arxiv.example/1, answered 404'],
  ['a talk whose paper was withdrawn', () => sql`update items set withdrawn = true where id = 2`, 'that its authors withdrew'],
])('%s stops it, whatever reason is given', async (_what, spoil, says) => {
  const { db, get, approve, page, status } = await openIssue();
  await db.run(spoil());
  const { body } = await get(page);
  expect(body).toContain(says);
  expect(body).toMatch(/<button[^>]* disabled>Approve the issue/);
  const answer = await approve(everyReason);
  expect([answer.statusCode, answer.body]).toEqual([409, expect.stringContaining('The gate stops this: ')]);
  expect(await status()).toBe('draft');
}); // prettier-ignore

test('a story of an issue before stops it until something of it changes', async () => {
  const { db, id, get, page } = await openIssue();
  await markSent(db, id);
  await db.run(sql`update items set created_at = '2026-11-18'`);
  await db.run(
    sql`insert into issues (number, slug, week, title) values (2, '2026-w48', '2026-11-23', 'Attention again')`,
  );
  const next = (await db.row<{ id: number }>(sql`select max(id) as id from issues`))!.id;
  await db.run(sql`
    insert into issue_stories (issue_id, story_id, section, position, role, summary)
    values (${next}, 1, 'publications', 1, 'pick', '{We attend.}')`);
  const body = async () => (await get(page.replace(String(id), String(next)))).body;
  expect(await body()).toContain('1 story was in one of the last four issues');
  await db.run(sql`update items set created_at = '2026-11-24' where id = 2`);
  expect(await body()).toContain('No story of the last four issues');
});

test('SpamAssassin is asked of the letter as it would be sent, and points over the limit ask for a reason', async () => {
  const program = join(mkdtempSync(join(tmpdir(), 'courant-spam-')), 'asked');
  // Five points for a message that has what a letter has.
  writeFileSync(program, '#!/bin/sh\nall=$(cat); for want in "List-Unsubscribe: <" "Subject: " "quoted-printable" "We attend"; do case "$all" in *"$want"*) ;; *) exit 1;; esac; done; echo "X-Spam-Points: 5"\n'); // prettier-ignore
  chmodSync(program, 0o755);
  const desk = await openDesk('editor', { SPAMASSASSIN: program });
  const id = await seedIssue(desk.db);
  const approve = async (fields: Record<string, string>) => desk.send(`/desk/issues/${id}/approve`, { hash: hashContent(await loadIssueContent(desk.db, id)), ...fields }); // prettier-ignore
  const others = { 'reason.address': 'A list of friends.', 'reason.untried': 'Opened by hand.' };
  const asked = await approve(others);
  expect([asked.statusCode, asked.body]).toEqual([
    409,
    expect.stringContaining('SpamAssassin gives it 5.0 points of 3'),
  ]);
  expect((await approve({ ...others, 'reason.spam': 'It is about spam.' })).statusCode).toBe(303);
});

test('an accent of an earlier version that cannot be read stops it, beside where it is set', async () => {
  const { db, approve, get, page } = await openIssue();
  await saveSettings(db, { accent: '#ffcc00' });
  expect((await approve(everyReason)).body).toContain('#ffcc00 on #fffdf8');
  const { body } = await get(page);
  expect(body.slice(body.indexOf('too pale'))).toMatch(/^[^]{0,400}href="\/desk\/settings#accent"/);
});

test('while something is not known yet the page looks again by itself, with a link for who has no script, and stops then', async () => {
  const { get, page } = await openIssue();
  const looking = ({ body }: { body: string }) => [body.includes('id="gate-watch"'), body.includes('>Look again</a>')];
  expect(looking(await get(page))).toEqual([true, true]);
  await expect.poll(async () => looking(await get(page))).toEqual([false, false]);
});

test('“Approve” while checks still run says which and how many, and approves what was seen when they have passed', async () => {
  const { db, id, get, send, page, status } = await openIssue();
  const hash = hashContent(await loadIssueContent(db, id));
  const press = () => send(`${page}/approve?pane=letter`, { hash, tells: 'yes', ...everyReason });
  const pressed = await press();
  expect(pressed.statusCode).toBe(202);
  const said = /id="approving" role="status">(.*?)<\/p>/.exec(pressed.body)![1]!;
  expect(said).toMatch(
    /^To approve it, \d of 20 checks are waited for: .*axe-core.* If they pass, the issue is approved/,
  );
  expect(said).toContain('Press “Look again”');
  expect(pressed.body).toMatch(/<form id="approve"[^>]* data-again>/);
  expect(pressed.headers['hx-replace-url']).toBe('false');
  // Opened by its address the page waits for nothing, and nothing is approved by looking.
  expect((await get(page)).body).toContain('id="approving" role="status"></p>');
  expect(await status()).toBe('draft');
  await expect.poll(async () => (await press()).statusCode).toBe(303);
  expect(await status()).toBe('approved');
});

test('what was changed while the checks ran is not approved: the form keeps the hash that was seen', async () => {
  const { db, id, send, page, status } = await openIssue();
  const hash = hashContent(await loadIssueContent(db, id));
  const press = () => send(`${page}/approve`, { hash, tells: 'yes', ...everyReason });
  expect((await press()).body).toContain(`name="hash" value="${hash}"`);
  await db.run(sql`update issues set title = 'Another one' where id = ${id}`);
  expect((await press()).statusCode).toBe(409);
  expect(await status()).toBe('draft');
});

test('what the gate asks is said in the bar of the issue, whose page stays', async () => {
  const { db, id, send, page } = await openIssue();
  const answer = await send(`${page}/approve?story=1`, {
    hash: hashContent(await loadIssueContent(db, id)),
    tells: 'yes',
  });
  expect(answer.statusCode).toBe(409);
  expect(answer.body).toContain('<strong class="bad">Not approved.</strong> The gate asks for a reason: ');
  expect(answer.body).toMatch(/id="issue" data-pane="letter"/);
});

test('with nothing ticked the list says so, and nothing changes', async () => {
  const { db, send, get, id, page } = await openIssue();
  const before = await db.rows(sql`select * from issue_stories where issue_id = ${id} order by story_id`);
  for (const act of ['removed', 'pick', 'section']) {
    const { headers, statusCode } = await send(`${page}/bulk?show=picks&pane=story`, { act });
    expect([statusCode, headers.location]).toEqual([303, `${page}?show=picks&said=tick#bulk`]);
  }
  expect((await get(`${page}?said=tick`)).body).toMatch(/role="alert">Tick the stories first/);
  expect(await db.rows(sql`select * from issue_stories where issue_id = ${id} order by story_id`)).toEqual(before);
});

test('a link that is gone is named at the desk, beside its story', async () => {
  const { db, get, page } = await openIssue();
  await db.run(sql`insert into link_checks values ('https://arxiv.example/1', 'broken', 'answered 404', now())`);
  const { body } = await get(page);
  expect(body).toMatch(
    /story=1"[^>]*>[^<]+<\/a> <small>\(paper on [^,]+, https:\/\/arxiv\.example\/1, answered 404\)<\/small>/,
  );
  expect(body).toContain('not tried yet');
});

test('an issue is judged by the language of the publication', async () => {
  const desk = await openDesk('editor', { SITE_LANGUAGE: 'de' });
  const { body } = await desk.get(`/desk/issues/${await seedIssue(desk.db)}`);
  expect(body).toContain('2 picks are not in German');
  expect((await desk.get(`/desk/issues/1/archive`)).body).toContain('<html lang="de"');
});

test('an issue that is well passes all', async () => {
  const { db, get, approve, page, status } = await openIssue();
  await saveSettings(db, { postalAddress: 'Street 1, Town' });
  await db.run(sql`update items set url = 'https://blog.example/3' where id = 3`);
  await db.run(sql`insert into link_checks select url, 'ok', null, now() from items`);
  await db.run(sql`insert into link_checks values ('https://video.example/watch?v=1&t=760s', 'ok', null, now())`);
  await get(page);
  expect((await approve()).body).toBe('');
  expect(await status()).toBe('approved');
});

test('what an owner is told of a finding is a sentence of its own', async () => {
  const { db, get } = await openDesk('owner');
  const id = await seedIssue(db);
  await db.run(
    sql`insert into link_checks select url, 'unsure', 'this site is set up not to try links', now() from items`,
  );
  const { body } = await get(`/desk/issues/${id}`);
  const said = body.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ');
  expect(said).toContain('To an owner: CHECK_LINKS.');
  expect(said).not.toMatch(/[^.] To an owner: /);
});
