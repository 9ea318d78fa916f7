// `npm run bench:sections`: how many articles of the BBC find their section, by description alone and with five corrections each, and
// whether the sorter is as sure as it is right. The last line is JSON.
import { existsSync, readFileSync } from 'node:fs';
import { seededRandom } from '../../../core/math/seeded-random.ts';
import { sortStories } from '../../../workers/compose/sort-stories.ts';
import { benchEmbed, readItems } from '../clusters.ts';

const folder = '../shared/bench/cluster/';
const descriptions: Record<string, string> = {
  business: 'company profits economy market shares bank growth sales',
  entertainment: 'film music actor award album singer television show',
  politics: 'government minister party election parliament policy vote labour',
  sport: 'match team player coach win cup season game',
  tech: 'software computer internet mobile phone games users technology',
};
const correctionsPerSection = 5;
const draws = 5;
/** As the desk does (`services/admin/issue/issue-list.ts`). */
const askedBelow = 0.75;

if (!existsSync(`${folder}topics_bbc.items.jsonl`)) {
  process.stdout.write(`skipped: ${folder}topics_bbc.items.jsonl is not here\n`);
} else await run();

async function run(): Promise<void> {
  const [bare, described] = [await compare(Object.keys(descriptions)), await compare(Object.values(descriptions))];
  process.stdout.write(`${JSON.stringify({ bench: 'sections', bare, described })}\n`);
}

async function compare(texts: readonly string[]): Promise<Record<string, number>> {
  const items = readItems(`${folder}topics_bbc.items.jsonl`);
  const names = Object.keys(descriptions);
  const lines = readFileSync(`${folder}topics_bbc.gold.jsonl`, 'utf8').trim().split('\n');
  const gold = lines.map((line) => names.indexOf((JSON.parse(line) as { cluster: string }).cluster));
  const words = texts.map((text, at) => ({ id: `section-${at}`, text }));
  const vectors = await benchEmbed([...items, ...words]);
  const stories = vectors.slice(0, items.length);
  const sections = vectors.slice(items.length);
  const sort = (corrected: readonly number[], graph = true) => {
    const isAsked = gold.map((_, story) => !corrected.includes(story));
    const asked = stories.filter((_, story) => isAsked[story]);
    const truth = gold.filter((_, story) => isAsked[story]);
    const known = corrected.map((story) => ({ vector: stories[story]!, section: gold[story]!, kind: 0 }));
    const expected = [names.map(() => 1 / names.length)];
    const found = sortStories({ stories: asked, sections, known, kinds: asked.map(() => 0), expected, graph });
    return truth.map((section, story) =>
      judge(found.subarray(story * names.length, (story + 1) * names.length), section),
    );
  };
  const corrections = Array.from({ length: draws }, (_, draw) => draw + 1).map((seed) =>
    shareRight(sort(drawCorrections(gold, seed))),
  );
  const whole = sort([]);
  const { lines: reliability, error } = tellReliability(whole);
  const mean = corrections.reduce((sum, share) => sum + share, 0) / draws;
  process.stdout.write(
    `${items.length} articles, ${names.length} sections described as "${texts[0]}" and so on\n` +
      `  words alone               ${shareRight(sort([], false)).toFixed(3)}\n` +
      `  words and the graph       ${shareRight(whole).toFixed(3)}\n` +
      `  and five corrections each ${mean.toFixed(3)}  (${draws} draws, ${Math.min(...corrections).toFixed(3)} to ${Math.max(...corrections).toFixed(3)})\n` +
      `  how sure, of words and the graph | articles | right\n${reliability.join('')}` +
      `  expected calibration error ${error.toFixed(3)}\n`,
  );
  const asks = whole.filter(({ sureness }) => sureness < askedBelow);
  const rest = whole.filter(({ sureness }) => sureness >= askedBelow);
  return { right: shareRight(whole), calibration_error: error, asks: asks.length / whole.length, right_when_sure: shareRight(rest) }; // prettier-ignore
}

interface Judged {
  /** The sorter's probability of the section it says. */
  sureness: number;
  isRight: boolean;
}

function judge(row: Float32Array, truth: number): Judged {
  const sureness = Math.max(...row);
  return { sureness, isRight: row.indexOf(sureness) === truth };
}

function shareRight(judged: readonly Judged[]): number {
  return judged.filter(({ isRight }) => isRight).length / judged.length;
}

/** Ten equal steps of sureness; the error is the mean distance from the share that is right, by articles (Naeini et al. 2015). */
function tellReliability(judged: readonly Judged[]): { lines: string[]; error: number } {
  let error = 0;
  const lines = Array.from({ length: 10 }, (_, step) => {
    const inStep = judged.filter(({ sureness }) => Math.min(9, Math.floor(sureness * 10)) === step);
    if (inStep.length === 0) return '';
    const mean = inStep.reduce((sum, { sureness }) => sum + sureness, 0) / inStep.length;
    error += (Math.abs(mean - shareRight(inStep)) * inStep.length) / judged.length;
    return `  ${mean.toFixed(2)} | ${inStep.length} | ${shareRight(inStep).toFixed(3)}\n`;
  });
  return { lines, error };
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
