// What a letter says of itself: contents that lead to its sections, and the last stories in brief; and letters that were compiled before.
import { expect, test } from 'vitest';
import { hashContent } from '../../../core/content-hash.ts';
import { readingTime } from '../../../core/letter/reading-time.ts';
import { linksOf } from '../../../core/links.ts';
import type { IssueContent } from '../../../core/store/issue-content.ts';
import { openTemplates } from '../../../core/templates.ts';
import type { LetterReader } from '../../../services/mailer/letter-values.ts';
import { preparePreview } from '../../../services/mailer/personal-letter.ts';
import { compileWhole } from './compile-whole.ts';
import { chooseAll, sampleContent } from './sample-issue.ts';

const templates = openTemplates();
const origin = { publication: 'Courant', links: linksOf('https://news.example.org') };
const imprint = { publication: 'Courant', postalAddress: '1 Example Street, Zürich', timezone: 'UTC' };

function readerOf(content: IssueContent, stories = chooseAll(content)): LetterReader {
  return { email: 'ada@example.org', token: 'abc-123', confirmedAt: null, stories, letterId: 'letter-1' };
}

async function compiled(content: IssueContent) {
  return { content, contentHash: hashContent(content), parts: await compileWhole(templates, content, origin) };
}

async function letterOf(content: IssueContent, reader = readerOf(content)) {
  return preparePreview(await compiled(content))(reader, imprint);
}

test('tells the last third of what was chosen for its reader in brief, a line each, and nothing where that is little', async () => {
  const content = sampleContent();
  const { html, text, storyIds } = await letterOf(content);
  const own = chooseAll(content).filter(({ kind }) => kind === 'personal');
  const briefs = own.slice(own.length - Math.floor(own.length / 3));
  expect(storyIds.slice(-briefs.length)).toEqual(briefs.map(({ storyId }) => storyId));
  const tail = text.slice(text.indexOf('IN BRIEF\n')).split('\n-- \n')[0]!;
  expect(tail.match(/^\d+\. /gm)).toHaveLength(briefs.length);
  expect(tail).not.toContain('The authors replace recurrence');
  expect(html.slice(html.indexOf('id="in-brief"'))).not.toContain('More like this');
  expect((await letterOf(content, readerOf(content, own.slice(0, 5)))).text).not.toContain('IN BRIEF');
});

test('leads from its contents to the sections it has', async () => {
  const content = sampleContent();
  const { html } = await letterOf(content);
  const targets = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
  expect(targets).toEqual(['lead', 'for-you']);
  for (const id of targets) expect(html.split(`id="${id}"`)).toHaveLength(2);
});

test('leads to where a story stands: the pick that opens the letter, also when it was chosen for one reader', async () => {
  const content = sampleContent();
  const chosen = chooseAll(content).map((story) => ({ ...story, kind: 'personal', reason: { code: 'news' } }) as const);
  for (const stories of [chosen.slice(0, 1), chosen]) {
    const { html } = await letterOf(content, readerOf(content, stories));
    const targets = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(targets[0]).toBe('lead');
    for (const id of targets) expect(html.split(`id="${id}"`)).toHaveLength(2);
  }
});

test('counts of a story in brief the title, which is all of it that the letter has', async () => {
  const content = { ...sampleContent(), intro: '' };
  const own = chooseAll(content).filter(({ kind }) => kind === 'personal').slice(0, 6); // prettier-ignore
  const cards = content.cards.map((card) => ({ ...card, title: 'One title', summary: ['word '.repeat(230)] }));
  const { text } = await letterOf({ ...content, cards }, readerOf(content, own));
  // Four of a minute each, and two lines.
  expect(text).toContain('In this letter: 6 stories, 4 minutes to read');
});

test('that was compiled before contents had rows and stories could be brief is as it was', async () => {
  const content = sampleContent();
  const whole = await compiled(content);
  const parts = whole.parts.filter(({ part }) => !/^(?:contents-|brief|section:in-brief)/.test(part));
  const { text } = preparePreview({ ...whole, parts })(readerOf(content), imprint);
  expect(text).toContain('\nFrom the editors 9 · For you 16\n');
  expect(text).not.toContain('IN BRIEF');
});

test('counts for each interest what was chosen for it, the three with the most, and of what was chosen for no words nothing', async () => {
  const content = sampleContent();
  const named = ['graphs', 'speech', 'speech', 'ethics', 'ethics', 'ethics', 'proteins'];
  const own = chooseAll(content).filter(({ kind }) => kind === 'personal');
  const stories = own.map((story, at) => ({ ...story, reason: named[at] ? ({ code: 'matches', words: named[at] } as const) : ({ code: 'news' } as const) })); // prettier-ignore
  const { text } = await letterOf(content, { ...readerOf(content, stories), deadlines: [] });
  expect(text).toContain(`For you (${own.length}): ethics\u00a03 · speech\u00a02 · graphs\u00a01\n`);
});

test.each([
  ['460 words', 'word '.repeat(460), 2],
  ['510 characters', '字'.repeat(510), 2],
  ['both', `${'word '.repeat(230)}${'字'.repeat(255)}`, 2],
  ['three words among signs', '– don’t, “re-read” 3.14! …', 3 / 230],
  ['nothing', '', 0],
])('%s: the time they take', (_name, text, minutes) => {
  expect(readingTime(text)).toBeCloseTo(minutes, 6);
});
