// A talk beside a paper leads to the minute at which it speaks of it; a talk that does so all along leads to its start.
import { beforeEach, expect, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import { bestSegments } from '../../../core/store/best-segments.ts';
import { loadIssueContent } from '../../../core/store/issue-content.ts';
import { seedIssue } from '../../services/seed-issue.ts';
import { testDatabase } from '../../database.ts';

let db: Database;
let issueId: number;

beforeEach(async () => {
  db = await testDatabase();
  issueId = await seedIssue(db);
  await db.pool.query(`
    delete from segments;
    insert into segments (item_id, position, start_s, text) values
      (2, 1, 0, 'a'), (2, 2, 300, 'b'), (2, 3, 760, 'c'), (2, 4, 900, 'd');
    insert into vector_sets (model, embedder, status, dimension) values ('m', 'embedded', 'in_use', 2)`);
});

async function speak(headline: number[], ...parts: number[][]): Promise<void> {
  const bytes = (vector: number[]) => Buffer.from(Float32Array.from(vector).buffer);
  await db.run(sql`insert into vectors (item_id, segment, model, vector) values (1, 0, 'm', ${bytes(headline)})`);
  for (const [at, part] of parts.entries()) {
    await db.run(sql`insert into vectors (item_id, segment, model, vector) values (2, ${at + 1}, 'm', ${bytes(part)})`);
  }
}

const also = async () => (await loadIssueContent(db, issueId)).cards.find(({ storyId }) => storyId === 1)!.also;

test('the part that stands out is linked to the second', async () => {
  await speak([1, 0], [0, 1], [0.2, 1], [1, 0.1], [0, 1]);
  expect(await also()).toEqual([{ label: 'talk at 12:40 on Talks', url: 'https://video.example/watch?v=1&t=760s' }]);
});

test.each([
  [
    'which speaks of it all along',
    [
      [1, 0],
      [1, 0],
      [1, 0],
      [1, 0],
    ],
  ],
  [
    'which begins with it',
    [
      [1, 0],
      [0, 1],
      [0, 1],
      [0, 1],
    ],
  ],
  ['without vectors', []],
])('a talk %s leads to its start', async (_name, parts) => {
  await speak([1, 0], ...parts);
  expect(await bestSegments(db, [1])).toEqual(new Map());
  expect(await also()).toEqual([{ label: 'talk on Talks', url: 'https://video.example/watch?v=1' }]);
});
