// What readers agree to is recorded, and a stranger who types an address changes nothing.
import { describe, expect, test } from 'vitest';
import {
  addReaders,
  askReader,
  confirmReader,
  countReaders,
  listConsents,
  readerByToken,
  setPaused,
  unsubscribeReader,
} from '../../../core/store/readers.ts';
import { addInterests, listInterests, removeInterest } from '../../../core/store/interests.ts';
import { sql } from '../../../core/db.ts';
import { testDatabase } from '../../database.ts';

const at = new Date('2026-11-21T08:00:00Z');
const ask = { email: 'ada@readers.example', interests: ['speech'], wording: 'Yes, weekly.', address: '192.0.2.1', at };

describe('readers', () => {
  test('the way from asked to confirmed to unsubscribed and back is on record', async () => {
    const db = await testDatabase();
    const { reader, write } = await askReader(db, ask);
    expect([reader.status, write]).toEqual(['pending', true]);
    const consent = { readerId: reader.id, wording: 'button', at };
    expect(await confirmReader(db, consent)).toBe(true);
    expect(await confirmReader(db, consent)).toBe(false);
    expect(await unsubscribeReader(db, consent)).toBe(true);
    expect(await unsubscribeReader(db, consent)).toBe(false);
    expect(await confirmReader(db, { ...consent, again: true })).toBe(true);
    const events = (await listConsents(db, reader.id)).map((one) => [one.event, one.address]);
    expect(events).toEqual([
      ['asked', '192.0.2.1'],
      ['confirmed', null],
      ['unsubscribed', null],
      ['resubscribed', null],
    ]);
    expect((await readerByToken(db, reader.token))?.confirmedAt).toEqual(at);
  });

  test('an address is written to once in ten minutes, however often somebody types it', async () => {
    const db = await testDatabase();
    const later = (minutes: number) => ({ ...ask, at: new Date(at.getTime() + minutes * 60_000) });
    expect((await askReader(db, ask)).write).toBe(true);
    expect((await askReader(db, later(9))).write).toBe(false);
    expect((await askReader(db, later(11))).write).toBe(true);
  });

  test('a stranger who types the address of an active reader changes none of their interests', async () => {
    const db = await testDatabase();
    const { reader } = await askReader(db, ask);
    await confirmReader(db, { readerId: reader.id, wording: 'button', at });
    await askReader(db, { ...ask, interests: ['spam'] });
    expect(await listInterests(db, reader.id)).toEqual(['speech']);
  });

  test('nobody writes to an address that bounced or complained', async () => {
    const db = await testDatabase();
    const { reader } = await askReader(db, ask);
    for (const status of ['bounced', 'complained']) {
      await db.run(sql`update readers set status = ${status} where id = ${reader.id}`);
      const again = await askReader(db, { ...ask, at: new Date(at.getTime() + 86_400_000) });
      expect(again.write).toBe(false);
      expect(await confirmReader(db, { readerId: reader.id, wording: 'button', at })).toBe(false);
    }
  });

  test('interests stop at twenty, count once whatever their case, and go one by one', async () => {
    const db = await testDatabase();
    const { reader } = await askReader(db, { ...ask, interests: [] });
    expect(await addInterests(db, reader.id, ['Speech', 'speech', 'graphs'])).toBe(2);
    expect(await addInterests(db, reader.id, ['SPEECH'])).toBe(0);
    const many = Array.from({ length: 30 }, (_, index) => `words ${index}`);
    expect(await addInterests(db, reader.id, many)).toBe(18);
    expect(await removeInterest(db, reader.id, 'graphs')).toBe(1);
    expect(await listInterests(db, reader.id)).toHaveLength(19);
  });

  test('only an active reader is paused and only a paused one resumed', async () => {
    const db = await testDatabase();
    const { reader } = await askReader(db, ask);
    expect(await setPaused(db, reader.id, { paused: true, at })).toBe(0);
    await confirmReader(db, { readerId: reader.id, wording: 'button', at });
    expect(await setPaused(db, reader.id, { paused: true, at })).toBe(1);
    expect((await countReaders(db)).paused).toBe(1);
    expect(await setPaused(db, reader.id, { paused: false, at })).toBe(1);
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
