// `npm run bench:search -- [--data ../shared/bench/recsys] [--stories 100000]`: what the search finds beside words alone and meaning
// alone, and how long it takes on both databases. Ends with one line of JSON.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { search } from '../../../core/search/search.ts';
import { openSearchIndex } from '../../../core/search/search-index.ts';
import { fillWith, openBenchHouse } from './fill.ts';
import { madeUpQuestions, madeUpTexts } from './made-up.ts';
import { keywordQuestions, ndcgAt10, readTitles } from './keywords.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/bench/recsys' },
    stories: { type: 'string', default: '100000' },
    questions: { type: 'string', default: '300' },
    databases: { type: 'string', default: 'embedded,postgres' },
  },
});
const say = (line: string): boolean => process.stdout.write(`${line}\n`);
const result: Record<string, number> = {};

const directory = join(values.data, 'a');
if (existsSync(directory)) Object.assign(result, await measureQuality());
else say(`quality skipped: ${directory} is not there; name the directory of the benchmark with --data`);
const p95: number[] = [];
if (Number(values.stories) > 0) for (const name of values.databases.split(',')) p95.push(...(await measureSpeed(name)));
if (p95.length > 0) result['p95_ms'] = Math.max(...p95);
say(JSON.stringify({ bench: 'search', ...result }));

async function measureQuality(): Promise<Record<string, number>> {
  await using house = await openBenchHouse('embedded');
  const titles = readTitles(directory);
  await fillWith(house, titles);
  const questions = keywordQuestions(directory, titles);
  const index = openSearchIndex();
  const mean = async (by: 'both' | 'words' | 'meaning'): Promise<number> => {
    let sum = 0;
    for (const { text, relevant } of questions) {
      const { stories } = await search(house, index, { text, filters: {}, by });
      sum += ndcgAt10(
        stories.map(({ itemId }) => titles[itemId - 1]!.id),
        relevant,
      );
    }
    return sum / questions.length;
  };
  const [both, words, meaning] = [await mean('both'), await mean('words'), await mean('meaning')];
  say(
    `${questions.length} keywords over ${titles.length} titles, nDCG@10: ${both.toFixed(4)}; words alone ${words.toFixed(4)}, meaning alone ${meaning.toFixed(4)}`,
  );
  const round = (value: number): number => Number(value.toFixed(4));
  return { ndcg10: round(both), ndcg10_vs_text: round(both / words), ndcg10_vs_vectors: round(both / meaning) };
}

async function measureSpeed(name: string): Promise<number[]> {
  await using house = await openBenchHouse(name);
  if (!house.isThere) return [];
  const texts = madeUpTexts(Number(values.stories));
  const { seconds } = await fillWith(house, texts);
  const index = openSearchIndex();
  const started = performance.now();
  await search(house, index, { text: 'warm', filters: {} });
  const firstMs = performance.now() - started;
  const spent: number[] = [];
  for (const { text, filters } of madeUpQuestions(texts, Number(values.questions))) {
    const from = performance.now();
    await search(house, index, { text, filters });
    spent.push(performance.now() - from);
  }
  const sorted = spent.toSorted((a, b) => a - b);
  const at = (share: number): number => Number(sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(1));
  say(
    `${name}: ${texts.length} stories filled in ${seconds.toFixed(0)} s, first search ${firstMs.toFixed(0)} ms; median ${at(0.5)}, p95 ${at(0.95)}, slowest ${at(1)} ms`,
  );
  return [at(0.95)];
}
