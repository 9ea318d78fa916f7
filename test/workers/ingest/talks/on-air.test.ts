// Videos that are announced before they can be watched: no news and no lost transcript until they are on air.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { parseConfig } from '../../../../core/config.ts';
import { sql } from '../../../../core/db.ts';
import type { House } from '../../../../core/house.ts';
import { addSources } from '../../../../core/store/sources.ts';
import { uncarriedStories } from '../../../../core/store/uncarried-stories.ts';
import { fetchTranscripts } from '../../../../workers/ingest/talks/fetch-transcripts.ts';
import { readPlayerAir, readPrintedAir } from '../../../../workers/ingest/talks/on-air.ts';
import { testDatabase } from '../../../database.ts';

const airsAt = new Date('2026-10-06T18:00:00Z');
const scheduled = (seconds: number) =>
  JSON.stringify({
    playabilityStatus: {
      status: 'LIVE_STREAM_OFFLINE',
      reason: 'Premieres in 5 days',
      liveStreamability: {
        liveStreamabilityRenderer: {
          offlineSlate: { liveStreamOfflineSlateRenderer: { scheduledStartTime: String(seconds) } },
        },
      },
    },
    videoDetails: { videoId: 'abcdefghijk', isUpcoming: true, isLiveContent: true },
  });

test.each<[string, string, object | undefined]>([
  ['a premiere to come', scheduled(airsAt.getTime() / 1000), { airsAt }],
  ['one without a time', '{"playabilityStatus": {"status": "LIVE_STREAM_OFFLINE"}}', { airsAt: null }],
  [
    'a live video',
    '{"playabilityStatus":{"status":"OK"},"videoDetails":{"isLive":true}}',
    { reason: 'it is live now' },
  ],
  ['one live since', `{"playabilityStatus":{"status":"OK"},"microformat":{"liveBroadcastDetails":{"isLiveNow":true,"startTimestamp":"${airsAt.toISOString()}"}}}`, { airsAt }], // prettier-ignore
  ['a recorded one', '{"playabilityStatus":{"status":"OK"},"videoDetails":{"isLiveContent":true,"isUpcoming":false}}', undefined], // prettier-ignore
  [
    'one that speaks of it',
    JSON.stringify({ playabilityStatus: { status: 'OK' }, about: '"isUpcoming":true' }),
    undefined,
  ],
])('%s', (_name, body, want) => {
  expect(readPlayerAir(body) ?? { airsAt: undefined }).toMatchObject(want ?? { airsAt: undefined });
});

test.each<[string, Date | null | undefined]>([
  [`live_status=is_upcoming release_timestamp=${airsAt.getTime() / 1000}`, airsAt],
  ['live_status=is_upcoming release_timestamp=NA', null],
  ['live_status=is_live release_timestamp=NA', null],
  ['ERROR: [youtube] abcdefghijk: Premieres in 3 hours', new Date('2026-10-01T15:00:00Z')],
  ['ERROR: [youtube] abcdefghijk: This live event will begin in 2 days.', new Date('2026-10-03T12:00:00Z')],
  ['ERROR: [youtube] abcdefghijk: This live event will begin in a few moments.', null],
  ['live_status=not_live release_timestamp=NA', undefined],
  ['live_status=was_live release_timestamp=1', undefined],
])('yt-dlp says %s', (said, want) => {
  expect(readPrintedAir(said, new Date('2026-10-01T12:00:00Z'))?.airsAt).toEqual(want);
});

test('a premiere waits for its day, is news of the week in which it airs, and has its fresh days from then on', async () => {
  let player = scheduled(airsAt.getTime() / 1000);
  const server = createServer((request, response) => {
    response.end(request.url!.startsWith('/watch') ? '"INNERTUBE_API_KEY":"key"' : player);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const db = await testDatabase();
  let now = new Date('2026-10-01T12:00:00Z');
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const queue = { enqueue: async () => undefined } as unknown as House['queue'];
  const house: House = { config: parseConfig({ YT_DLP: '/nowhere/yt-dlp' }), db, log, queue, now: () => now };
  await addSources(db, [
    { kind: 'youtube', title: 'Talks', url: 'https://www.youtube.com/feeds/videos.xml?channel_id=x' },
  ]);
  await db.run(sql`
    insert into items (source_id, guid, kind, url, title, published_at, content_hash, transcript_state)
    values (1, 'abcdefghijk', 'video', 'https://v.example/', 'Premiere', ${now}, 'a', 'pending')`);
  await db.pool.query(`insert into stories (headline_item_id, first_seen, changed_at) values (1, now(), now());
    insert into story_items (item_id, story_id, why) values (1, 1, 'first')`);
  const look = async (at: string) => {
    now = new Date(at);
    await fetchTranscripts(house, {
      allow: [host],
      youtubeUrl: `http://${host}`,
      now: house.now,
      stop: new AbortController().signal,
    });
    return db.row(sql`select transcript_state as state, transcript_next_at as next_at, published_at from items`);
  };
  const newsOf = async (since: string, until: string) =>
    (await uncarriedStories(db, { since: new Date(since), until: new Date(until) })).length;

  expect(await look('2026-10-01T12:00:00Z')).toMatchObject({
    state: 'upcoming',
    nextAt: new Date('2026-10-02T12:00:00Z'),
  });
  expect(await newsOf('2026-09-28', '2026-10-05')).toBe(0);
  expect(await look('2026-10-06T12:00:00Z')).toMatchObject({
    state: 'upcoming',
    nextAt: new Date('2026-10-06T18:30:00Z'),
  });
  player = '<html>';
  expect(await look('2026-10-06T18:30:00Z')).toMatchObject({ state: 'upcoming' });
  player = '{"playabilityStatus":{"status":"OK"},"videoDetails":{"isUpcoming":false}}';
  expect(await look('2026-10-07T18:30:00Z')).toEqual({
    state: 'none',
    nextAt: new Date('2026-10-08T06:30:00Z'),
    publishedAt: airsAt,
  });
  expect(await newsOf('2026-09-28', '2026-10-05')).toBe(0);
  expect(await newsOf('2026-10-05', '2026-10-12')).toBe(1);
  expect(await look('2026-10-09T12:00:00Z')).toMatchObject({ nextAt: new Date('2026-10-10T00:00:00Z') });
  expect(await look('2026-10-10T12:00:00Z')).toMatchObject({ state: 'none', nextAt: null });
});
