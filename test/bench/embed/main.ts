// `npm run bench:embed -- [BENCH_DIR]`: the embedded embedder's speed, what its vectors find, and how they keep topics apart.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { embeddedEmbedder } from '../../../core/embedder/embedded.ts';
import { normalise } from '../../../core/math/vectors.ts';
import { emptyFit } from '../../../core/embedder/fit.ts';
import { fitTexts } from '../../../workers/embed/fit-texts.ts';
import { hashedDimension } from '../../../core/embedder/lexicon.ts';
import { openWordTable } from '../../../core/embedder/open-word-table.ts';
import { nmiOfKMeans } from './k-means.ts';
import { sameTopicNearby, readTopics } from './topics.ts';
import { readLikes, recallOfLikes } from './likes.ts';

const directory = process.argv[2] ?? '../shared/bench';
if (!existsSync(directory)) {
  process.stdout.write(`skipped: ${directory} is not there; name the directory that holds recsys and cluster\n`);
  process.exit(0);
}

const started = process.cpuUsage();
const table = openWordTable();
const line = (...cells: string[]): boolean =>
  process.stdout.write(`${cells.map((cell, at) => (at === 0 ? cell.padEnd(24) : cell.padStart(10))).join('')}\n`);
line('load the table', `${milliseconds(started).toFixed(0)} ms`);

type Score = [name: string, of: (vectors: Float32Array[]) => number];

const tasks: { texts: string[]; scores: Score[] }[] = [
  ...['a', 't'].map((name) => {
    const likes = readLikes(join(directory, 'recsys', name));
    return { texts: likes.texts, scores: [[`citeulike-${name} R@100`, (x) => recallOfLikes(x, likes)]] as Score[] };
  }),
  ...['20ng', 'bbc', 'snippets', 'stackoverflow', 'arxiv1k'].map((name) => {
    const { texts, topics } = readTopics(join(directory, 'cluster', `topics_${name}`));
    const scores: Score[] = [
      [`${name} P@10`, (x) => sameTopicNearby(x, topics)],
      [`${name} NMI`, (x) => nmiOfKMeans(x, topics)],
    ];
    return { texts, scores };
  }),
];

line('', 'hashed', 'table', 'unfitted', 'shipped', 'fit/s', 'embed/s');
for (const { texts, scores } of tasks) {
  const fitting = process.cpuUsage();
  const fit = fitTexts(texts, table);
  const fitMs = milliseconds(fitting);
  const embedder = embeddedEmbedder('embedded/bench', fit, table);
  const embedding = process.cpuUsage();
  const vectors = await embedder.embed(texts);
  const embedMs = milliseconds(embedding);
  const unfitted = await embeddedEmbedder('embedded/unfitted', emptyFit(table), table).embed(texts);
  const parts = (from: number, to: number): Float32Array[] =>
    vectors.map((vector) => normalise(vector.slice(from, to)));
  const kinds = [
    parts(table.dimension, table.dimension + hashedDimension),
    parts(0, table.dimension),
    unfitted,
    vectors,
  ];
  const perSecond = (ms: number): string => Math.round((1000 * texts.length) / ms).toLocaleString('en');
  for (const [name, of] of scores) {
    line(name, ...kinds.map((each) => of(each).toFixed(3)), perSecond(fitMs), perSecond(embedMs));
  }
}
const { maxRSS } = process.resourceUsage();
line('peak memory, processor', `${Math.round(maxRSS / 1024)} MB`, `${(milliseconds(started) / 1000).toFixed(0)} s`);

/** Processor time since, which other programs' load does not stretch much. */
function milliseconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}
