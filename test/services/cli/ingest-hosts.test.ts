// `courant ingest` of a channel and of arXiv's records on this machine: what YouTube and OAI-PMH say is seen by `courant list`.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { dataDirectory, openCourant } from './courant.ts';

const courant = openCourant();
const hour = 3_600_000;
const airsAt = new Date(Math.ceil(Date.now() / hour) * hour + 72 * hour);

function entryOf(id: string): string {
  return `<entry><id>yt:video:${id}</id><yt:videoId>${id}</yt:videoId><title>Talk ${id}</title><link rel="alternate" href="https://www.youtube.com/watch?v=${id}"/><published>${new Date(Date.now() - hour).toISOString()}</published></entry>`;
}

const videos = ['spokenwords', 'onlymusic11', 'premiere123', 'livenow1234'];
const channel = `<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns="http://www.w3.org/2005/Atom"><title>Talks</title>${videos.map(entryOf).join('')}</feed>`;
const captions = {
  spokenwords: ['[Music]', '&amp;gt;&amp;gt; Bo: good morning [Applause] everybody', '♪ hm hm ♪'],
  onlymusic11: ['[Music]', '♪'],
} as Record<string, string[]>;

/** What the player says of a video. */
function playerOf(id: string): object {
  if (id === 'premiere123') {
    const slate = {
      liveStreamOfflineSlateRenderer: {
        scheduledStartTime: String(airsAt.getTime() / 1000),
      },
    };
    const liveStreamability = {
      liveStreamabilityRenderer: { offlineSlate: slate },
    };
    return {
      playabilityStatus: { status: 'LIVE_STREAM_OFFLINE', liveStreamability },
      videoDetails: { isUpcoming: true },
    };
  }
  if (id === 'livenow1234')
    return {
      playabilityStatus: { status: 'OK' },
      videoDetails: { isLive: true },
    };
  const track = {
    baseUrl: `https://www.youtube.com/api/timedtext?v=${id}`,
    languageCode: 'en',
    kind: 'asr',
  };
  return {
    playabilityStatus: { status: 'OK' },
    captions: { playerCaptionsTracklistRenderer: { captionTracks: [track] } },
  };
}

function answerTo(url: URL, body: string): string {
  if (url.pathname === '/channel.xml') return channel;
  if (url.pathname === '/watch') return '<html>"INNERTUBE_API_KEY":"key"</html>';
  if (url.pathname.includes('/player'))
    return JSON.stringify(playerOf((JSON.parse(body) as { videoId: string }).videoId));
  if (url.pathname === '/rss/cs.LG') return '<rss version="2.0"><channel><title>cs.LG updates</title></channel></rss>';
  if (url.pathname === '/oai')
    return '<OAI-PMH><error code="badArgument">one</error><error code="badArgument">two</error></OAI-PMH>';
  const cues = captions[url.searchParams.get('v')!]!.map(
    (text, at) => `<text start="${2 * at}" dur="2">${text}</text>`,
  );
  return `<transcript>${cues.join('')}</transcript>`;
}

test('captions are cleaned as from everywhere, what is not on air yet says so, and refused records are words', async () => {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => response.end(answerTo(new URL(request.url!, 'http://x'), body)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const environment = {
    DATA_DIR: dataDirectory(),
    ALLOW_ADDRESSES: host,
    YOUTUBE_URL: `http://${host}`,
    ARXIV_OAI_URL: `http://${host}/oai`,
    YT_DLP: '/nowhere/yt-dlp',
  };
  const listed = async (what: string) =>
    (await courant(['list', what, '--json'], environment)).stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  expect(await courant(['ingest', '--kind', 'youtube', `http://${host}/channel.xml`], environment)).toMatchObject({
    code: 0,
    stderr: '',
  });
  const items = new Map((await listed('items')).map((item) => [item['guid'], item]));
  expect(items.get('spokenwords')).toMatchObject({
    transcriptState: 'ok',
    segments: [{ text: 'Bo: good morning everybody' }],
  });
  expect(items.get('onlymusic11')).toMatchObject({
    transcriptState: 'none',
    segments: [],
  });
  expect(items.get('premiere123')).toMatchObject({
    transcriptState: 'upcoming',
    airsAt: airsAt.toISOString(),
  });
  expect(items.get('livenow1234')).toMatchObject({
    transcriptState: 'upcoming',
    airsAt: null,
  });

  const since = new Date(Date.now() - 48 * hour).toISOString().slice(0, 10);
  const refused = await courant(
    ['ingest', '--kind', 'arxiv', '--since', since, `http://${host}/rss/cs.LG`],
    environment,
  );
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('arXiv refuses to list records (badArgument): one; two');
  expect(await listed('sources')).toMatchObject([
    { kind: 'youtube', health: 'ok' },
    { kind: 'arxiv', health: 'broken' },
  ]);
});
