// Where talks are cut: stretches of the demo week's talks put together, and how many of the seams are found.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { embeddedEmbedder } from '../../../core/embedder/embedded.ts';
import { emptyFit } from '../../../core/embedder/fit.ts';
import { openWordTable } from '../../../core/embedder/open-word-table.ts';
import type { Cue } from '../../../workers/ingest/talks/cue.ts';
import { segmentCues, unitTexts } from '../../../workers/ingest/talks/segment-cues.ts';

const directory = new URL('../../../infra/demo-week/transcripts/', import.meta.url);
const cueWords = 9;
const talks = readdirSync(directory).map((file) => {
  const words = readFileSync(new URL(file, directory), 'utf8')
    .replace(/\[[\d:]+\]/g, ' ')
    .trim()
    .split(/\s+/);
  return Array.from({ length: Math.floor(words.length / cueWords) }, (_, at) =>
    words.slice(at * cueWords, (at + 1) * cueWords).join(' '),
  );
});

/** Seven stretches of other talks each, 150 to 440 words long; the same for the same seed. Cues come every second. */
function putTogether(seed: number): { cues: Cue[]; seams: number[] } {
  let state = seed;
  const upTo = (end: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * end);
  };
  const [texts, seams]: [string[], number[]] = [[], []];
  let talk = upTo(talks.length);
  for (let part = 0; part < 7; part++) {
    talk = (talk + 1 + upTo(talks.length - 1)) % talks.length;
    const length = Math.min(talks[talk]!.length, 16 + upTo(34));
    const first = upTo(talks[talk]!.length - length + 1);
    if (part > 0) seams.push(texts.length);
    texts.push(...talks[talk]!.slice(first, first + length));
  }
  return { cues: texts.map((text, startS) => ({ startS, text })), seams };
}

/** Pk (Beeferman, Berger and Lafferty 1999): how often two places half a stretch apart are wrongly called one stretch, or two. */
function errorOf(seams: readonly number[], found: readonly number[], length: number): number {
  const apart = Math.round(length / (seams.length + 1) / 2);
  const between = (starts: readonly number[], at: number) => starts.some((start) => start > at && start <= at + apart);
  const places = Array.from({ length: length - apart }, (_, at) => at);
  return places.filter((at) => between(seams, at) !== between(found, at)).length / places.length;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test('seams between talks are found better with what an embedder hears than by words alone', async () => {
  const table = openWordTable();
  const embedder = embeddedEmbedder('unfitted', emptyFit(table), table);
  const errors = { words: [] as number[], vectors: [] as number[], never: [] as number[] };
  for (let seed = 1; seed <= 40; seed++) {
    const { cues, seams } = putTogether(seed);
    const startsOf = (vectors?: Float32Array[]) => segmentCues(cues, vectors).map(({ startS }) => startS);
    errors.words.push(errorOf(seams, startsOf(), cues.length));
    errors.vectors.push(errorOf(seams, startsOf(await embedder.embed(unitTexts(cues))), cues.length));
    errors.never.push(errorOf(seams, [], cues.length));
  }
  const [words, vectors, never] = [mean(errors.words), mean(errors.vectors), mean(errors.never)];
  console.log(`Pk: ${vectors.toFixed(3)} with vectors, ${words.toFixed(3)} by words, ${never.toFixed(3)} uncut`);
  expect(vectors).toBeLessThan(words);
  expect(vectors).toBeLessThan(0.55 * never);
});
