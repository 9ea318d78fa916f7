// `npm run bench:sections`: how many articles of the BBC find their section, by description alone and with five corrections each.
import { existsSync, readFileSync } from 'node:fs';
import { seededRandom } from '../../../core/math/seeded-random.ts';
import { sortStories } from '../../../workers/compose/sort-stories.ts';
import { benchEmbed, readItems } from '../clusters.ts';

const folder = new URL('../../../../shared/bench/cluster/', import.meta.url).pathname;
const descriptions: Record<string, string> = {
  business: 'company profits economy market shares bank growth sales',
  entertainment: 'film music actor award album singer television show',
  politics: 'government minister party election parliament policy vote labour',
  sport: 'match team player coach win cup season game',
  tech: 'software computer internet mobile phone games users technology',
};
const correctionsPerSection = 5;
const draws = 5;

if (!existsSync(`${folder}topics_bbc.items.jsonl`)) {
  process.stdout.write(`skipped: ${folder}topics_bbc.items.jsonl is not here\n`);
} else await run();

async function run(): Promise<void> {
  for (const words of [Object.keys(descriptions), Object.values(descriptions)]) await compare(words);
}

async function compare(texts: readonly string[]): Promise<void> {
  const items = readItems(`${folder}topics_bbc.items.jsonl`);
  const names = Object.keys(descriptions);
  const lines = readFileSync(`${folder}topics_bbc.gold.jsonl`, 'utf8').trim().split('\n');
  const gold = lines.map((line) => names.indexOf((JSON.parse(line) as { cluster: string }).cluster));
  const words = texts.map((text, at) => ({ id: `section-${at}`, text }));
  const vectors = await benchEmbed([...items, ...words]);
  const stories = vectors.slice(0, items.length);
  const sections = vectors.slice(items.length);
  const sort = (corrected: readonly number[], graph = true): number => {
    const isAsked = gold.map((_, story) => !corrected.includes(story));
    const asked = stories.filter((_, story) => isAsked[story]);
    const truth = gold.filter((_, story) => isAsked[story]);
    const known = corrected.map((story) => ({ vector: stories[story]!, section: gold[story]!, kind: 0 }));
    const expected = [names.map(() => 1 / names.length)];
    const found = sortStories({ stories: asked, sections, known, kinds: asked.map(() => 0), expected, graph });
    const right = truth.filter((section, story) => section === bestOf(found, story, names.length));
    return right.length / truth.length;
  };
  const corrections = Array.from({ length: draws }, (_, draw) => draw + 1).map((seed) =>
    sort(drawCorrections(gold, seed)),
  );
  const mean = corrections.reduce((sum, share) => sum + share, 0) / draws;
  process.stdout.write(
    `${items.length} articles, ${names.length} sections described as "${texts[0]}" and so on\n` +
      `  words alone               ${sort([], false).toFixed(3)}\n` +
      `  words and the graph       ${sort([]).toFixed(3)}\n` +
      `  and five corrections each ${mean.toFixed(3)}  (${draws} draws, ${Math.min(...corrections).toFixed(3)} to ${Math.max(...corrections).toFixed(3)})\n`,
  );
}

function bestOf(found: Float32Array, story: number, width: number): number {
  const row = found.subarray(story * width, (story + 1) * width);
  return row.indexOf(Math.max(...row));
}

function drawCorrections(gold: readonly number[], seed: number): number[] {
  const random = seededRandom(seed);
  const shuffled = gold.map((section, story) => ({ section, story, at: random() })).toSorted((a, b) => a.at - b.at);
  return [...new Set(gold)].flatMap((wanted) =>
    shuffled
      .filter(({ section }) => section === wanted)
      .slice(0, correctionsPerSection)
      .map(({ story }) => story),
  );
}
