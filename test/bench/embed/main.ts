// `npm run bench:embed -- [BENCH_DIR]`: the embedded embedder's speed, what its vectors find, and how they keep topics apart.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { embeddedEmbedder } from '../../../workers/embed/embedded.ts';
import { normalise } from '../../../workers/embed/embedder.ts';
import { emptyFit } from '../../../workers/embed/fit.ts';
import { fitTexts } from '../../../workers/embed/fit-texts.ts';
import { hashedDimension } from '../../../workers/embed/lexicon.ts';
import { openWordTable } from '../../../workers/embed/open-word-table.ts';
import { sameTopicNearby, readTopics } from './topics.ts';
import { readLikes, recallOfLikes } from './likes.ts';

const directory = process.argv[2] ?? '../shared/bench';
if (!existsSync(directory)) {
  process.stdout.write(`skipped: ${directory} is not there; name the directory that holds recsys and cluster\n`);
  process.exit(0);
}

const opened = process.cpuUsage();
const table = openWordTable();
const line = (...cells: string[]): boolean =>
  process.stdout.write(`${cells.map((cell, at) => (at === 0 ? cell.padEnd(24) : cell.padStart(10))).join('')}\n`);
line('load the table', `${milliseconds(opened).toFixed(0)} ms`);

const tasks = [
  ...['a', 't'].map((name) => {
    const likes = readLikes(join(directory, 'recsys', name));
    return {
      name: `citeulike-${name} R@100`,
      texts: likes.texts,
      score: (x: Float32Array[]) => recallOfLikes(x, likes),
    };
  }),
  ...['20ng', 'bbc', 'snippets', 'stackoverflow', 'arxiv1k'].map((name) => {
    const { texts, topics } = readTopics(join(directory, 'cluster', `topics_${name}`));
    return { name: `${name} P@10`, texts, score: (x: Float32Array[]) => sameTopicNearby(x, topics) };
  }),
];

line('', 'hashed', 'table', 'unfitted', 'shipped', 'fit/s', 'embed/s');
for (const { name, texts, score } of tasks) {
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
  const figures = [
    parts(table.dimension, table.dimension + hashedDimension),
    parts(0, table.dimension),
    unfitted,
    vectors,
  ];
  const perSecond = (ms: number): string => Math.round((1000 * texts.length) / ms).toLocaleString('en');
  line(name, ...figures.map((each) => score(each).toFixed(3)), perSecond(fitMs), perSecond(embedMs));
}

/** Processor time since, which other programs' load does not stretch much. */
function milliseconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}
