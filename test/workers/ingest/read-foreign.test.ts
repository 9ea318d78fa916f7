// What strangers write is read in a thread: the loop goes on turning, and what is too much is refused in a sentence.
import { describe, expect, test } from 'vitest';
import { PermanentError } from '../../../core/errors.ts';
import { parseCaptions } from '../../../workers/ingest/captions.ts';
import { parseDeadlines } from '../../../workers/ingest/deadlines.ts';
import { readForeign } from '../../../workers/ingest/read-foreign.ts';
import { mayRead } from '../../../workers/ingest/robots-rules.ts';

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
const works: [string, () => unknown, () => Promise<unknown>][] = [
  ['deadlines', () => parseDeadlines(yaml), () => readForeign({ kind: 'deadlines', input: yaml }, stop)],
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

test('what a reader refuses is refused, and aliases that multiply are', async () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'.split('').map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[at]}`).join(',')}]`).join('\n')}`; // prettier-ignore
  for (const input of ['just words', '[[[', bomb, '['.repeat(100_000)]) {
    await expect(readForeign({ kind: 'deadlines', input }, stop)).rejects.toBeInstanceOf(PermanentError);
  }
  await expect(readForeign({ kind: 'captions', input: '<html>' }, stop)).rejects.toThrow(/no captions/);
});
