// The settings of schedule, sections and letter: each wrong value is told at its field, and what was typed stays.
import { describe, expect, test } from 'vitest';
import { hashContent } from '../../../core/content-hash.ts';
import { listAudit } from '../../../core/store/curators.ts';
import { loadIssueContent } from '../../../core/store/issue-content.ts';
import { loadSettings } from '../../../core/store/settings.ts';
import { sections } from '../../../core/sections.ts';
import { seedIssue, stateOf } from '../seed-issue.ts';
import { openDesk } from './open-desk.ts';

const schedule = { draftDay: 'thu', draftTime: '08:30', sendDay: 'sun', sendTime: '09:00', timezone: 'europe/berlin' };
const filled = { publication: 'The Weekly', mailFrom: 'news@example.org', postalAddress: 'Street 1' };
const described = Object.fromEntries(sections.map(({ key, description }) => [key, description]));

test('several wrong values are told at once, each at its field, and nothing that was typed is lost', async () => {
  const { send, db } = await openDesk('owner');
  const before = await stateOf(db);
  const typed = {
    publication: '',
    mailFrom: 'nobody',
    replyTo: 'also nobody',
    tagline: 'x'.repeat(101),
    postalAddress: 'Street 9',
  };
  const { statusCode, body } = await send('/desk/settings', typed);
  expect(statusCode).toBe(400);
  for (const [field, words] of [
    ['publication', 'Type the name of the publication.'],
    ['mailFrom', 'The sender is an e-mail address such as news@example.org.'],
    ['replyTo', 'Answers go to an e-mail address such as editors@example.org.'],
    ['tagline', 'The line under the name may have 100 characters.'],
  ]) {
    expect(body).toContain(`<p class="bad wrong" id="${field}-wrong">${words}</p>`);
    expect(body).toMatch(new RegExp(`id="${field}"[^>]*aria-describedby="${field}-wrong`));
  }
  expect(body).toContain('4 values do not fit');
  for (const value of ['nobody', 'also nobody', 'x'.repeat(101), 'Street 9']) expect(body).toContain(value);
  expect(await stateOf(db)).toBe(before);
});

test('line, answers and end of the letter are kept, and the first page has the line', async () => {
  const { send, get, db } = await openDesk('owner');
  const more = {
    tagline: 'What matters in speech',
    replyTo: 'Editors@Example.org',
    footer: 'Made by two people\r\nin Kiel.',
  };
  expect((await send('/desk/settings', { ...filled, ...more })).statusCode).toBe(303);
  expect(await loadSettings(db)).toMatchObject({
    tagline: 'What matters in speech',
    replyTo: 'editors@example.org',
    footer: 'Made by two people\nin Kiel.',
  });
  expect((await get('/')).body).toContain('What matters in speech');
  expect((await send('/desk/settings', { ...filled, replyTo: '' })).statusCode).toBe(303);
  expect(await loadSettings(db)).toMatchObject({ replyTo: '', tagline: 'What matters in speech' });
});

