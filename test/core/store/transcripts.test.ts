// Transcripts on a real database: when each is due, who is left alone, and that a curator's captions win.
import { beforeEach, expect, test } from 'vitest';
import { sql, type Database } from '../../../core/db.ts';
import {
  dueTranscripts,
  giveCaptions,
  pausedHosts,
  pauseHost,
  resumeHost,
  saveTranscript,
  unheardTalks,
} from '../../../core/store/transcripts.ts';
import { testDatabase } from '../../database.ts';

const now = new Date('2026-11-20T12:00:00Z');
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
let db: Database;

beforeEach(async () => {
  db = await testDatabase();
  await db.pool.query(`
    insert into sources (kind, title, url, options) values
      ('youtube', 'A', 'https://www.youtube.com/feeds/videos.xml?channel_id=A', '{}'),
      ('youtube', 'B', 'https://b.example/', '{"captionsUrl": "https://captions.example/{id}"}');
    insert into items (source_id, guid, kind, url, title, published_at, content_hash, transcript_state) values
      (1, 'dQw4w9WgXcQ', 'video', 'https://v.example/1', 'One', '2026-11-19', 'a', 'pending'),
      (1, 'second-vide', 'video', 'https://v.example/2', 'Two', '2026-11-18', 'b', 'pending'),
      (2, 'elsewhere-1', 'video', 'https://v.example/3', 'Three', '2026-11-17', 'c', 'pending')`);
});

const dueIds = async (at: Date) => (await dueTranscripts(db, at, 10)).map(({ itemId }) => itemId);

test('a transcript that was got becomes segments, its old vectors go, and it is not due again', async () => {
  await db.pool.query(`
    insert into vectors (item_id, segment, model, vector) values (1, 0, 'm', '\\x00'), (1, 1, 'm', '\\x00')`);
  await saveTranscript(db, 1, { state: 'ok', from: 'YouTube', segments: [{ startS: 0, text: 'Hello' }] });
  expect(await dueIds(now)).toEqual([2, 3]);
  expect(await db.rows(sql`select start_s, text from segments`)).toEqual([{ startS: 0, text: 'Hello' }]);
  expect(await db.rows(sql`select segment from vectors`)).toEqual([{ segment: 0 }]);
});

test.each(['none', 'blocked', 'failed'] as const)('%s is due again at its own time, or never', async (state) => {
  await saveTranscript(db, 1, { state, reason: 'so', nextAt: later(60) });
  await saveTranscript(db, 2, { state, reason: 'so', nextAt: null });
  expect(await dueIds(now)).toEqual([3]);
  expect(await dueIds(later(60))).toEqual([1, 3]);
  expect(await unheardTalks(db, 10)).toMatchObject([{ itemId: 1, state, reason: 'so' }, { itemId: 2 }, { itemId: 3 }]);
});

test('a host that blocks is left alone by everybody, for longer each time, and others are asked meanwhile', async () => {
  const pauses: number[] = [];
  for (let block = 0; block < 9; block++) {
    await pauseHost(db, { host: 'www.youtube.com', now });
    const [paused] = await pausedHosts(db, now);
    expect(paused).toMatchObject({ host: 'www.youtube.com', blocks: block + 1 });
    pauses.push((paused!.until.getTime() - now.getTime()) / 60_000);
  }
  expect(pauses).toEqual([30, 60, 120, 240, 480, 960, 1920, 2880, 2880]);
  expect(await dueTranscripts(db, now, 10)).toMatchObject([{ itemId: 3, isYoutubePaused: true }]);
  expect(await dueIds(later(2880))).toEqual([1, 2, 3]);
  await resumeHost(db, 'www.youtube.com');
  expect(await dueIds(now)).toEqual([1, 2, 3]);
});

test('what a curator gives is due at once, first, and although the host is paused', async () => {
  await saveTranscript(db, 2, { state: 'failed', reason: 'so', nextAt: null });
  await pauseHost(db, { host: 'www.youtube.com', now });
  const given = { text: 'WEBVTT', givenBy: 'Olga', at: now };
  expect(await giveCaptions(db, { ...given, itemId: 2 })).toBe(true);
  expect(await giveCaptions(db, { ...given, itemId: 99 })).toBe(false);
  expect(await dueTranscripts(db, now, 1)).toMatchObject([{ itemId: 2, captions: 'WEBVTT', tries: 0 }]);
});
