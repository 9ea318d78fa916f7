// The best stories of a query -> the words they share, and how much of those every story holds: pseudo-relevance feedback.
import { countTerms } from '../../core/text/term-vectors.ts';
import { bm25Idf } from './bm25.ts';
import type { PhraseIndex } from './phrase-index.ts';

const bestStories = 10;
const sharedRoots = 20;

/**
 * For each story 0 to 1: how much it holds of the words that the best stories share beside the query's own. `scores` has the
 * worth of each story for the query. Empty where fewer than two stories have one. Source: Rocchio 1971; Lavrenko & Croft, SIGIR 2001.
 */
export function shareWords(
  scores: ReadonlyMap<number, number>,
  own: ReadonlySet<string>,
  index: PhraseIndex,
): Map<number, number> {
  const best = [...scores].toSorted(([a, x], [b, y]) => y - x || a - b).slice(0, bestStories);
  const most = best[0]?.[1] ?? 0;
  const ownIds = new Set([...own].map((root) => index.rootIds.get(root)));
  const shared = new Map<number, { holders: number; weight: number }>();
  for (const [document, score] of best)
    for (const [root, count] of countTerms(index.sequences[document]!.roots)) {
      const { holders, weight } = shared.get(root) ?? { holders: 0, weight: 0 };
      shared.set(root, { holders: holders + 1, weight: weight + (score / most) * (1 + Math.log(count)) });
    }
  const telling = [...shared]
    .filter(([root, { holders }]) => holders > 1 && !ownIds.has(root))
    .map(([root, { weight }]) => [root, weight * bm25Idf(index.postings[root]!.documents.length, index.size)] as const)
    .toSorted(([a, x], [b, y]) => y - x || a - b)
    .slice(0, sharedRoots);
  return scaled(holdersOf(telling, index));
}

/** BM25 over titles and texts alike, k1 1.2 and b .75. */
function holdersOf(query: readonly (readonly [number, number])[], index: PhraseIndex): Map<number, number> {
  const sums = new Map<number, number>();
  for (const [root, weight] of query) {
    const { documents, inTitle, inText } = index.postings[root]!;
    const gain = weight * bm25Idf(documents.length, index.size);
    documents.forEach((document, row) => {
      const times = inTitle[row]! + inText[row]!;
      const norm = 0.3 + (0.9 * index.sequences[document]!.roots.length) / index.averageLength;
      sums.set(document, (sums.get(document) ?? 0) + (gain * times) / (times + norm));
    });
  }
  return sums;
}

function scaled(sums: Map<number, number>): Map<number, number> {
  const most = Math.max(...sums.values());
  return new Map([...sums].map(([document, sum]) => [document, sum / most]));
}
