// An issue that nobody approved, six hours after its time: it waits, is skipped, or goes out as it was suggested, once, whatever clocks and processes do.
import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { addCurator } from '../../../core/store/curators.ts';
import { saveSettings } from '../../../core/store/settings.ts';
import { openTemplates } from '../../../core/templates.ts';
import { remindCurators } from '../../../workers/upkeep/remind-curators.ts';
import { settleForgotten, suggestedWords } from '../../../workers/upkeep/settle-forgotten.ts';
import { openApp, type TestApp } from '../../services/open-app.ts';
import { seedIssue } from '../../services/seed-issue.ts';

const templates = openTemplates();

async function open(whenForgotten: 'wait' | 'skip' | 'send'): Promise<TestApp> {
  const opened = await openApp();
  await addCurator(opened.db, { email: 'olga@desk.example', name: 'Olga', role: 'owner' });
  await addCurator(opened.db, { email: 'rita@desk.example', name: 'Rita', role: 'reviewer' });
  await seedIssue(opened.db);
  await opened.db.run(sql`update issue_stories set summary = '{}', sentences = '[]'`);
  await saveSettings(opened.db, { whenForgotten, forgottenBy: 'Olga' });
  return opened;
}

/** As the job does it. */
async function at({ clock, house, mail }: TestApp, time: string): Promise<string[]> {
  clock.now = new Date(time);
  await remindCurators(house);
  await settleForgotten(house, templates);
  return (await mail()).map(({ to, subject }) => `${to}: ${subject}`);
}

const stateOf = async ({ db }: TestApp) =>
  (await db.row<Record<string, unknown>>(sql`
    select status, approved_by, send_at, skipped_at is not null as is_skipped, split_part(intro, E'\\n', 1) as intro from issues`))!; // prettier-ignore

// It is meant to go out on Saturday, 21 November 2026, at 07:00 UTC.
const [over, due] = ['2026-11-21T07:00:00Z', '2026-11-21T13:00:00Z'];

test('as long as nothing is set it waits', async () => {
  const opened = await open('wait');
  await at(opened, over);
  expect(await at(opened, due)).toEqual([]);
  expect(await stateOf(opened)).toMatchObject({ status: 'draft', isSkipped: false });
});

test('it is skipped six hours after its time, once, with a mail to those who may approve, and may still be approved', async () => {
  const opened = await open('skip');
  await at(opened, over);
  expect(await at(opened, '2026-11-21T12:59:00Z')).toEqual([]);
  expect(await at(opened, due)).toEqual(['olga@desk.example: No 1 of Courant was skipped']);
  expect(await at(opened, '2026-11-21T14:00:00Z')).toEqual([]);
  expect(await stateOf(opened)).toMatchObject({ status: 'draft', isSkipped: true });
});

test('it goes out as it was suggested, with a name on it and a line that says so, once', async () => {
  const opened = await open('send');
  await at(opened, over);
  expect(await at(opened, due)).toEqual(['olga@desk.example: No 1 of Courant goes out as it was suggested']);
  expect(await stateOf(opened)).toMatchObject({ status: 'scheduled', approvedBy: 'Olga, by setting', intro: suggestedWords, sendAt: new Date(due) }); // prettier-ignore
  expect(await opened.enqueued()).toContain('issue.rank {"issueId":1}');
  const { content } = (await opened.db.row<{ content: { intro: string } }>(sql`select content from issues`))!;
  expect(content.intro.startsWith(suggestedWords)).toBe(true);
  expect(await at(opened, '2026-11-21T20:00:00Z')).toEqual([]);
  expect((await stateOf(opened))['intro']).toBe(suggestedWords);
});

test('two processes at the same moment settle it once', async () => {
  const opened = await open('send');
  await at(opened, over);
  opened.clock.now = new Date(due);
  await Promise.all([settleForgotten(opened.house, templates), settleForgotten(opened.house, templates)]);
  expect(await opened.mail()).toHaveLength(1);
  const audit = await opened.db.rows(sql`select 1 from audit where action = 'send as suggested'`);
  expect(audit).toHaveLength(1);
});

test('a process that dies within leaves all of it undone, and the next one does all of it', async () => {
  const opened = await open('send');
  await at(opened, over);
  opened.clock.now = new Date(due);
  await opened.db.run(
    sql`create function die() returns trigger language plpgsql as 'begin raise exception ''killed''; end'`,
  );
  await opened.db.run(sql`create trigger dies before insert on audit for each row execute function die()`);
  await expect(settleForgotten(opened.house, templates)).rejects.toThrow('killed');
  expect(await stateOf(opened)).toMatchObject({ status: 'draft', isSkipped: false });
  await opened.db.run(sql`drop trigger dies on audit`);
  await opened.db.run(sql`drop function die()`);
  await settleForgotten(opened.house, templates);
  expect(await stateOf(opened)).toMatchObject({ status: 'scheduled' });
});

test('a clock that jumps ahead and back settles nothing before six hours have been seen', async () => {
  const opened = await open('send');
  expect(await at(opened, '2026-11-22T23:00:00Z')).toHaveLength(1);
  expect((await stateOf(opened))['status']).toBe('draft');
  await at(opened, '2026-11-20T12:00:00Z');
  await at(opened, due);
  expect((await stateOf(opened))['status']).toBe('draft');
});

test('an edit or an approval in the meantime is somebody who has not forgotten it', async () => {
  const opened = await open('skip');
  await at(opened, over);
  await opened.db.run(sql`insert into issue_edits (issue_id, story_ids, actor, action, at, before, after) values (1, '{}', 'Olga', 'intro', '2026-11-21T10:00:00Z', '{}', '{}')`); // prettier-ignore
  expect(await at(opened, due)).toEqual([]);
  expect(await at(opened, '2026-11-21T16:01:00Z')).toEqual(['olga@desk.example: No 1 of Courant was skipped']);
});

test('what the gate stops is skipped and says why, and so is what was found two days too late', async () => {
  const opened = await open('send');
  await at(opened, over);
  await opened.db.run(sql`update items set withdrawn = true where id in (select item_id from story_items where story_id in (select story_id from issue_stories order by position limit 1))`); // prettier-ignore
  await opened.db.run(sql`insert into link_checks (url, state, why, checked_at) select url, 'broken', 'x.example answered 404', now() from items on conflict do nothing`); // prettier-ignore
  const [mail] = await at(opened, due);
  expect(mail).toContain('was skipped');
  const row = await opened.db.row<{ after: { why: string } }>(sql`select after from audit where action = 'skip'`);
  expect(row!.after.why).toContain('answered 404');
  const late = await open('send');
  await at(late, over);
  expect(await at(late, '2026-11-23T14:00:00Z')).toEqual([expect.stringContaining('was skipped')]);
});
