// Titles and keywords of readers -> nDCG@10 of the search, of words alone and of meaning alone.
import { search } from '../../../core/search/search.ts';
import { createSearchIndex } from '../../../core/search/search-index.ts';
import { fillWith, openBenchHouse } from './fill.ts';
import { keywordQuestions, ndcgAt10, readTitles } from './keywords.ts';

/** Measures on `directory` of ../shared/bench/recsys. */
export async function measureQuality(directory: string, say: (line: string) => void): Promise<Record<string, number>> {
  await using house = await openBenchHouse('embedded');
  const titles = readTitles(directory);
  await fillWith(house, titles, () => undefined);
  const questions = keywordQuestions(directory, titles);
  const index = createSearchIndex();
  const mean = async (by: 'both' | 'words' | 'meaning'): Promise<number> => {
    let sum = 0;
    for (const { text, relevant } of questions) {
      const { stories } = await search(house, index, { text, filters: {}, by });
      const found = stories.map(({ itemId }) => titles[itemId - 1]!.id);
      sum += ndcgAt10(found, relevant);
    }
    return sum / questions.length;
  };
  const [both, words, meaning] = [await mean('both'), await mean('words'), await mean('meaning')];
  say(`${questions.length} keywords over ${titles.length} titles, nDCG@10: ${both.toFixed(4)}; words alone ${words.toFixed(4)}, meaning alone ${meaning.toFixed(4)}`); // prettier-ignore
  const round = (value: number): number => Number(value.toFixed(4));
  return { ndcg10: round(both), ndcg10_vs_text: round(both / words), ndcg10_vs_vectors: round(both / meaning) };
}
