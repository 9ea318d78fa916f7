// Nothing typed is lost and nothing goes out by accident: conflicts, refused forms, times that are none, an empty issue.
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { hashContent } from '../../../core/content-hash.ts';
import { loadIssueContent } from '../../../core/store/issue-content.ts';
import { issueById } from '../../../core/store/issues.ts';
import { loadSettings, saveSettings } from '../../../core/store/settings.ts';
import { sourceById } from '../../../core/store/sources.ts';
import { createSignInLink } from '../../../core/desk/sign-in-link.ts';
import { testNow } from '../open-app.ts';
import { seedIssue } from '../seed-issue.ts';
import { everyReason } from './every-reason.ts';
import { openBrowser, openDesk } from './open-desk.ts';

async function openIssue(...how: Parameters<typeof openDesk>) {
  const desk = await openDesk(...how);
  const id = await seedIssue(desk.db);
  const page = `/desk/issues/${id}`;
  const approve = async () =>
    desk.send(`${page}/approve`, { hash: hashContent(await loadIssueContent(desk.db, id)), ...everyReason });
  return { ...desk, id, page, approve, issue: async () => (await issueById(desk.db, id))! };
}

const valueOf = (body: string, name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(body)![1]!;

describe('two curators on one thing', () => {
  test('who writes second sees both openings, and saves what they make of them', async () => {
    const { get, send, page, issue } = await openIssue();
    const seen = valueOf((await get(page)).body, 'seen');
    await send(`${page}/intro`, { title: 'Bees', intro: 'Theirs <b>.', seen });
    const second = await send(`${page}/intro`, { title: 'Wasps', intro: 'Mine & mine.', seen });
    expect(second.statusCode).toBe(409);
    for (const words of ['Theirs &lt;b&gt;.', 'Mine &amp; mine.', 'Bees', 'Wasps'])
      expect(second.body).toContain(words);
    expect(await issue()).toMatchObject({ title: 'Bees', intro: 'Theirs <b>.' });
    const again = { title: 'Bees and wasps', intro: 'Both.', seen: valueOf(second.body, 'seen') };
    expect((await send(`${page}/intro`, again)).statusCode).toBe(303);
    expect(await issue()).toMatchObject({ title: 'Bees and wasps', intro: 'Both.' });
    // The same words twice are no conflict.
    expect((await send(`${page}/intro`, { ...again, seen })).statusCode).toBe(303);
  });

  test('a number and a day that somebody else chose are not taken back unseen, and what is the same is not asked', async () => {
    const { get, send, page } = await openIssue();
    const { document } = parseHTML((await get(page)).body);
    const valueIn = (name: string): string =>
      document.querySelector(`#opening [name="${name}"]`)!.getAttribute('value')!;
    const [seen, date, number] = [valueIn('seen'), valueIn('date'), valueIn('number')];
    const form = { title: 'Bees', preheader: '', intro: 'Of bees.', date, number, seen };
    await send(`${page}/intro`, { ...form, date: '2026-12-24', number: '77' });
    const second = await send(`${page}/intro`, { ...form, intro: 'Mine.' });
    expect(second.statusCode).toBe(409);
    const asked = [...second.body.matchAll(/<h2 class="label">([^<]*)</g)].map(([, label]) => label);
    expect(asked).toEqual(['Intro', 'Number', 'Day']);
    expect(second.body).toContain('rows="2" readonly>2026-12-24</textarea>');
    // A text of several lines has the room to be read.
    const third = await send(`${page}/intro`, { ...form, intro: 'Mine.\n\nOf two.' });
    expect(third.body).toMatch(/name="intro" rows="8">Mine\.\s+Of two\./);
    expect(second.body).toMatch(/type="hidden" name="title" value="Bees"/);
    expect(second.body).not.toMatch(/type="hidden" name="(?:date|number)"/);
  });

  test('a story that somebody rejected is not picked unseen, and can be all the same', async () => {
    const { get, send, page, db, id } = await openIssue();
    const seen = valueOf((await get(`${page}?story=3`)).body, 'seen');
    await send(`${page}/stories/3`, { change: 'role', role: 'removed', seen });
    const second = await send(`${page}/stories/3`, { change: 'section', section: 'tools', seen });
    expect(second.statusCode).toBe(409);
    expect(second.body).toContain('it is rejected, in Publications now');
    expect(second.body).toContain('name="section" value="tools"');
    const again = { change: 'section', section: 'tools', seen: valueOf(second.body, 'seen') };
    expect((await send(`${page}/stories/3`, again)).statusCode).toBe(303);
    expect((await loadIssueContent(db, id)).cards.map(({ storyId }) => storyId)).toEqual([1, 2]);
  });
});

describe('two curators on the settings', () => {
  const fieldsOf = (body: string, action: string): Record<string, string> => {
    const form = body.split(`action="${action}"`)[1]!.split('</form>')[0]!;
    const { document } = parseHTML(`<form>${form}</form>`);
    return Object.fromEntries(
      [...document.querySelectorAll('input[name]:not([type=checkbox]), textarea, select')].flatMap((field) => {
        const name = field.getAttribute('name')!;
        const chosen = field.querySelector('option[selected]') ?? field.querySelector('option');
        if (name === '_csrf') return [];
        return [[name, chosen ? (chosen.getAttribute('value') ?? '') : (field.getAttribute('value') ?? field.textContent)]]; // prettier-ignore
      }),
    );
  };

  test('what one did not touch stays as the other one made it', async () => {
    const { get, send, db } = await openDesk('owner');
    const mine = fieldsOf((await get('/desk/settings')).body, '/desk/settings');
    expect(mine).toMatchObject({ publication: 'Courant', postalAddress: '' });
    await send('/desk/settings', { ...mine, tagline: 'Of bees' });
    expect((await send('/desk/settings', { ...mine, postalAddress: '1 Hive Road' })).statusCode).toBe(303);
    expect(await loadSettings(db)).toMatchObject({ tagline: 'Of bees', postalAddress: '1 Hive Road' });
  });

  test('where both changed one field, the second sees both texts and saves what they make of them', async () => {
    const { get, send, db } = await openDesk('owner');
    const mine = fieldsOf((await get('/desk/settings')).body, '/desk/settings');
    await send('/desk/settings', { ...mine, tagline: 'Of bees', footer: 'Theirs.' });
    const second = await send('/desk/settings', { ...mine, tagline: 'Of wasps' });
    expect(second.statusCode).toBe(409);
    for (const words of ['Somebody changed the settings while you did.', '>Of bees<', '>Of wasps<'])
      expect(second.body).toContain(words);
    expect(second.body).not.toContain('>Theirs.<');
    expect(await loadSettings(db)).toMatchObject({ tagline: 'Of bees' });
    const again = { ...fieldsOf(second.body, '/desk/settings'), tagline: 'Of both' };
    expect((await send('/desk/settings', again)).statusCode).toBe(303);
    expect(await loadSettings(db)).toMatchObject({ tagline: 'Of both', footer: 'Theirs.' });
  });

  test('a form that does not fit still knows what it saw', async () => {
    const { get, send, db } = await openDesk('owner');
    const mine = fieldsOf((await get('/desk/settings')).body, '/desk/settings');
    await send('/desk/settings', { ...mine, tagline: 'Of bees' });
    const wrong = await send('/desk/settings', { ...mine, replyTo: 'nobody' });
    expect(wrong.statusCode).toBe(400);
    const right = { ...fieldsOf(wrong.body, '/desk/settings'), replyTo: 'ed@example.org' };
    expect((await send('/desk/settings', right)).statusCode).toBe(303);
    expect(await loadSettings(db)).toMatchObject({ tagline: 'Of bees', replyTo: 'ed@example.org' });
  });

  test('an empty sender that somebody else has filled in since keeps nobody from saving', async () => {
    const { get, send, db } = await openDesk('owner');
    const mine = fieldsOf((await get('/desk/settings')).body, '/desk/settings');
    await send('/desk/settings', { ...mine, mailFrom: 'news@example.org' });
    expect((await send('/desk/settings', { ...mine, tagline: 'Of bees' })).statusCode).toBe(303);
    expect(await loadSettings(db)).toMatchObject({ tagline: 'Of bees', mailFrom: '"Courant" <news@example.org>' });
  });

  test('an issue that nobody approved goes out under the name of who said so, not of who changed its hour', async () => {
    const { get, send, db } = await openDesk('owner');
    const path = '/desk/settings/schedule';
    const mine = fieldsOf((await get('/desk/settings')).body, path);
    await saveSettings(db, { whenForgotten: 'send', forgottenBy: 'Ada' });
    expect((await send(path, { ...mine, sendTime: '09:30' })).statusCode).toBe(303);
    expect(await loadSettings(db)).toMatchObject({ whenForgotten: 'send', forgottenBy: 'Ada' });
    await send(path, { ...mine, whenForgotten: 'skip', seen: '{}' });
    expect(await loadSettings(db)).toMatchObject({ whenForgotten: 'skip', forgottenBy: 'Olga' });
  });

  test('of a source: its box and its secret are not undone by who touched neither, and no secret goes to another host', async () => {
    const { get, send, db } = await openIssue();
    const page = '/desk/sources/1';
    const mine = fieldsOf((await get(page)).body, page);
    await send(page, { ...mine, muted: 'yes', secretHeader: 'x-key', secret: 'of theirs' });
    expect((await send(page, { ...mine, title: 'Of bees' })).statusCode).toBe(303);
    expect(await sourceById(db, 1)).toMatchObject({ title: 'Of bees', muted: true, secretHeader: 'x-key' });
    await send(page, { ...fieldsOf((await get(page)).body, page), address: 'https://elsewhere.example/feed' });
    const typed = await send(page, { ...mine, secretHeader: 'authorization', secret: 'of mine' });
    expect([typed.statusCode, typed.body]).toEqual([400, expect.stringContaining('Somebody changed the address while you typed the secret.')]); // prettier-ignore
    expect(await sourceById(db, 1)).toMatchObject({ secretHeader: null, muted: false });
  });

  test('and on one source', async () => {
    const { get, send, db } = await openIssue();
    const page = '/desk/sources/1';
    const mine = fieldsOf((await get(page)).body, page);
    await send(page, { ...mine, weight: '3' });
    expect((await send(page, { ...mine, title: 'Of bees' })).statusCode).toBe(303);
    expect(await sourceById(db, 1)).toMatchObject({ weight: 3, title: 'Of bees' });
    const second = await send(page, { ...mine, weight: '5' });
    expect([second.statusCode, second.body]).toEqual([409, expect.stringContaining('Somebody changed this source while you did.')]); // prettier-ignore
  });
});

describe('a form that is refused', () => {
  test.each([
    ['without a subject', { title: ' ', intro: 'An hour of <work>.' }, 400],
    ['with a token of another time', { _csrf: 'old', title: 'T', intro: 'An hour of <work>.' }, 403],
  ])('%s shows what was typed', async (_what, fields, status) => {
    const { send, page } = await openIssue();
    const { statusCode, body } = await send(`${page}/intro`, fields);
    expect(statusCode).toBe(status);
    expect(body).toContain('An hour of &lt;work&gt;.</textarea>');
    expect(body).toContain('action="/desk/sign-out"');
  });

  test('at the end of a session leads back to its issue after signing in', async () => {
    const { app, db, curator, page, issue } = await openIssue();
    const browser = openBrowser(app);
    const lost = await browser.get(`${page}?story=3`);
    expect(lost.headers.location).toBe('/desk/sign-in');
    const link = await createSignInLink(db, { curatorId: curator.id, deskUrl: '', now: testNow, minutes: 15 });
    expect((await browser.sendFrom(link, link)).headers.location).toBe(`${page}?story=3`);
    expect((await issue()).status).toBe('draft');
  });
});

describe('going out', () => {
  test('at a time to come, that the zone of the publication has', async () => {
    const { send, get, page, approve, issue } = await openIssue('editor', { TIMEZONE: 'Europe/Berlin' });
    await approve();
    const at = (sendAt: string) => send(`${page}/schedule`, { sendAt });
    expect((await at('2026-11-20T12:59')).body).toContain('Fri 20 Nov 2026, 12:59 is past in Europe/Berlin.');
    expect((await at('2027-03-28T02:30')).body).toContain('There is no such hour in Europe/Berlin');
    expect((await issue()).status).toBe('approved');
    await at('2026-11-21T10:00');
    const { body } = await get(page);
    expect(body).toContain('Goes to 0 readers in 21 h.');
    await send(`${page}/schedule`, { when: 'never' });
    expect(await issue()).toMatchObject({ status: 'approved', sendAt: null });
    expect((await send(`${page}/schedule`, { when: 'never' })).statusCode).toBe(409);
  });

  test('never without a story', async () => {
    const { send, page, approve, issue } = await openIssue();
    await send(`${page}/bulk`, { stories: ['1', '2', '3'], act: 'removed' });
    const answer = await approve();
    expect([answer.statusCode, answer.body]).toEqual([409, expect.stringContaining('has no story')]);
    expect((await issue()).status).toBe('in_review');
  });
});
