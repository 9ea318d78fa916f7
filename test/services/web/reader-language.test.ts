// A reader's own language: asked for with the subscription or chosen on their page; their page and their mails have it.
import { beforeEach, expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { addReaders, readerByEmail, setAmount } from '../../../core/store/readers.ts';
import { wordsLangs } from '../../../core/words-langs.ts';
import { openApp, post, testNow, type TestApp } from '../open-app.ts';
import { leftovers } from './visible-strings.ts';

const email = 'ada@readers.example';
const others = wordsLangs.filter((lang) => lang !== 'en');
let open: TestApp;

beforeEach(async () => {
  open = await openApp();
});

async function addAda(): Promise<string> {
  await addReaders(open.db, { readers: [{ email, interests: [], length: 8 }], wording: 'test', at: testNow });
  return (await open.db.row<{ token: string }>(sql`select token from readers`))!.token;
}
const langAt = async (url: string, browser: string): Promise<string> => {
  const { body } = await open.app.inject({ url, headers: { 'accept-language': browser } });
  return /<html lang="([^"]+)"/.exec(body)![1]!;
};

test('what was chosen on the page stands over the browser, until it is taken back', async () => {
  const token = await addAda();
  const page = `/preferences/${token}`;
  expect(await langAt(page, 'zh')).toBe('zh');
  const { headers } = await open.app.inject(post(`${page}/amount`, { lang: 'de' }));
  expect(await langAt(page, 'zh')).toBe('de');
  expect(await langAt(`/read/${token}`, 'zh')).toBe('de');
  expect(await langAt(`/unsubscribe/${token}`, 'zh')).toBe('de');
  expect(headers.location).toContain('undo=amount');
  const undone = Object.fromEntries(new URL(headers.location!, 'http://courant.test').searchParams);
  await open.app.inject(post(`${page}/amount`, undone));
  expect(await langAt(page, 'zh')).toBe('zh');
});

test('a language there are no words in is refused and changes nothing', async () => {
  const token = await addAda();
  const answer = await open.app.inject(post(`/preferences/${token}/amount`, { lang: 'xx', length: '5' }));
  expect(answer.statusCode).toBe(400);
  expect(await readerByEmail(open.db, email)).toMatchObject({ lang: null, length: 8 });
});

test.each(others)('who subscribes in %s is asked, and then written to, in it', async (lang) => {
  await open.app.inject(post('/subscribe', { email, lang }));
  const [asked] = await open.mail();
  expect(asked!.html).toContain(`lang="${lang}"`);
  const reader = (await readerByEmail(open.db, email))!;
  expect(reader.lang).toBeNull();
  await open.app.inject(post(`/confirm/${reader.token}`));
  expect((await readerByEmail(open.db, email))!.lang).toBe(lang);
});

test('a form of another site, which says none, leaves it open', async () => {
  await open.app.inject(post('/subscribe', { email, lang: 'tlh' }));
  const [asked] = await open.mail();
  expect(asked!.subject).toBe('Confirm your subscription to Courant');
  expect((await open.db.row<{ wishes: object }>(sql`select wishes from consents`))!.wishes).toEqual({});
});

/** The mails about a subscription: asked for, asked for again, and of a change of address. */
async function mailsIn(lang: (typeof wordsLangs)[number]): Promise<{ subject: string; html: string; text: string }[]> {
  open = await openApp();
  const stranger = `new-${lang}@readers.example`;
  await open.app.inject(post('/subscribe', { email: stranger, lang }));
  const token = await addAda();
  await setAmount(open.db, (await readerByEmail(open.db, email))!.id, { lang, at: testNow });
  await open.app.inject(post('/subscribe', { email }));
  await open.app.inject(post(`/preferences/${token}/address`, { email: 'moved@readers.example' }));
  return open.mail();
}

test('nothing English is left in the mails about a subscription', async () => {
  const inEnglish = await mailsIn('en');
  expect(inEnglish).toHaveLength(4);
  for (const lang of others) {
    const mails = await mailsIn(lang);
    expect(mails).toHaveLength(4);
    for (const [at, { subject, html, text }] of mails.entries()) {
      const english = inEnglish[at]!;
      expect(subject).not.toBe(english.subject);
      expect([lang, subject, leftovers(html, english.html, new Set(['Courant']))]).toEqual([lang, subject, []]);
      const lines = new Set(english.text.split('\n').filter((line) => line !== '' && !line.startsWith('http')));
      expect(text.split('\n').filter((line) => lines.has(line))).toEqual([]);
    }
  }
});
