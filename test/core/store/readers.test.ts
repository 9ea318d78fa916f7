// Readers: how many of what they want, and when they are paused.
import { describe, expect, test } from 'vitest';
import { addReaders, countReaders, setPaused, type ReaderStatus } from '../../../core/store/readers.ts';
import { listConsents } from '../../../core/store/subscriptions.ts';
import { addInterests, listInterests, removeInterest } from '../../../core/store/interests.ts';
import { sql, type Database } from '../../../core/db.ts';
import { testDatabase } from '../../database.ts';

const at = new Date('2026-11-21T08:00:00Z');
/** One reader, active unless `status` says otherwise. */
async function oneReader(db: Database, status: ReaderStatus = 'active'): Promise<number> {
  await addReaders(db, { readers: [{ email: 'ada@readers.example', interests: [], length: 8 }], wording: 'test', at });
  const row = await db.row<{ id: number }>(sql`update readers set status = ${status} returning id`);
  return row!.id;
}

describe('readers', () => {
  test('interests stop at twenty, count once whatever their case, and go one by one', async () => {
    const db = await testDatabase();
    const id = await oneReader(db);
    expect(await addInterests(db, id, ['Speech', 'speech', 'graphs'])).toBe(2);
    expect(await addInterests(db, id, ['SPEECH'])).toBe(0);
    const many = Array.from({ length: 30 }, (_, index) => `words ${index}`);
    expect(await addInterests(db, id, many)).toBe(18);
    expect(await removeInterest(db, id, 'graphs')).toBe(1);
    expect(await listInterests(db, id)).toHaveLength(19);
  });

  test('only an active reader is paused and only a paused one resumed', async () => {
    const db = await testDatabase();
    const id = await oneReader(db, 'pending');
    expect(await setPaused(db, id, { paused: true, at })).toBe(0);
    await db.run(sql`update readers set status = 'active'`);
    expect(await setPaused(db, id, { paused: true, at })).toBe(1);
    expect((await countReaders(db)).paused).toBe(1);
    expect(await setPaused(db, id, { paused: false, at })).toBe(1);
    expect((await countReaders(db)).active).toBe(1);
  });

  test('readers added twice are added once, with their interests and a consent', async () => {
    const db = await testDatabase();
    const readers = [
      { email: 'A@readers.example', interests: ['speech', 'graphs'], length: 8 },
      { email: 'b@readers.example', interests: [], length: 12 },
    ];
    expect(await addReaders(db, { readers, wording: 'import', at })).toBe(2);
    expect(await addReaders(db, { readers, wording: 'import', at })).toBe(0);
    const row = await db.row<{ id: number; length: number }>(
      sql`select id, length from readers where email = 'a@readers.example'`,
    );
    expect(row?.length).toBe(8);
    expect((await listInterests(db, row!.id)).toSorted()).toEqual(['graphs', 'speech']);
    expect(await listConsents(db, row!.id)).toHaveLength(1);
  });
});
