// `npm run bench:topics -- IN.items.jsonl OUT.jsonl [tfidf]`: {id, text} lines -> {id, cluster} lines; `tfidf` is the baseline.
import { findTopics } from '../../../workers/cluster/find-topics.ts';
import { benchEmbed, readItems, writeClusters } from '../clusters.ts';
import { tfidfTopics } from './tfidf-topics.ts';

const [input, output, baseline] = process.argv.slice(2) as [string, string, string?];
const items = readItems(input);
const texts = items.map(({ text }) => text);
const topics = baseline === 'tfidf' ? tfidfTopics(texts) : await findTopics(await benchEmbed(items), texts);
writeClusters(output, items, topics);
