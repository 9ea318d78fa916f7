// Texts of made-up words that are as common as words are (Zipf), and questions of one to three of them; seeded.
import { seededRandom } from '../../../core/math/seeded-random.ts';
import type { SearchFilters } from '../../../core/store/search-hits.ts';
import type { BenchText } from './fill.ts';

const vocabulary = 30_000;
const names = 20_000;
const titleWords = 9;
const textWords = 120;

/** `count` texts with four authors each. */
export function madeUpTexts(count: number): BenchText[] {
  const random = seededRandom(7);
  const words = Array.from({ length: vocabulary + names }, (_, at) => madeUpWord(at));
  // Half of a Zipf distribution's draws fall on the first few hundred words.
  const word = (): string => words[Math.floor(vocabulary ** random()) - 1]!;
  const many = (length: number): string => Array.from({ length }, word).join(' ');
  return Array.from({ length: count }, (_, at) => ({
    id: String(at),
    title: many(titleWords),
    text: `${many(textWords)}.`,
    authors: Array.from({ length: 4 }, () => words[vocabulary + Math.floor(random() * names)]!),
  }));
}

/** A third of one common word, a third of words of one title, a third of a misspelled author or with a filter. */
export function madeUpQuestions(
  texts: readonly BenchText[],
  count: number,
): { text: string; filters: SearchFilters }[] {
  const random = seededRandom(11);
  return Array.from({ length: count }, (_, at) => {
    const { title, authors } = texts[Math.floor(random() * texts.length)]!;
    const words = title.split(' ');
    if (at % 3 === 0) return { text: words[0]!, filters: {} };
    if (at % 3 === 1) return { text: words.slice(0, 2 + (at % 2)).join(' '), filters: {} };
    if (at % 2 === 0) return { text: `${authors[0]!.slice(0, 3)}${authors[0]!.slice(4)}`, filters: {} };
    return { text: words.slice(1, 3).join(' '), filters: { kind: 'paper' } };
  });
}

function madeUpWord(at: number): string {
  const syllables = ['ba', 'do', 'fi', 'gu', 'ke', 'la', 'mo', 'ni', 'pu', 're', 'sa', 'to', 'vi', 'wu', 'xe', 'zo'];
  let word = '';
  for (let rest = at * 7919 + 65_536; rest > 0; rest = Math.floor(rest / 16)) word += syllables[rest % 16]!;
  return word;
}
