// What strangers write is read in a thread: the loop goes on turning, and what is too much is refused in a sentence.
import { describe, expect, test } from 'vitest';
import { PermanentError, TemporaryError } from '../../../core/errors.ts';
import { parseCaptions } from '../../../workers/ingest/talks/captions.ts';
import { parseDeadlines } from '../../../workers/ingest/deadlines.ts';
import { readInThread } from '../../../workers/ingest/read-in-thread.ts';
import { readForeign } from '../../../workers/ingest/read-foreign.ts';
import { mayRead } from '../../../workers/ingest/politeness/robots-rules.ts';

const entry = (at: number) => `- title: C${at}\n  year: 2030\n  deadline: '2030-01-01 12:00'\n  timezone: UTC\n`;
const yaml = Array.from({ length: 5000 }, (_, at) => entry(at)).join('');
const vtt = `WEBVTT\n\n${Array.from({ length: 20_000 }, (_, at) => `${at}:00.000 --> ${at}:01.000\nwords of cue ${at}\n\n`).join('')}`;
const robots = {
  origin: 'https://a.example',
  url: `https://a.example/${'a'.repeat(1000)}`,
  text: `User-agent: *\n${'Disallow: /a*b*c*d$\n'.repeat(40_000)}`,
};

/** How often the loop turns while `work` is done. */
async function turnsDuring(work: () => unknown): Promise<number> {
  let turns = 0;
  let isOver = false;
  const turn = () => {
    turns++;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  isOver = true;
  return turns;
}

const stop = new AbortController().signal;

async function readDeadlines(text: string) {
  const url = 'https://lists.example/ml.yml';
  const door = { url, now: new Date() };
  const body = new TextEncoder().encode(text);
  return (await readInThread({ kind: 'deadlines', body, contentType: undefined, url, isFirst: true, missed: [], context: door }, stop)).deadlines; // prettier-ignore
}

test('a page gives the address of the feed it names', async () => {
  const body = Buffer.from('<!doctype html><link rel="alternate" type="application/rss+xml" href="/rss">');
  const input = { body, contentType: undefined, url: 'https://blog.example/about' };
  expect(await readForeign({ kind: 'feedLink', input }, stop)).toBe('https://blog.example/rss');
});

test('a page of records that is to be asked for again is told from one that never will be right', async () => {
  const records = (code: string) => Buffer.from(`<OAI-PMH><error code="${code}">it says so</error></OAI-PMH>`);
  const read = (body: Buffer) =>
    readForeign({ kind: 'arxivRecords', input: { body, contentType: undefined, newSince: new Date(0) } }, stop);
  await expect(read(records('badResumptionToken'))).rejects.toBeInstanceOf(TemporaryError);
  await expect(read(records('badArgument'))).rejects.toBeInstanceOf(PermanentError);
});

const works: [string, () => unknown, () => Promise<unknown>][] = [
  ['deadlines', () => parseDeadlines(yaml), () => readDeadlines(yaml)],
  ['captions', () => parseCaptions(vtt), () => readForeign({ kind: 'captions', input: vtt }, stop)],
  ['robots.txt', () => mayRead(robots), () => readForeign({ kind: 'robots', input: robots }, stop)],
];

describe('the loop turns while a thread reads', () => {
  test.each(works)('%s', async (_name, here, inThread) => {
    const control = await turnsDuring(async () => here());
    const turns = await turnsDuring(inThread);
    expect(control).toBe(0);
    expect(turns).toBeGreaterThan(100);
    expect(await inThread()).toEqual(here());
  });
});

test('the loop turns while what YouTube answered is read, three answers of several megabytes', async () => {
  const said = (text: string) => ({ status: 200, body: new TextEncoder().encode(text) });
  const track = { languageCode: 'en', baseUrl: 'https://www.youtube.com/api/timedtext?v=1' };
  const captions = { playerCaptionsTracklistRenderer: { captionTracks: [track] } };
  const line = (at: number) => `<text start="${at}" dur="1">words of cue ${at} &amp;#39;s</text>`;
  const answers = [
    said(`${' '.repeat(4_000_000)}"INNERTUBE_API_KEY":"key"`),
    said(JSON.stringify({ playabilityStatus: { status: 'OK' }, captions, pad: ' '.repeat(4_000_000) })),
    said(Array.from({ length: 40_000 }, (_, at) => line(at)).join('')),
  ];
  const read = (count: number) =>
    readForeign(
      { kind: 'youtube', input: { videoId: 'GJLlxj_dtq8', language: 'en', responses: answers.slice(0, count) } },
      stop,
    );
  expect(await read(2)).toMatchObject({ ask: { url: track.baseUrl } });
  let last: Awaited<ReturnType<typeof read>> | undefined;
  expect(await turnsDuring(async () => (last = await read(3)))).toBeGreaterThan(100);
  expect(last).toMatchObject({ result: { state: 'ok', from: 'YouTube' } });
  const cues = last && 'result' in last && last.result.state === 'ok' ? last.result.cues : [];
  expect(cues).toHaveLength(40_000);
  expect(cues[7]).toEqual({ startS: 7, text: "words of cue 7 's" });
});

test('what a reader refuses is refused, and aliases that multiply are', async () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'.split('').map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[at]}`).join(',')}]`).join('\n')}`; // prettier-ignore
  for (const input of ['just words', '[[[', bomb, '['.repeat(100_000)]) {
    await expect(readDeadlines(input)).rejects.toBeInstanceOf(PermanentError);
  }
  await expect(readForeign({ kind: 'captions', input: '<html>' }, stop)).rejects.toThrow(/no captions/);
});
