// Editions at the desk: written, checked and undone section by section; what is behind, and what the gate says of it.
import { expect, test } from 'vitest';
import { sql, type Database } from '../../../../core/db.ts';
import { hashContent } from '../../../../core/content-hash.ts';
import { listAudit } from '../../../../core/store/curators.ts';
import { editionRows, saveDrafts, saveFailure } from '../../../../core/store/edition-texts.ts';
import { stateSections, wantsDraft } from '../../../../core/editions/edition-state.ts';
import { editionSections } from '../../../../core/editions/edition-sections.ts';
import { loadIssueContent } from '../../../../core/store/issue-content.ts';
import { issueById } from '../../../../core/store/issues.ts';
import { testNow } from '../../open-app.ts';
import { hostileTitle, markSent, seedIssue } from '../../seed-issue.ts';
import { everyReason } from '../every-reason.ts';
import { openDesk } from '../open-desk.ts';

/** The small issue with machine drafts of everything but story 3. */
async function openIssue(...how: Parameters<typeof openDesk>) {
  const [role, environment] = how;
  const desk = await openDesk(role, { EDITIONS: 'de', ...environment });
  const id = await seedIssue(desk.db);
  await draftByMachine(desk.db, id);
  const page = `/desk/issues/${id}/editions/de`;
  const hidden = async (storyId: number) => {
    const { body } = await desk.get(page);
    const form = body.slice(body.indexOf(`id="edition-de-${storyId}"`)).split('</form>')[0]!;
    const valueOf = (name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(form)![1]!;
    return { seen: valueOf('seen'), source: valueOf('source') };
  };
  const german = async () => (await loadIssueContent(desk.db, id)).editions?.['de'];
  return { ...desk, id, page, hidden, german };
}

async function draftByMachine(db: Database, issueId: number): Promise<void> {
  const sections = editionSections(await loadIssueContent(db, issueId)).filter(({ storyId }) => storyId !== 3);
  const drafts = sections.map(({ storyId, hash, words }) => ({
    storyId,
    sourceHash: hash,
    words: Object.fromEntries(Object.entries(words).map(([field, text]) => [field, `DE ${text}`])),
    refused: null,
  }));
  await saveDrafts(db, { issueId, lang: 'de', name: 'tiny', at: testNow, drafts });
}

test('the page shows original beside translation, where each stands, and nothing of it as markup', async () => {
  const { get, page, id } = await openIssue();
  const { body } = await get(page);
  expect(body).toContain('3 machine drafts unchecked, 1 not translated');
  expect(body).toContain('<div class="original" dir="auto" lang="en">Attention pays</div>');
  expect(body).toContain('lang="de" dir="auto" rows="2">DE Attention pays</textarea>');
  expect(body).toContain('machine draft · made by tiny, ');
  expect(body).not.toContain(hostileTitle);
  expect((await get(`/desk/issues/${id}`)).body).toContain(`href="${page}"`);
  expect((await get(`/desk/issues/${id}/editions/tlh`)).statusCode).toBe(404);
  expect((await get(`/desk/issues/999/editions/de`)).statusCode).toBe(404);
});

test('a curator writes a section and checks another; both are in the content, the log, and what is undone', async () => {
  const { db, id, send, page, hidden, german } = await openIssue();
  const before = hashContent(await loadIssueContent(db, id));
  const written = await send(`${page}/3`, { ...(await hidden(3)), title: 'Zweiter  Aufsatz', summary: 'Text,\r\nauf Deutsch.' });
  expect(written.headers.location).toBe(`${page}#section-3`);
  expect((await german())![3]).toEqual({ title: 'Zweiter Aufsatz', summary: 'Text, auf Deutsch.', by: 'curator', name: 'Olga' });
  const form = { ...(await hidden(1)), title: 'DE Attention pays', summary: 'DE We attend. It pays.' };
  await send(`${page}/1`, { ...form, act: 'check' });
  expect((await german())![1]).toMatchObject({ by: 'machine', name: 'tiny', checkedBy: 'Olga' });
  expect((await listAudit(db, `issue ${id}`)).map(({ action }) => action).slice(0, 2)).toEqual(['check story 1 in German', 'translate story 3 into German']);
  const after = hashContent(await loadIssueContent(db, id));
  const step = async (to: 'undo' | 'redo') => {
    const [edit] = await db.rows<{ id: number }>(to === 'undo' ? sql`select max(id) as id from issue_edits where undone_by is null` : sql`select min(id) as id from issue_edits where undone_by is not null`);
    expect((await send(`/desk/issues/${id}/${to}`, { edit: String(edit!.id) })).statusCode).toBe(303);
  };
  await step('undo');
  expect((await german())![1]!.checkedBy).toBeUndefined();
  await step('undo');
  expect(hashContent(await loadIssueContent(db, id))).toBe(before);
  await step('redo');
  await step('redo');
  expect(hashContent(await loadIssueContent(db, id))).toBe(after);
}); // prettier-ignore

test('what was typed beside “Checked” is saved as the curator’s; saving a draft as it stands leaves it the machine’s', async () => {
  const { send, page, hidden, german } = await openIssue();
  await send(`${page}/1`, { ...(await hidden(1)), title: 'Besser', summary: 'DE We attend. It pays.', act: 'check' });
  expect((await german())![1]).toMatchObject({ title: 'Besser', by: 'curator', name: 'Olga' });
  await send(`${page}/2`, { ...(await hidden(2)), title: `DE ${hostileTitle}`, summary: `DE ${hostileTitle}` });
  expect((await german())![2]).toMatchObject({ by: 'machine' });
  expect((await german())![2]!.checkedBy).toBeUndefined();
});

test('who writes second sees both texts, and saves what they make of them', async () => {
  const { send, page, hidden, german } = await openIssue();
  const form = await hidden(1);
  await send(`${page}/1`, { ...form, title: 'Ihres', summary: 'S.' });
  const second = await send(`${page}/1`, { ...form, title: 'Meines & mehr', summary: 'S.' });
  expect(second.statusCode).toBe(409);
  for (const words of ['Ihres', 'Meines &amp; mehr', 'Somebody wrote here while you did.']) expect(second.body).toContain(words);
  const seen = /name="seen" value="([^"]*)"/.exec(second.body)![1]!;
  expect((await send(`${page}/1`, { ...form, title: 'Beides', summary: 'S.', seen })).statusCode).toBe(303);
  expect((await german())![1]!.title).toBe('Beides');
}); // prettier-ignore

