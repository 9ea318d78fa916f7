// Sources on a real database: added once, due when their time has come, their outcome kept.
import { expect, test } from 'vitest';
import {
  addSources,
  checkSourcesNow,
  dueSourceIds,
  listSources,
  recordChecks,
  sourceById,
} from '../../../core/store/sources.ts';
import { testDatabase } from '../../database.ts';

const now = new Date();
const later = new Date(now.getTime() + 3_600_000);
const feed = { kind: 'feed', title: 'Field Notes', url: 'https://notes.example/feed' } as const;

test('a source is added once, with its options, and is due at once', async () => {
  const db = await testDatabase();
  const talks = {
    kind: 'youtube',
    title: 'Talks',
    url: 'https://talks.example/',
    options: { captionsUrl: 'https://c.example/{id}' },
  } as const;
  expect(await addSources(db, [feed, talks])).toBe(2);
  expect(await addSources(db, [feed])).toBe(0);
  expect(await dueSourceIds(db, later)).toEqual([1, 2]);
  const [first, second] = await listSources(db);
  expect(first).toMatchObject({ ...feed, status: 'active', health: 'new', options: {} });
  expect(second?.options).toEqual({ captionsUrl: 'https://c.example/{id}' });
});

test('a success is recorded and the next look is at its time', async () => {
  const db = await testDatabase();
  await addSources(db, [feed]);
  await recordChecks(db, [{ sourceId: 1, at: now, nextCheckAt: later, health: 'ok', etag: '"x"', lastModified: null }]);
  expect(await dueSourceIds(db, now)).toEqual([]);
  expect(await sourceById(db, 1)).toMatchObject({ health: 'ok', etag: '"x"', lastSuccessAt: now, failures: 0 });
});

test('failures are counted, say why, and keep the last success', async () => {
  const db = await testDatabase();
  await addSources(db, [feed]);
  await recordChecks(db, [{ sourceId: 1, at: now, nextCheckAt: later, health: 'ok', etag: '"x"', lastModified: null }]);
  const broken = { sourceId: 1, at: later, nextCheckAt: later, health: 'broken', error: 'no feed' } as const;
  await recordChecks(db, [broken]);
  await recordChecks(db, [broken]);
  expect(await sourceById(db, 1)).toMatchObject({
    health: 'broken',
    failures: 2,
    lastError: 'no feed',
    etag: '"x"',
    lastSuccessAt: now,
    lastCheckedAt: later,
  });
});

test('everything can be made due now', async () => {
  const db = await testDatabase();
  await addSources(db, [feed]);
  await recordChecks(db, [{ sourceId: 1, at: now, nextCheckAt: later, health: 'ok', etag: null, lastModified: null }]);
  expect(await checkSourcesNow(db, now)).toBe(1);
  expect(await dueSourceIds(db, now)).toEqual([1]);
});
