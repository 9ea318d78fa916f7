// Double opt-in, preferences and leaving: what each page changes, and that opening one changes nothing.
import { describe, expect, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import { listInterests } from '../../../core/store/interests.ts';
import { readerByToken, type Reader } from '../../../core/store/readers.ts';
import { listConsents } from '../../../core/store/subscriptions.ts';
import { openApp, post, testNow } from '../open-app.ts';
import { seedSentIssue, stateOf } from '../seed-issue.ts';

async function onlyReader(db: Database): Promise<Reader> {
  const row = await db.row<{ token: string }>(sql`select token from readers`);
  return (await readerByToken(db, row!.token))!;
}

describe('subscribing', () => {
  test('takes a form, a mailed link and a button; only then is the reader active', async () => {
    const { app, db, enqueued, mail } = await openApp();
    const asked = await app.inject(post('/subscribe', { email: ' Ada@Readers.example ', interests: 'speech, graphs' }));
    expect([asked.statusCode, asked.headers.location]).toEqual([303, '/subscribe/asked']);
    expect(await enqueued()).toEqual(['notices.send {}']);
    const [notice] = await mail();
    const { token, status, id } = await onlyReader(db);
    expect(status).toBe('pending');
    expect(notice?.to).toBe('ada@readers.example');
    const link = `http://courant.test/confirm/${token}`;
    expect(notice?.text).toContain(link);
    expect(notice?.html).toContain(link);

    const page = await app.inject(`/confirm/${token}`);
    expect(page.body).toContain('Yes, send me the weekly issue');
    expect((await onlyReader(db)).status).toBe('pending');

    const confirmed = await app.inject(post(`/confirm/${token}`));
    expect(confirmed.headers.location).toBe(`/preferences/${token}?said=awaited`);
    expect((await app.inject(confirmed.headers.location!)).body).toContain('The next issue comes to you.');
    expect((await onlyReader(db)).status).toBe('active');
    const kept = (await listConsents(db, id)).map(({ event, form }) => `${event} ${form?.replace(/[\da-f]{8}$/, '#')}`);
    expect(kept).toEqual(['asked subscribe-form #', 'confirmed confirm #']);
    expect((await listInterests(db, id)).toSorted()).toEqual(['graphs', 'speech']);
  });

  test('is told that the newest issue is on its way, where one went out in the last two weeks', async () => {
    const { app, db, mail, clock } = await openApp();
    await seedSentIssue(db);
    await app.inject(post('/subscribe', { email: 'ada@readers.example' }));
    await mail();
    const { token } = await onlyReader(db);
    clock.now = new Date('2026-11-21T09:00:00Z');
    const confirmed = await app.inject(post(`/confirm/${token}`));
    expect(confirmed.headers.location).toBe(`/preferences/${token}?said=confirmed`);
    expect((await app.inject(confirmed.headers.location!)).body).toContain('The newest issue is on its way to you');
  });

  test('says the same for a known and an unknown address, and tells the known one by mail', async () => {
    const { app, db, mail, clock } = await openApp();
    const first = await app.inject(post('/subscribe', { email: 'ada@readers.example' }));
    const mails = await mail();
    await app.inject(post(`/confirm/${(await onlyReader(db)).token}`));
    clock.now = new Date(testNow.getTime() + 3_600_000);
    const again = await app.inject(post('/subscribe', { email: 'ada@readers.example' }));
    expect([again.statusCode, again.headers.location, again.body]).toEqual([
      first.statusCode,
      first.headers.location,
      first.body,
    ]);
    expect([...mails, ...(await mail())].map(({ subject }) => subject)).toEqual([
      'Confirm your subscription to Courant',
      'You already get Courant',
    ]);
  });

  test.each([
    ['nothing', {}, 'Type your e-mail address.'],
    ['no address', { email: 'ada at home' }, 'This does not look like an e-mail address.'],
    ['two addresses', { email: ['a@b.example', 'c@d.example'] }, 'Type your e-mail address.'],
    ['a header in the address', { email: 'a@b.example\r\nBcc: c@d.example' }, 'This does not look like'],
    [
      'too many interests',
      { email: 'a@b.example', interests: 'x,'.repeat(3) + Array.from({ length: 21 }, (_, i) => `w${i}`).join() },
      'At most 20',
    ],
    ['too long an interest', { email: 'a@b.example', interests: 'x'.repeat(201) }, 'at most 200 characters'],
  ])('refuses %s in plain words and keeps nothing', async (_what, fields, words) => {
    const { app, db } = await openApp();
    const answer = await app.inject(post('/subscribe', fields));
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain(words);
    expect(await db.rows(sql`select 1 from asks`)).toEqual([]);
  });

  test('shows the form again with everything that was typed, in the page it stood in', async () => {
    const { app, db } = await openApp();
    await seedSentIssue(db);
    const interests = ['attention', 'graphs & <b>', 'speech'];
    const answer = await app.inject(post('/subscribe', { email: 'ada at home', interests, everyIssues: '2', length: '20', lang: 'fr' })); // prettier-ignore
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.body).toMatch(
      /<p class="warned" role="alert" id="form-error">[^<]*This does not look like an e-mail address/,
    );
    expect(answer.body).toContain('value="ada at home" aria-describedby="form-error"');
    expect(answer.body).toContain('value="attention" checked>');
    expect(answer.body).toContain('value="graphs &amp; &lt;b&gt;, speech"');
    for (const set of ['value="2" checked', 'value="20" checked', 'value="fr" lang="fr" selected']) expect(answer.body).toContain(set); // prettier-ignore
    expect(answer.body).not.toContain('value="12" checked');
    // The picks beside it.
    expect(answer.body).toContain('id="peek"');
    expect((await app.inject('/subscribe')).body).not.toContain('role="alert"');
  });

  test('gives a program that fills in every field the usual answer and keeps nothing', async () => {
    const { app, db } = await openApp();
    const answer = await app.inject(post('/subscribe', { email: 'a@b.example', website: 'https://spam.example' }));
    expect(answer.headers.location).toBe('/subscribe/asked');
    expect(await db.rows(sql`select 1 from asks`)).toEqual([]);
  });

  test('refuses a form that another site sent', async () => {
    const { app } = await openApp();
    const answer = await app.inject(post('/subscribe', { email: 'a@b.example' }, { 'sec-fetch-site': 'cross-site' }));
    expect(answer.statusCode).toBe(403);
  });
});