test('without a headline what was typed is shown again; with every field empty the original stands', async () => {
  const { send, page, hidden, german } = await openIssue();
  const refused = await send(`${page}/1`, { ...(await hidden(1)), title: ' ', summary: 'Eine Stunde Arbeit.' });
  expect(refused.statusCode).toBe(400);
  expect(refused.body).toContain('Eine Stunde Arbeit.');
  await send(`${page}/1`, { ...(await hidden(1)), title: '', summary: '' });
  expect((await german())![1]).toBeUndefined();
});

test('a section that a curator emptied stays the original, whatever is drafted or changed, until they take it back', async () => {
  const { db, id, get, send, page, hidden, german } = await openIssue();
  const stands = async () => {
    const sections = editionSections(await loadIssueContent(db, id));
    const stated = stateSections(sections, { rows: await editionRows(db, id), to: 'de', own: 'en' });
    const one = stated.find(({ section }) => section.storyId === 1)!;
    return [one.state, wantsDraft(one), (await german())?.[1]];
  };
  await send(`${page}/1`, { ...(await hidden(1)), title: '', summary: '' });
  expect(await stands()).toEqual(['original', false, undefined]);
  await draftByMachine(db, id);
  await db.run(sql`update issue_stories set summary = '{"We attend much."}' where story_id = 1`);
  await draftByMachine(db, id);
  expect(await stands()).toEqual(['original', false, undefined]);
  const { body } = await get(page);
  expect(body).toContain('2 machine drafts unchecked, 1 not translated, 1 left as the original');
  expect(body).toContain('left as it is: readers get the original, and no machine drafts it · by Olga, ');
  expect((await get(`/desk/issues/${id}`)).body).toContain('German: 2 machine drafts nobody checked');

  const [edit] = await db.rows<{ id: number }>(sql`select max(id) as id from issue_edits where undone_by is null`);
  await send(`/desk/issues/${id}/undo`, { edit: String(edit!.id) });
  expect((await stands()).slice(0, 2)).toEqual(['behind', true]);
  await send(`${page}/1`, { ...(await hidden(1)), title: '', summary: '' });
  await send(`${page}/1`, { ...(await hidden(1)), title: '', summary: '', act: 'reopen' });
  expect(await stands()).toEqual(['missing', true, undefined]);
  await send(`${page}/1`, { ...(await hidden(1)), title: '', summary: '' });
  await send(`${page}/1`, { ...(await hidden(1)), title: 'Doch', summary: 'S.' });
  expect((await stands())[2]).toMatchObject({ title: 'Doch', by: 'curator' });
});

test('an issue of which only originals are left has no edition', async () => {
  const { db, id, get, send, page, hidden } = await openIssue();
  for (const storyId of [0, 1, 2, 3]) await send(`${page}/${storyId}`, await hidden(storyId));
  expect(await loadIssueContent(db, id)).not.toHaveProperty('editions');
  expect((await get(`/desk/issues/${id}`)).body).toContain('No edition in another language');
});

