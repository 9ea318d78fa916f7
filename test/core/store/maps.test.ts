// Maps in the tables: the frame of the first stays, the newest place of an item counts, what was approved stays as it was.
import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { createDraft, issueById } from '../../../core/store/issues.ts';
import { loadIssueContent } from '../../../core/store/issue-content.ts';
import { earlierMaps } from '../../../core/store/maps.ts';
import { testDatabase } from '../../database.ts';
import { markSent, seedIssue } from '../../services/seed-issue.ts';

const draftOf = (week: string, x: number, storyIds: number[]) => ({
  week,
  slug: week,
  titleOf: (number: number) => `No ${number}`,
  intro: '',
  mapReach: 12.5,
  stories: storyIds.map((storyId) => {
    return { storyId, section: 'posts', role: 'pool' as const, summary: [], place: { x, y: -0.25 } };
  }),
});

test('there is no frame before the first map', async () => {
  expect(await earlierMaps(await testDatabase())).toEqual({ reach: null, points: [] });
});

test('points of the newest maps are anchors, each item once, in the frame of the newest', async () => {
  const db = await testDatabase();
  await seedIssue(db);
  await createDraft(db, draftOf('2026-11-23', 0.5, [1, 2]));
  await createDraft(db, draftOf('2026-11-30', 0.75, [2]));
  const { reach, points } = await earlierMaps(db);
  expect(reach).toBe(12.5);
  expect(points).toEqual([
    { itemId: 1, x: 0.5, y: -0.25 },
    { itemId: 3, x: 0.75, y: -0.25 },
  ]);
});

test('an approved issue keeps its map, whatever becomes of the points', async () => {
  const db = await testDatabase();
  await seedIssue(db);
  const id = (await createDraft(db, draftOf('2026-11-23', 0.5, [1, 2])))!;
  expect((await loadIssueContent(db, id)).cards.map(({ place }) => place?.x)).toEqual([0.5, 0.5]);
  await markSent(db, id);
  await db.run(sql`update issue_stories set map_x = -1`);
  expect((await issueById(db, id))!.content!.cards.map(({ place }) => place?.x)).toEqual([0.5, 0.5]);
});

test('a title with a formula reads as text in the letter and keeps its TeX for pages', async () => {
  const db = await testDatabase();
  const id = await seedIssue(db);
  await db.run(sql`update items set title = ${String.raw`Noise $\epsilon_\theta$`} where id = 1`);
  const [card, ...others] = (await loadIssueContent(db, id)).cards;
  expect(card).toMatchObject({ title: 'Noise ε_θ', tex: { title: String.raw`Noise $\epsilon_\theta$` } });
  expect(others.some(({ tex }) => tex !== undefined)).toBe(false);
});
