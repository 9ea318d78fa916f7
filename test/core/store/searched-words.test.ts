// A search by words in a few columns: what is typed in any case, and what it costs.
import { beforeEach, expect, test } from 'vitest';
import { sql, type Database, type Sql } from '../../../core/db.ts';
import { holdsWords } from '../../../core/store/searched-words.ts';
import { testDatabase } from '../../database.ts';

let db: Database;
beforeEach(async () => {
  db = await testDatabase();
});

async function holds(text: Sql, typed: string): Promise<boolean> {
  return (await db.row<{ holds: boolean }>(sql`select ${holdsWords(text, typed)} as holds`))!.holds;
}

test('all words stand in it, in any order and case; none ask for nothing', async () => {
  const text = sql`'Graph learning for Molecules'`;
  expect(await holds(text, 'molecules GRAPH')).toBe(true);
  expect(await holds(text, 'molecules proteins')).toBe(false);
  expect(await holds(text, ' ')).toBe(true);
});

test.each(['İstanbul', 'ΟΔΟΣ', 'Straße', 'ÄTNA', '🤖', 'شبكة', "'; drop", '100%', 'a_b', String.raw`c:\d`])(
  'what is typed as it stands there is found: %s',
  async (word) => {
    expect(await holds(sql`${`At ${word} and elsewhere`}::text`, word)).toBe(true);
  },
);

test('the text is put together once, however many words are typed', async () => {
  await db.run(sql`create temporary sequence looks`);
  const typed = Array.from('graph molecules').join(' ');
  expect(await holds(sql`'graph molecules ' || nextval('looks')`, typed)).toBe(true);
  expect(await db.row(sql`select last_value::int as looks from looks`)).toEqual({ looks: 1 });
  await db.run(sql`drop sequence looks`);
});