test('a text whose original changed is behind: it is in no content, is said, and can be found right again', async () => {
  const { db, id, get, send, page, hidden, german } = await openIssue();
  await db.run(sql`update issue_stories set summary = '{"We attend much."}' where story_id = 1`);
  expect((await german())![1]).toBeUndefined();
  expect((await get(page)).body).toContain('behind: the original changed since, and readers get that');
  await send(`${page}/1`, { ...(await hidden(1)), title: 'DE Attention pays', summary: 'DE We attend. It pays.', act: 'check' }); // prettier-ignore
  expect((await german())![1]).toMatchObject({ by: 'machine', checkedBy: 'Olga' });
  // What is written of words that change meanwhile is behind at once.
  const form = await hidden(1);
  await db.run(sql`update issue_stories set summary = '{"We attend."}' where story_id = 1`);
  await send(`${page}/1`, { ...form, title: 'Alt', summary: 'Alt.' });
  expect((await german())![1]).toBeUndefined();
  expect((await editionRows(db, id)).find(({ storyId }) => storyId === 1)?.words).toEqual({ title: 'Alt', summary: 'Alt.' }); // prettier-ignore
});

test('the gate asks for a reason while drafts are unchecked or sections behind, and passes when all is checked', async () => {
  const { db, id, get, send, page, hidden } = await openIssue();
  const body = async () => (await get(`/desk/issues/${id}`)).body;
  expect(await body()).toContain('German: 3 machine drafts nobody checked');
  await db.run(sql`update issue_stories set summary = '{"We attend much."}' where story_id = 1`);
  expect(await body()).toContain('German: 2 machine drafts nobody checked, 1 section behind');
  const refused = await send(`/desk/issues/${id}/approve`, { hash: hashContent(await loadIssueContent(db, id)), ...everyReason, 'reason.editions': '' }); // prettier-ignore
  expect([refused.statusCode, refused.body.includes('German: 2 machine drafts')]).toEqual([409, true]);
  for (const { storyId, words } of await editionRows(db, id))
    await send(`${page}/${storyId}`, { ...(await hidden(storyId)), ...words, act: 'check' });
  expect(await body()).toContain('1 edition in other languages, every text checked');
});

test('a change of an approved issue is asked about first, and takes the approval away', async () => {
  const { db, id, send, page, hidden } = await openIssue();
  await send(`/desk/issues/${id}/approve`, { hash: hashContent(await loadIssueContent(db, id)), ...everyReason });
  expect(await db.row(sql`select status, edition_langs from issues`)).toEqual({ status: 'approved', editionLangs: ['de'] });
  const form = { ...(await hidden(1)), title: 'Neu', summary: 'Neu.' };
  const asked = await send(`${page}/1`, form);
  expect([asked.statusCode, asked.body.includes('This issue is approved. Change it all the same?')]).toEqual([409, true]);
  const anyway = /name="anyway" value="([^"]*)"/.exec(asked.body)![1]!;
  expect((await send(`${page}/1`, { ...form, anyway })).statusCode).toBe(303);
  expect((await issueById(db, id))!.status).toBe('in_review');
}); // prettier-ignore

test('what readers got is shown and cannot be changed; a reviewer looks', async () => {
  const { db, id, get, send, page, hidden } = await openIssue();
  const form = await hidden(1);
  await markSent(db, id);
  expect((await get(page)).body).not.toContain('<textarea');
  expect((await send(`${page}/1`, { ...form, title: 'Neu', summary: 'Neu.' })).statusCode).toBe(409);
});

test('a reviewer sees the page without a field', async () => {
  const { get, send, page } = await openIssue('reviewer');
  const { body, statusCode } = await get(page);
  expect([statusCode, body.includes('<textarea'), body.includes('DE Attention pays')]).toEqual([200, false, true]);
  expect((await send(`${page}/1`, { title: 'Neu' })).statusCode).toBe(403);
});

test('an endpoint that failed is told on both pages', async () => {
  const { db, id, get, page } = await openIssue('editor', { TRANSLATE_URL: 'http://127.0.0.1:9' });
  await saveFailure(db, { issueId: id, lang: 'de', message: 'it answered 500', tryAgainAt: testNow });
  expect((await get(page)).body).toContain('The endpoint failed: it answered 500.');
  expect((await get(`/desk/issues/${id}`)).body).toContain('the endpoint failed');
});

test('an edition is found, and begun, from the issue and from the list of issues, where none is set up', async () => {
  const { id, get, send } = await openIssue('editor', { EDITIONS: '' });
  const french = `href="/desk/issues/${id}/editions/fr"`;
  expect((await get(`/desk/issues/${id}`)).body).toContain(french);
  expect((await get('/desk')).body).toContain(`/desk/issues/${id}?pane=story#editions`);
  const { body } = await get(`/desk/issues/${id}/editions/fr`);
  const source = /name="source" value="(\w+)"/.exec(body)![1]!;
  await send(`/desk/issues/${id}/editions/fr/0`, { title: 'La semaine', source, seen: 'none' });
  expect((await get('/desk')).body).toContain(french);
});
