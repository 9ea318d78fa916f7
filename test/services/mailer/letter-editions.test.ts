// Letters in the language of their readers where the issue has an edition in it: its texts, who said them, and the original of the rest.
import PostalMime from 'postal-mime';
import { expect, onTestFinished, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { hashContent } from '../../../core/content-hash.ts';
import { editionSections } from '../../../core/editions/edition-sections.ts';
import { inEdition } from '../../../core/editions/in-edition.ts';
import { wordsIn } from '../../../core/words.ts';
import { linksOf } from '../../../core/links.ts';
import type { IssueContent } from '../../../core/store/issue-content.ts';
import { openTemplates } from '../../../core/templates.ts';
import { cardHtml, cardOf } from '../../../core/letter/letter.ts';
import { replayLetter } from '../../../services/cli/replay.ts';
import { sendIssue } from '../../../services/mailer/send-issue.ts';
import { renderHandlers } from '../../../workers/render/handlers.ts';
import { testDatabase } from '../../database.ts';
import { startMailServer } from '../../mail-server.ts';
import { compileWhole } from './compile-whole.ts';
import { sampleContent } from './sample-issue.ts';
import { scheduleSample, testHouse } from './sending-fixture.ts';

const never = new AbortController().signal;

/** The content with a German edition of its opening and of every other story. */
function withGerman(content: IssueContent): IssueContent {
  const texts = editionSections(content)
    .filter((_section, at) => at % 2 === 0)
    .map(({ storyId, words }, at) => {
      const said = Object.fromEntries(Object.entries(words).map(([field, text]) => [field, `Auf Deutsch ${text}`]));
      return [storyId, { ...said, by: 'machine' as const, name: 'tiny', ...(at % 2 === 0 && { checkedBy: 'Olga' }) }];
    });
  return { ...content, editions: { de: Object.fromEntries(texts) } };
}

async function sendBoth() {
  const db = await testDatabase();
  const { issueId, content } = await scheduleSample(db, { readers: 2, stories: 8 });
  const edited = withGerman(content);
  const hash = hashContent(edited);
  await db.run(sql`update issues set content = ${JSON.stringify(edited)}::jsonb, content_hash = ${hash}, approved_hash = ${hash}`);
  await db.run(sql`update picks set content_hash = ${hash}`);
  await db.run(sql`update picked_stories set content_hash = ${hash}`);
  await db.run(sql`update readers set lang = 'de' where id = 2`);
  const server = await startMailServer();
  onTestFinished(server.stop);
  const { house } = testHouse(db, { SMTP_URL: server.url, MAIL_FROM: 'news@example.org' });
  await renderHandlers(house)['issue.render']!({ issueId }, never);
  await sendIssue(house, issueId, never);
  const rawOf = (reader: number): Buffer => server.taken.find(({ to }) => to === `reader${reader}@example.org`)!.raw;
  return { house, rawOf, content };
} // prettier-ignore

test('who reads German gets the edition with who said what, others the original; both are made again byte for byte', async () => {
  const { house, rawOf, content } = await sendBoth();
  const [english, german] = [await PostalMime.parse(rawOf(1)), await PostalMime.parse(rawOf(2))];
  expect(english.html).not.toContain('Auf Deutsch');
  expect(english.subject).toBe(content.title);
  expect(german.subject).toBe(`Auf Deutsch ${content.title}`);
  expect(german.html).toContain('https://news.example.org/issues/2026-w47/de"');
  for (const half of [german.html!, german.text!]) {
    expect(half).toContain('maschinell übersetzt, geprüft von Olga');
    expect(half).toContain('maschineller Entwurf');
    expect(half).toContain('Auf Deutsch BERT: Pre-training');
    expect(half).toContain('Attention Is All You Need');
    expect(half).not.toContain('Auf Deutsch Attention Is All You Need');
  }
  expect(german.html).toMatch(/<h3[^>]* lang="en"[^>]*>(<a[^>]*>)?Attention Is All You Need/);
  expect(german.html).not.toMatch(/<h3[^>]* lang="[a-z]+"[^>]*>(<a[^>]*>)?Auf Deutsch/);
  for (const reader of [1, 2])
    expect((await replayLetter(house, { reader: String(reader), issue: '12' })).equals(rawOf(reader))).toBe(true);
}); // prettier-ignore

test('an opening that nobody said keeps its language, and so do notes', async () => {
  const templates = openTemplates();
  const content = sampleContent(2);
  const [first, second] = content.cards as [IssueContent['cards'][number], IssueContent['cards'][number]];
  const cards = [first, { ...second, note: 'Read this.' }];
  const text = { title: 'Titel', summary: 'Satz.', by: 'curator' as const, name: 'Olga' };
  const edition = inEdition(
    { ...content, cards, editions: { de: { [first.storyId]: text } } },
    { lang: 'de', own: 'en' },
  );
  const origin = { publication: 'Courant', links: linksOf('https://news.example.org'), words: wordsIn('de') };
  const [head] = await compileWhole(templates, edition, origin);
  expect(head!.html).toContain('<div lang="en">');
  const card = await cardHtml(
    templates,
    cardOf(edition.cards[1]!, { origin, fill: (slot) => slot, lead: false }),
    'de',
  );
  expect(card).toContain('<span lang="en">Read this.</span>');
  expect(edition.cards[0]).toMatchObject({ title: 'Titel', lang: 'de', summary: ['Satz.'] });
  expect(inEdition(content, { lang: 'de', own: 'en' })).toBe(content);
});

test('TeX of a translated text is shown as formulas on pages and as Unicode in letters', () => {
  const content = sampleContent(1);
  const [{ storyId }] = content.cards as [IssueContent['cards'][number]];
  const text = { title: 'Eine Schranke $\\alpha^2$', summary: 'Satz.', by: 'machine' as const, name: 'tiny' };
  const [card] = inEdition({ ...content, editions: { de: { [storyId]: text } } }, { lang: 'de', own: 'en' }).cards;
  expect(card).toMatchObject({
    title: 'Eine Schranke α²',
    tex: { title: 'Eine Schranke $\\alpha^2$', summary: ['Satz.'] },
  });
});
