// `npm run bench:stories -- IN.items.jsonl OUT.jsonl`: {id, text} lines -> {id, cluster} lines, as the shared scorer reads them.
import { findStories } from '../../../workers/cluster/find-stories.ts';
import { benchEmbed, readItems, writeClusters } from '../clusters.ts';

const [input, output] = process.argv.slice(2) as [string, string];
const items = readItems(input);
const vectors = await benchEmbed(items);
const plain = { kind: 'post', keys: [], mentions: [], segments: [], story: null, promised: false } as const;
const stories = await findStories({
  items: items.map(({ text }, at) => ({ ...plain, words: text, vector: vectors[at]! })),
  together: [],
  apart: [],
});
writeClusters(
  output,
  items,
  stories.map((story) => story.map(({ item }) => item)),
);
