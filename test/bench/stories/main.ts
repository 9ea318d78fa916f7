// `npm run bench:stories`: B-cubed and pairwise F1 of the public sets; `-- IN.items.jsonl OUT.jsonl` writes {id, cluster} lines for the shared scorer.
import { findStories } from '../../../workers/cluster/find-stories.ts';
import { benchEmbed, readItems, scoreAll, writeClusters, type BenchItem } from '../clusters.ts';

const plain = { kind: 'post', keys: [], mentions: [], segments: [], story: null, promised: false } as const;

async function storiesOf(items: readonly BenchItem[]): Promise<number[][]> {
  const vectors = await benchEmbed(items);
  const stories = await findStories({
    items: items.map(({ text }, at) => ({ ...plain, words: text, vector: vectors[at]! })),
    together: [],
    apart: [],
  });
  return stories.map((story) => story.map(({ item }) => item));
}

const [input, output] = process.argv.slice(2);
if (input === undefined || output === undefined) {
  await scoreAll('stories_', ['bCubed', 'pairwise'], { stories: storiesOf });
} else {
  const items = readItems(input);
  writeClusters(output, items, await storiesOf(items));
}
