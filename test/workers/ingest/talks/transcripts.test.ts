// Providers of transcripts against what YouTube really sends (on loopback) and a program in yt-dlp's place.
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withSpokenTrackFirst } from '../../../../workers/ingest/talks/caption-track.ts';
import { fetchTranscript, type TranscriptRequest } from '../../../../workers/ingest/talks/transcripts.ts';
import { askYtDlp } from '../../../../workers/ingest/talks/yt-dlp.ts';

const samples = '/work/shared/data/samples/youtube';
const hasSamples = existsSync(samples);
const videoId = 'GJLlxj_dtq8';
const vtt = 'WEBVTT\n\n00:01.000 --> 00:02.000\nGiven words.';

/** What the server says: of a file of the samples its bytes, else the text itself. */
interface Says {
  watch: string;
  player: string;
  captions: string;
  status?: number;
  /** At a source's own address; 404 without. */
  own?: string;
}

let server: Server;
let says: Says;
let host: string;
let asked: string[];

beforeAll(async () => {
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://x');
    asked.push(request.url!);
    if (pathname.startsWith('/own/')) return void response.writeHead(says.own === undefined ? 404 : 200).end(says.own);
    const said = pathname === '/watch' ? says.watch : pathname.includes('/player') ? says.player : says.captions;
    response.statusCode = says.status ?? 200;
    response.end(said.startsWith('yta_') ? readFileSync(join(samples, said)) : said);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const now = () => new Date();

function ask(said: Partial<Says>, more: Partial<TranscriptRequest> = {}) {
  asked = [];
  says = { watch: 'yta_youtube.html', player: 'yta_youtube.innertube.json', captions: 'yta_transcript.xml', ...said };
  const fetching = { allow: [host], youtubeUrl: `http://${host}`, now };
  const request = { videoId, captions: null, captionsUrl: undefined, ytDlp: '/nowhere/yt-dlp', fetching };
  return fetchTranscript({ ...request, ...more });
}

describe.skipIf(!hasSamples)(`YouTube${hasSamples ? '' : ' (skipped: no samples)'}`, () => {
  test('captions become cues, decoded once and without empty lines', async () => {
    expect(await ask({})).toEqual({
      state: 'ok',
      from: 'YouTube',
      host: 'www.youtube.com',
      cues: [
        { startS: 0, text: 'Hey, this is just a test' },
        { startS: 1.54, text: 'this is not the original transcript' },
        { startS: 5.7, text: 'just something shorter, I made up for testing' },
      ],
    });
  });

  const refusals: [string, Partial<Says>, string, RegExp][] = [
    ['an answer without a body', { captions: '' }, 'blocked', /without a body/],
    ['a robot test', { player: 'yta_youtube_request_blocked.innertube.json' }, 'blocked', /robot/],
    ['a page with a captcha', { watch: 'yta_youtube_too_many_requests.html' }, 'blocked', /too many requests/i],
    ['status 429', { status: 429 }, 'blocked', /429/],
    ['a video without captions', { player: 'yta_youtube_transcripts_disabled.innertube.json' }, 'none', /no captions/],
    [
      'the same, said differently',
      { player: 'yta_youtube_transcripts_disabled2.innertube.json' },
      'none',
      /no captions/,
    ],
    ['a video that is gone', { player: 'yta_youtube_video_unavailable.innertube.json' }, 'none', /ERROR/],
    ['a video for adults', { player: 'yta_youtube_age_restricted.innertube.json' }, 'none', /LOGIN_REQUIRED/],
    ['a page of consent', { watch: 'yta_youtube_consent_page_invalid.html' }, 'failed', /./],
    ['no JSON', { player: '<html>' }, 'failed', /./],
    ['status 500', { status: 500 }, 'failed', /500/],
  ];
  test.each(refusals)('%s', async (...[, said, state, reason]) => {
    const answer = await ask(said);
    expect(answer).toMatchObject({ state });
    expect('reason' in answer ? answer.reason : '').toMatch(reason);
  });

  test('of nine tracks the one that people wrote in the language that is spoken is fetched, not the first', async () => {
    await ask({});
    expect(asked.at(-1)).toMatch(/[?&]lang=en(&|$)/);
    expect(asked.at(-1)).not.toContain('kind=asr');
  });

  test('captions of the source come first, and YouTube only where it has none', async () => {
    const captionsUrl = `http://${host}/own/{id}`;
    expect(await ask({ own: vtt }, { captionsUrl })).toMatchObject({ state: 'ok', from: host, host });
    expect(asked).toEqual([`/own/${videoId}`]);
    expect(await ask({}, { captionsUrl })).toMatchObject({ state: 'ok', from: 'YouTube', host: 'www.youtube.com' });
    expect(await ask({}, { captionsUrl, captionsOnly: true })).toMatchObject({ state: 'none', host });
    expect(await ask({}, { captionsUrl, isYoutubePaused: true })).toMatchObject({ state: 'failed' });
    expect(asked).toEqual([`/own/${videoId}`]);
    const none = { player: 'yta_youtube_transcripts_disabled.innertube.json' };
    expect(await ask({ own: '', ...none }, { captionsUrl })).toMatchObject({ state: 'blocked', host });
    expect(await ask({ captions: '' }, { captionsUrl })).toMatchObject({ state: 'blocked', host: 'www.youtube.com' });
    expect(await ask({}, { captionsUrl, videoId: 'no-youtube-id' })).toMatchObject({ state: 'none', host });
  });

  test('where YouTube gives nothing, yt-dlp is asked; its failure does not hide a block', async () => {
    const working = program(`require('fs').writeFileSync('x.en.vtt', ${JSON.stringify(vtt)})`);
    expect(await ask({ status: 500 }, { ytDlp: working })).toMatchObject({ state: 'ok', from: 'yt-dlp' });
    expect(await ask({ captions: '' }, { ytDlp: working })).toMatchObject({ state: 'ok', from: 'yt-dlp' });
    const broken = program('process.exit(1)');
    expect(await ask({ captions: '' }, { ytDlp: broken })).toMatchObject({ state: 'blocked' });
  });
});

test('what a curator gave is taken, and nobody is asked', async () => {
  expect(await ask({ status: 500 }, { captions: vtt })).toEqual({
    state: 'ok',
    from: 'a curator',
    cues: [{ startS: 1, text: 'Given words.' }],
  });
  expect(await ask({}, { captions: 'no captions' })).toMatchObject({ state: 'failed' });
});

describe('the caption track', () => {
  const player = (tracks: string[], audioTracks: object[] = []) =>
    JSON.stringify({
      captions: {
        playerCaptionsTracklistRenderer: {
          captionTracks: tracks.map((name) => ({
            languageCode: name.replace('asr-', ''),
            ...(name.startsWith('asr-') ? { kind: 'asr' } : {}),
          })),
          audioTracks,
        },
      },
    });
  test.each<[string, string[], object[], string | undefined, string]>([
    ['what people wrote in the language that was recognised', ['zh', 'en', 'asr-de', 'de'], [], 'en', 'de'],
    ['what was recognised rather than a translation', ['en', 'fr', 'asr-de'], [], 'en', 'asr-de'],
    ['a regional name of the same language', ['fr', 'en-GB', 'asr-en'], [], undefined, 'en-GB'],
    ['what YouTube shows where nothing was recognised', ['zh', 'ko'], [{ defaultCaptionTrackIndex: 1 }], 'zh', 'ko'],
    ["the item's language where YouTube says nothing", ['zh', 'it', 'en'], [], 'it', 'it'],
    ['English before any other translation', ['zh', 'en'], [], 'it', 'en'],
    ['the voice it came with where it is dubbed', ['asr-en', 'asr-ja'], [{ captionTrackIndices: [1] }, { captionTrackIndices: [0] }], 'en', 'asr-ja'], // prettier-ignore
  ])('%s', (...[, tracks, audio, language, want]) => {
    const read = withSpokenTrackFirst(player(tracks, audio), language);
    const [, first] = /"captionTracks":\[(\{[^}]*\})/.exec(read) ?? [];
    const track = JSON.parse(first!) as { languageCode: string; kind?: string };
    expect(`${track.kind ? 'asr-' : ''}${track.languageCode}`).toBe(want);
  });

  test('what is no answer of the player stays as it is', () => {
    for (const body of ['<html>', '', 'null', '{"captions":{}}', player([])]) {
      expect(withSpokenTrackFirst(body, 'en')).toBe(body);
    }
  });
});

describe('yt-dlp', () => {
  const cases: [string, string, object][] = [
    ['no captions', '', { state: 'none' }],
    ['a block', `console.error('ERROR: Sign in to confirm you are not a bot'); process.exit(1)`, { state: 'blocked' }],
    ['HTTP 429', `console.error('ERROR: HTTP Error 429: x'); process.exit(1)`, { state: 'blocked' }],
    [
      'another failure',
      `console.error('ERROR: odd'); process.exit(1)`,
      { state: 'failed', reason: 'yt-dlp failed: odd' },
    ],
    ['a hang', 'setTimeout(() => {}, 60000)', { state: 'failed', reason: 'yt-dlp did not end in time' }],
    ['a flood', `for (;;) require('fs').writeSync(1, 'x'.repeat(65536))`, { state: 'failed' }],
    [
      'json3',
      `require('fs').writeFileSync('x.en.json3', '{"events":[{"tStartMs":1500,"segs":[{"utf8":"a"}]}]}')`,
      { state: 'ok' },
    ],
  ];
  test.each(cases)('%s', async (name, ...[script, answer]) => {
    // Only what hangs shall run out of time: a busy machine takes seconds to start any.
    const timeoutMs = name === 'a hang' ? 2_000 : 60_000;
    expect(await askYtDlp(videoId, { now, program: program(script), timeoutMs })).toMatchObject(answer);
  });

  test('of its files the one in the language that is spoken is read, what people wrote before what was recognised', async () => {
    const read = async (names: string[], language?: string) => {
      const files = names.map((name) => [name, vtt.replace('Given words.', name)]);
      const writes = program(`for (const [name, text] of ${JSON.stringify(files)}) require('fs').writeFileSync('x.' + name + '.vtt', text)`); // prettier-ignore
      const answer = await askYtDlp(videoId, { now, program: writes, language });
      return answer?.state === 'ok' ? answer.cues[0]?.text : undefined;
    };
    expect(await read(['de', 'de-orig', 'en'])).toBe('de');
    expect(await read(['de-orig', 'en'])).toBe('de-orig');
    expect(await read(['de', 'en'], 'de')).toBe('de');
    expect(await read(['en', 'en-GB', 'fr'])).toBe('en');
  });

  test('it is told to take captions only, sees nothing of ours, and an odd id never reaches it', async () => {
    const log = join(mkdtempSync(join(tmpdir(), 'courant-yt-dlp-')), 'log');
    const tells = program(
      `require('fs').writeFileSync(${JSON.stringify(log)}, JSON.stringify({ argv: process.argv.slice(2), env: process.env }))`,
    );
    await askYtDlp(videoId, { now, program: tells });
    const { argv, env } = JSON.parse(readFileSync(log, 'utf8')) as { argv: string[]; env: Record<string, string> };
    expect(argv.slice(-2)).toEqual(['--', `https://www.youtube.com/watch?v=${videoId}`]);
    expect(argv).toEqual(expect.arrayContaining(['--ignore-config', '--skip-download']));
    expect(Object.keys(env).toSorted()).toEqual(['HOME', 'LANG', 'PATH']);
    expect(existsSync(env['HOME']!)).toBe(false);
    expect(await askYtDlp('--exec=id xx', { now, program: tells })).toMatchObject({ state: 'failed' });
    expect(await askYtDlp(videoId, { now, program: '/nowhere/yt-dlp' })).toBeUndefined();
  });
});

/** An executable that does what the script says, in the directory it is run in. */
function program(script: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'courant-yt-dlp-')), 'yt-dlp');
  writeFileSync(path, `#!${process.execPath}\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}
