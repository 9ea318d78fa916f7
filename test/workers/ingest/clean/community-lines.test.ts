// Lists of a community's links: its points are evidence, and neither they nor their labels are words of the item.
import { expect, test } from 'vitest';
import { sql } from '../../../../core/db.ts';
import { saveItems } from '../../../../core/store/items.ts';
import { addSources } from '../../../../core/store/sources.ts';
import { cleanItem } from '../../../../workers/ingest/clean/clean.ts';
import { takeCommunityLines } from '../../../../workers/ingest/clean/community-lines.ts';
import { blankItem } from '../../../../workers/ingest/parsed-item.ts';
import { testDatabase } from '../../../database.ts';

const now = new Date('2026-11-21T12:00:00Z');
const thread = 'https://news.example/item?id=7';
const counted = (points: number | string, comments: number | string, before = ''): string =>
  `${before}<p>Article URL: <a href="https://blog.example/kiln">https://blog.example/kiln</a></p>\n<p>Comments URL: <a href="${thread}">${thread}</a></p>\n<p>Points: ${points}</p>\n<p># Comments: ${comments}</p>`;
const clean = (summary: string) => cleanItem({ ...blankItem, id: thread, title: 'A kiln in the garden', link: 'https://blog.example/kiln', summary }, { url: 'https://list.example/frontpage', language: 'en', now })!; // prettier-ignore

test('the lines under a link are taken off, and its points are kept', () => {
  expect(clean(counted(412, 96))).toMatchObject({ points: 412, text: '', html: '', mentions: [] });
  const asked = clean(counted(9, 3, '<p>Who of you fires clay at home?</p><hr>'));
  expect(asked).toMatchObject({ points: 9, text: 'Who of you fires clay at home?' });
});

test.each([
  ['a text that speaks of points', '<p>Points: 3</p><p>and more of them</p>'],
  ['points that are no number', counted('many', 3)],
  ['comments that are no number', counted(3, 'none')],
  ['a negative number', counted(-4, 3)],
  ['a number with other than digits', counted('0x7f', 3)],
  ['comments with other than digits', counted(3, '-3e2')],
  ['a number that no community gives', counted(99_999_999, 3)],
  ['labels within one paragraph', '<p>Points: 3 # Comments: 4</p>'],
])('%s stays as it is', (_, html) => {
  expect(takeCommunityLines(html)).toEqual({ html, points: null });
  expect(clean(html).points).toBeUndefined();
});

test('points that grow are kept and are no change of the item; a reading without them keeps them', async () => {
  const db = await testDatabase();
  await addSources(db, [{ kind: 'feed', title: 'List', url: 'https://list.example/frontpage' }]);
  const saving = { sourceId: 1, at: now };
  const read = async (summary: string) => {
    const counts = await saveItems(db, saving, [clean(summary)]);
    return { ...counts, ...(await db.row<{ points: number; text: string }>(sql`select points, text from items`)) };
  };
  expect(await read(counted(3, 1))).toEqual({ added: 1, changed: 0, points: 3, text: '' });
  expect(await read(counted(57, 20))).toEqual({ added: 0, changed: 0, points: 57, text: '' });
  expect(await read('<p>Its first words.</p>')).toEqual({ added: 0, changed: 1, points: 57, text: 'Its first words.' });
  expect(await read(counted(60, 21, '<p>Its first words.</p>'))).toMatchObject({ changed: 0, points: 60 });
});

test('ten thousand paragraphs of labels are read once, and only the last of each is taken off', () => {
  const words = '<p>Points: two lines meet in one</p>'.repeat(10_000);
  expect(takeCommunityLines(counted(5, 5, words))).toEqual({ html: words, points: 5 });
});