describe('the schedule', () => {
  test('is set with its zone, holds at once, and stands in the audit', async () => {
    const { send, get, db } = await openDesk('owner');
    expect((await send('/desk/settings/schedule', schedule)).headers.location).toBe('/desk/settings?said=scheduled');
    const after = { draftAt: 'thu 08:30', sendAt: 'sun 09:00', timezone: 'Europe/Berlin' };
    expect(await loadSettings(db)).toMatchObject(after);
    expect((await listAudit(db, 'settings'))[0]).toMatchObject({ action: 'change the schedule', after });
    expect((await get('/desk/settings')).body).toContain('value="UTC"');
  });

  test.each([
    ['timezone', 'Mars/Olympus', '“Mars/Olympus” is no time zone; one reads like Europe/Berlin.'],
    ['draftTime', '25:00', 'Type a time for the draft as 07:00.'],
    ['sendDay', 'someday', 'Choose a day for the sending.'],
    ['sendTime', '', 'Type a time for the sending as 07:00.'],
  ])('a wrong %s (%j) is told at its field', async (field, value, words) => {
    const { send, db } = await openDesk('owner');
    const answer = await send('/desk/settings/schedule', { ...schedule, [field]: value });
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain(`id="${field}-wrong">${words}`);
    expect((await loadSettings(db)).timezone).toBeUndefined();
  });

  test('what the environment sets is shown as fixed, is not asked for, and is not kept as a setting', async () => {
    const { send, get, db } = await openDesk('owner', { DRAFT_AT: 'wed 06:15', TIMEZONE: 'Europe/Paris' });
    const fieldsOf = ({ body }: { body: string }) =>
      Object.fromEntries(
        ['draftDay', 'draftTime', 'sendDay', 'sendTime', 'timezone'].map((name) => [
          name,
          new RegExp(`<(?:input|select)[^>]*name="${name}"[^>]*>`).exec(body)![0].includes(' disabled'),
        ]),
      );
    const fixed = { draftDay: true, draftTime: true, sendDay: false, sendTime: false, timezone: true };
    const page = await get('/desk/settings');
    expect(fieldsOf(page)).toEqual(fixed);
    expect(page.body).toContain('DRAFT_AT, TIMEZONE are set in the environment');
    // A browser sends no field that is disabled.
    const asked = { sendDay: 'sun', sendTime: '09:00' };
    expect((await send('/desk/settings/schedule', asked)).headers.location).toBe('/desk/settings?said=scheduled');
    expect(await loadSettings(db)).toMatchObject({ sendAt: 'sun 09:00' });
    expect((await loadSettings(db)).draftAt).toBeUndefined();
    // It is the time of the environment that an issue is not drafted at the minute of.
    const same = await send('/desk/settings/schedule', { sendDay: 'wed', sendTime: '06:15', draftDay: 'mon', draftTime: '10:00' }); // prettier-ignore
    expect(same.body).toContain('An issue cannot go out the minute it is drafted');
    expect(fieldsOf(same)).toEqual(fixed);
  });

  test('tells who writes second what came of both, where two changes that fit alone do not fit together', async () => {
    const { send, get, db } = await openDesk('owner', {}, { isLive: true });
    const seenOn = ({ body }: { body: string }): string =>
      /action="\/desk\/settings\/schedule">[^]*?name="seen" value="([^"]*)"/.exec(body)![1]!.replaceAll('&#34;', '"').replaceAll('&quot;', '"'); // prettier-ignore
    await send('/desk/settings/schedule', { ...schedule, timezone: 'UTC' });
    const seen = seenOn(await get('/desk/settings'));
    const shown = JSON.parse(seen) as Record<string, string>;
    // One moves the draft to Saturday at seven, the other the sending.
    const [one, other] = [{ draftDay: 'sat', draftTime: '07:00' }, { sendDay: 'sat', sendTime: '07:00' }]; // prettier-ignore
    expect((await send('/desk/settings/schedule', { ...shown, ...one, seen })).statusCode).toBe(303);
    const answer = await send('/desk/settings/schedule', { ...shown, ...other, seen });
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain('id="sendTime-wrong">An issue cannot go out the minute it is drafted');
    expect(answer.body).toContain('id="draftDay-wrong">Somebody changed this meanwhile');
    expect(answer.body).toMatch(/name="draftTime"[^>]* value="07:00"/);
    // Nobody's change is lost by what is sent next.
    const next = { ...(JSON.parse(seenOn(answer)) as Record<string, string>), ...other, sendTime: '09:30' };
    expect((await send('/desk/settings/schedule', { ...next, seen: seenOn(answer) })).statusCode).toBe(303);
    expect(await loadSettings(db)).toMatchObject({ draftAt: 'sat 07:00', sendAt: 'sat 09:30' });
  });

  test('leaves time between draft and sending', async () => {
    const { send } = await openDesk('owner');
    const answer = await send('/desk/settings/schedule', { ...schedule, sendDay: 'thu', sendTime: '08:30' });
    expect(answer.body).toContain('An issue cannot go out the minute it is drafted');
  });
});

describe('the order of the sections', () => {
  const placed = (order: number[]): Record<string, string> => ({
    ...described,
    ...Object.fromEntries(sections.map(({ key }, at) => [`place-${key}`, String(order[at])])),
  });

  test('is that of the letter and of its desk from now on', async () => {
    const { send, get, db } = await openDesk('owner');
    const id = await seedIssue(db);
    const before = await loadIssueContent(db, id);
    expect((await get(`/desk/issues/${id}`)).body.indexOf('Attention pays')).toBeGreaterThan(0);
    await send('/desk/settings/sections', placed([4, 3, 2, 1]));
    const after = await loadIssueContent(db, id);
    expect(after.sections.map(({ key }) => key)).toEqual(before.sections.map(({ key }) => key).toReversed());
    expect(after.cards.map(({ section }) => section)).toEqual(['posts', 'publications', 'publications']);
    // The page shows the hash it lets be approved, so it must be of this order.
    expect((await get(`/desk/issues/${id}`)).body).toContain(hashContent(after));
  });

  test('two sections have no one place', async () => {
    const { send, db } = await openDesk('owner');
    const answer = await send('/desk/settings/sections', placed([1, 1, 2, 3]));
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain('id="place-talks-wrong">Talks &amp; Videos cannot have the place of Publications.');
    expect((await loadSettings(db)).sectionOrder).toBeUndefined();
  });
});

test('the log says who did what, to what, and how it was before and after', async () => {
  const { send, get } = await openDesk('owner');
  await send('/desk/settings', filled);
  await send('/desk/settings', { ...filled, publication: 'The <b>Daily</b>' });
  const { body } = await get('/desk/log');
  expect(body).toContain('<del>The Weekly</del> <ins>The &lt;b&gt;Daily&lt;/b&gt;</ins>');
  expect(body).not.toContain('<del>Street 1</del>');
  expect((await get('/desk/log?q=olga')).body).toContain('change the settings');
  expect((await get('/desk/log?q=nobody')).body).toContain('Nothing fits “nobody”');
});

test('health says what is well, and a job that failed says why', async () => {
  const { get } = await openDesk('reviewer');
  const { body } = await get('/desk/queues');
  for (const words of ['Database', 'none is late or broken', 'none is paused', '0 wait']) expect(body).toContain(words);
});