async function openAsReader() {
  const opened = await openApp();
  await opened.app.inject(post('/subscribe', { email: 'ada@readers.example', interests: 'speech' }));
  await opened.mail();
  const { token, id } = await onlyReader(opened.db);
  await opened.app.inject(post(`/confirm/${token}`));
  return { ...opened, token, id };
}

describe('preferences', () => {
  test('interests come and go, and the page shows it', async () => {
    const { app, db, token, id } = await openAsReader();
    await app.inject(post(`/preferences/${token}/interests`, { words: 'graphs, <b>bold</b>' }));
    const page = await app.inject(`/preferences/${token}?said=added`);
    expect(page.body).toContain('Added. The next issue');
    expect(page.body).toContain('&lt;b&gt;bold&lt;/b&gt;');
    expect(page.body).not.toContain('<b>bold');
    await app.inject(post(`/preferences/${token}/interests/remove`, { words: 'speech' }));
    expect((await listInterests(db, id)).toSorted()).toEqual(['<b>bold</b>', 'graphs']);
  });

  test.each([['2'], ['41'], ['7.5'], ['many'], ['']])('a length of "%s" is refused', async (length) => {
    const { app, db, token } = await openAsReader();
    expect((await app.inject(post(`/preferences/${token}/amount`, { length }))).statusCode).toBe(400);
    expect((await onlyReader(db)).length).toBe(12);
  });

  test('length, pause and resume take effect', async () => {
    const { app, db, token } = await openAsReader();
    await app.inject(post(`/preferences/${token}/amount`, { length: '7' }));
    await app.inject(post(`/preferences/${token}/pause`));
    expect(await onlyReader(db)).toMatchObject({ length: 7, status: 'paused' });
    expect((await app.inject(`/preferences/${token}`)).body).toContain('Resume');
    await app.inject(post(`/preferences/${token}/resume`));
    expect((await onlyReader(db)).status).toBe('active');
  });
});

describe('leaving', () => {
  test('a mail program leaves by one POST without cookies (RFC 8058), and the reader can undo it', async () => {
    const { app, db, token, id } = await openAsReader();
    const answer = await app.inject(
      post(`/unsubscribe/${token}`, { 'List-Unsubscribe': 'One-Click' }, { 'sec-fetch-site': 'cross-site' }),
    );
    expect(answer.statusCode).toBe(200);
    expect((await onlyReader(db)).status).toBe('unsubscribed');
    expect((await listConsents(db, id)).at(-1)).toMatchObject({
      event: 'unsubscribed',
      wording: 'List-Unsubscribe=One-Click',
    });
    expect(answer.body).toContain(`action="/resubscribe/${token}"`);
    await app.inject(post(`/resubscribe/${token}`));
    expect((await onlyReader(db)).status).toBe('active');
    expect((await listConsents(db, id)).at(-1)?.event).toBe('resubscribed');
  });

  test('a one-click POST in multipart/form-data, as some mail programs send it, works too', async () => {
    const { app, db, token } = await openAsReader();
    const answer = await app.inject({
      method: 'POST',
      url: `/unsubscribe/${token}`,
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      payload: '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
    });
    expect(answer.statusCode).toBe(200);
    expect((await onlyReader(db)).status).toBe('unsubscribed');
  });

  test('a reader who never confirmed is not subscribed by the undo button', async () => {
    const { app, db, mail } = await openApp();
    await app.inject(post('/subscribe', { email: 'ada@readers.example' }));
    await mail();
    const { token } = await onlyReader(db);
    await app.inject(post(`/resubscribe/${token}`));
    expect((await onlyReader(db)).status).toBe('pending');
  });
});

