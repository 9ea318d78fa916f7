// `npm run bench:topics`: V and AMI of the public sets beside the baseline; `-- IN.items.jsonl OUT.jsonl [tfidf]` writes {id, cluster} lines.
import { findTopics } from '../../../workers/cluster/find-topics.ts';
import { benchEmbed, readItems, scoreAll, writeClusters, type BenchItem } from '../clusters.ts';
import { tfidfTopics } from './tfidf-topics.ts';

const textsOf = (items: readonly BenchItem[]): string[] => items.map(({ text }) => text);
const ways = {
  topics: async (items: readonly BenchItem[]) => findTopics(await benchEmbed(items), textsOf(items)),
  tfidf: async (items: readonly BenchItem[]) => tfidfTopics(textsOf(items)),
};

const [input, output, way] = process.argv.slice(2);
if (input === undefined || output === undefined) {
  await scoreAll('topics_', ['v', 'ami'], ways);
} else {
  const items = readItems(input);
  writeClusters(output, items, await ways[way === 'tfidf' ? 'tfidf' : 'topics'](items));
}
