// Letters in the language of each reader: compiled, written and made again; what is theirs alone is in it, too.
import PostalMime from 'postal-mime';
import { expect, onTestFinished, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import { savePicks } from '../../../core/store/picks.ts';
import { replayLetter } from '../../../services/cli/replay.ts';
import { sendIssue } from '../../../services/mailer/send-issue.ts';
import { renderHandlers } from '../../../workers/render/handlers.ts';
import { testDatabase } from '../../database.ts';
import { startMailServer } from '../../mail-server.ts';
import { leftovers } from '../web/visible-strings.ts';
import { chooseAll } from './sample-issue.ts';
import { scheduleSample, sendAt, testHouse } from './sending-fixture.ts';

const never = new AbortController().signal;
const chosen = ['en', 'zh', 'es', 'de', 'fr', null, 'tlh'] as const;

/** One reader of each language, one who chose none, and one whose language there is no catalogue of. */
async function sendToEach(settings: Record<string, string> = {}) {
  const db = await testDatabase();
  const sample = await scheduleSample(db, { readers: chosen.length, stories: 12 });
  for (const [at, lang] of chosen.entries()) await db.run(sql`update readers set lang = ${lang} where id = ${at + 1}`);
  const { issueId, contentHash, content } = sample;
  const readers = chosen.map((_lang, at) => ({ readerId: at + 1, stories: chooseAll(content).map(({ storyId, kind, reason }) => ({ storyId, kind, reason: reason ?? ({ code: 'editor' } as const) })),
    unmet: ['knitting'], profile: { facets: [] } })); // prettier-ignore
  await db.run(sql`delete from picks`);
  await savePicks(db, { issueId, contentHash, ranker: 'test', readers, now: sendAt });
  const server = await startMailServer();
  onTestFinished(server.stop);
  const { house } = testHouse(db, { SMTP_URL: server.url, MAIL_FROM: 'news@example.org', ...settings });
  const render = renderHandlers(house)['issue.render']!;
  await render({ issueId: sample.issueId }, never);
  await sendIssue(house, sample.issueId, never);
  const rawOf = (reader: number): Buffer => server.taken.find(({ to }) => to === `reader${reader}@example.org`)!.raw;
  return { db, house, server, rawOf, ...sample };
}

async function readMail(raw: Buffer): Promise<{ html: string; text: string }> {
  const { html = '', text = '' } = await PostalMime.parse(raw);
  // Behind the preheader stand signs that nobody sees.
  return { html: html.replaceAll(/[\u034f\u200c]/g, ''), text };
}

const langOf = (html: string): string => /<html[^>]* lang="([^"]+)"/.exec(html)![1]!;

test('each reader gets the letter in their language, with nothing English but what was published so', async () => {
  const { rawOf, content } = await sendToEach();
  const told = content.cards.flatMap(({ title, source, authors, summary, also }) => [title, source, ...authors, ...summary, summary.join(' '), summary.join(''), ...also.map(({ label }) => label)]); // prettier-ignore
  const english = await readMail(rawOf(1));
  const same = new Set([...told, ...content.title.split(' · '), 'Courant', 'speech & “low-rank” adapters #', content.intro, ...content.intro.split('\n')].map((one) => one.replaceAll(/\d+/g, '#').trim())); // prettier-ignore
  for (const [at, lang] of ['zh', 'es', 'de', 'fr'].entries()) {
    const { html, text } = await readMail(rawOf(at + 2));
    expect(langOf(html)).toBe(lang);
    const shared = lang === 'de' ? ['Posts & Essays'] : lang === 'fr' ? ['Publications'] : [];
    expect([lang, leftovers(html, english.html, new Set([...same, ...shared]))]).toEqual([lang, []]);
    const lines = new Set(english.text.split('\n').filter((line) => !line.startsWith('http') && /[A-Za-z]{3}/.test(line)));
    const left = text.split('\n').filter((line) => lines.has(line) && !same.has(line.replace(/^\d+\. /, '').replaceAll(/\d+/g, '#')));
    expect([lang, left.filter((line) => !['PUBLICATIONS', ...content.intro.split('\n')].includes(line))]).toEqual([lang, []]);
  }
}); // prettier-ignore

test('reasons, counts and what the week has nothing on are said in it', async () => {
  const { rawOf } = await sendToEach();
  const { text } = await readMail(rawOf(4));
  expect(text).toContain('Nichts zu knitting in dieser Woche.');
  expect(text).toMatch(
    /In diesem Newsletter: 12 Meldungen, \d+ Minuten? zu lesen\nVon der Redaktion \(\d+\): .+\nFür Sie \(\d+\)/,
  );
  expect(text).toContain('nahe an „speech & “low-rank” adapters“');
  expect(text).toContain('abonniert hat: Courant, bestätigt am Sa., 3. Okt. 2026.');
});

test('who chose none, or one there are no words in, gets that of the publication', async () => {
  const { rawOf } = await sendToEach({ SITE_LANGUAGE: 'fr' });
  const langs = await Promise.all([1, 6, 7].map(async (reader) => langOf((await readMail(rawOf(reader))).html)));
  expect(langs).toEqual(['en', 'fr', 'fr']);
});

test('a letter is made again as it was, though its reader and the publication chose other languages since', async () => {
  const { db, house, rawOf } = await sendToEach();
  const raw = rawOf(4);
  await chooseForAll(db, 'zh');
  const later = { ...house, config: { ...house.config, SITE_LANGUAGE: 'es' as const } };
  expect((await replayLetter(later, { reader: '4', issue: '12' })).equals(raw)).toBe(true);
  expect((await replayLetter(later, { reader: '6', issue: '12' })).equals(rawOf(6))).toBe(true);
});

test('a language that somebody chooses before the issue goes out is compiled first', async () => {
  const db = await testDatabase();
  const { issueId } = await scheduleSample(db, { readers: 2 });
  const { house, enqueued } = testHouse(db, { MAIL_FROM: 'news@example.org' });
  await renderHandlers(house)['issue.render']!({ issueId }, never);
  await chooseForAll(db, 'de');
  enqueued.length = 0;
  await sendIssue(house, issueId, never);
  expect(enqueued).toEqual(['issue.render']);
});

async function chooseForAll(db: Database, lang: string): Promise<void> {
  await db.run(sql`update readers set lang = ${lang}`);
}