describe('links in mails', () => {
  test.each(['GET', 'HEAD'] as const)('%s changes nothing, whatever a link scanner opens', async (method) => {
    const { app, db, token } = await openAsReader();
    const before = await stateOf(db);
    for (const path of ['confirm', 'preferences', 'unsubscribe', 'resubscribe']) {
      await app.inject({ method, url: `/${path}/${token}` });
    }
    expect(await stateOf(db)).toBe(before);
  });

  test.each(['confirm', 'preferences', 'unsubscribe'])('/%s with a token nobody has is not found', async (path) => {
    const { app } = await openApp();
    for (const token of ['abcdefghijklmnop', 'x', "a'%20or%201=1", 'a'.repeat(90)]) {
      expect((await app.inject(`/${path}/${token}`)).statusCode).toBe(404);
      expect((await app.inject(post(`/${path}/${token}`))).statusCode).toBe(404);
    }
  });
});

describe('how much and how often', () => {
  const asked = { email: 'eve@readers.example', interests: 'speech', length: '5', everyIssues: '2', timezone: 'Asia/Kolkata' }; // prettier-ignore

  test('what was chosen in the form is told before it is confirmed, and holds from then on', async () => {
    const { app, db, mail } = await openApp();
    await app.inject(post('/subscribe', asked));
    const [letter] = await mail();
    const path = /\/confirm\/[\w-]+/.exec(letter!.text)![0];
    expect((await onlyReader(db)).length).toBe(12);
    expect((await app.inject(path)).body).toContain('every two weeks, 5 stories.');
    await app.inject(post(path));
    expect(await onlyReader(db)).toMatchObject({
      length: 5,
      everyIssues: 2,
      timezone: 'Asia/Kolkata',
      status: 'active',
    });
  });

  test('a reader keeps what they have, whatever a stranger chooses for their address', async () => {
    const { app, db, token, mail } = await openAsReader();
    const { email } = await onlyReader(db);
    await app.inject(post('/subscribe', { ...asked, email }));
    await mail();
    await app.inject(post(`/confirm/${token}`));
    expect(await onlyReader(db)).toMatchObject({ length: 12, everyIssues: 1, timezone: null });
  });

  test.each([
    [{ ...asked, timezone: 'Mars/Olympus' }, 303],
    [{ ...asked, length: '2' }, 400],
    [{ ...asked, everyIssues: '3' }, 400],
  ])('%j is answered %i', async (fields, status) => {
    const { app } = await openApp();
    expect((await app.inject(post('/subscribe', fields))).statusCode).toBe(status);
  });

  test('the form may stand on other sites that the operator names, and on no others', async () => {
    const { app, mail } = await openApp({ EMBED_ORIGINS: 'https://lab.example, https://b.example' });
    const from = (origin: string) => app.inject(post('/subscribe', asked, { 'sec-fetch-site': 'cross-site', origin }));
    expect((await from('https://evil.example')).statusCode).toBe(403);
    expect((await from('null')).statusCode).toBe(403);
    expect((await from('https://lab.example')).statusCode).toBe(303);
    expect(await mail()).toHaveLength(1);
  });

  test('a script of those sites may read what came of the form, and where it leads; one of others may not', async () => {
    const { app } = await openApp({ EMBED_ORIGINS: 'https://lab.example, https://b.example' });
    const allowed = async (fields: Parameters<typeof post>[1], origin: string, opened = app) => {
      const answer = await opened.inject(post('/subscribe', fields, { 'sec-fetch-site': 'cross-site', origin }));
      const next = await opened.inject({ url: '/subscribe/asked', headers: { origin } });
      return [answer, next].map(({ headers }) => [headers['access-control-allow-origin'], /origin/i.test(String(headers.vary))]); // prettier-ignore
    };
    const yes = ['https://b.example', true];
    expect(await allowed(asked, 'https://b.example')).toEqual([yes, yes]);
    expect(await allowed({ ...asked, email: 'none' }, 'https://b.example')).toEqual([yes, yes]);
    const no = [undefined, true];
    expect(await allowed(asked, 'https://evil.example')).toEqual([no, no]);
    const { app: closed } = await openApp();
    expect(await allowed(asked, 'https://b.example', closed)).toEqual([[undefined, false], [undefined, false]]); // prettier-ignore
  });
});

test('the address to subscribe by mail stands beside the form where it is on', async () => {
  const subscribed = { MAIL_SUBSCRIBE: 'subscribe@inbox.example', INBOX_PORT: '2525' };
  for (const [environment, isShown] of [
    [subscribed, true],
    [{ ...subscribed, INBOX_PORT: '' }, false],
    [{}, false],
  ] as const) {
    // prettier-ignore
    const { app, db } = await openApp(environment);
    await seedSentIssue(db);
    for (const path of ['/', '/subscribe']) {
      const { body } = await app.inject(path);
      expect([path, body.includes('<a href="mailto:subscribe@inbox.example">subscribe@inbox.example</a>')]).toEqual([path, isShown]); // prettier-ignore
    }
  }
});
