// Texts of made-up words that are as common as words are (Zipf), one in twenty in Chinese, and questions of every kind; seeded.
import { seededRandom } from '../../../core/math/seeded-random.ts';
import { sections } from '../../../core/sections.ts';
import type { SearchFilters } from '../../../core/store/search-hits.ts';
import type { BenchText } from './bench-text.ts';

const vocabulary = 30_000;
const names = 20_000;
const titleWords = 9;
const textWords = 120;
const everyChinese = 20;
export const madeUpSources = 40;
export const madeUpTopics = 200;
export const madeUpYears = 8;

/** `count` texts with four authors each. */
export function madeUpTexts(count: number): BenchText[] {
  const random = seededRandom(7);
  const words = Array.from({ length: vocabulary + names }, (_, at) => madeUpWord(at));
  const chinese = Array.from({ length: vocabulary }, (_, at) => chineseWord(at));
  // Half of a Zipf distribution's draws fall on the first few hundred words.
  const rank = (): number => Math.floor(vocabulary ** random()) - 1;
  const many = (length: number): string => Array.from({ length }, () => words[rank()]!).join(' ');
  const manyChinese = (length: number): string => Array.from({ length }, () => chinese[rank()]!).join('');
  return Array.from({ length: count }, (_, at) => {
    const isChinese = at % everyChinese === everyChinese - 1;
    return {
      id: String(at),
      lang: isChinese ? 'zh' : 'en',
      title: isChinese ? manyChinese(titleWords) : many(titleWords),
      text: isChinese ? `${manyChinese(textWords)}。` : `${many(textWords)}.`,
      authors: Array.from({ length: 4 }, () => words[vocabulary + Math.floor(random() * names)]!),
    };
  });
}

export interface MadeUpQuestion {
  sort: string;
  text: string;
  filters: SearchFilters;
}

/** As many of each sort: of very common words, of rare ones, of names with a slip, phrases, Chinese, and with every filter. */
export function madeUpQuestions(texts: readonly BenchText[], count: number): MadeUpQuestion[] {
  const random = seededRandom(11);
  const below = (limit: number): number => Math.floor(random() * limit);
  const one = (isChinese: boolean): BenchText =>
    texts[below(Math.floor(texts.length / everyChinese)) * everyChinese + (isChinese ? everyChinese - 1 : below(everyChinese - 1))]!; // prettier-ignore
  const common = (): string => madeUpWord(below(20));
  const ofTitle = (from: number, to: number): string => one(false).title.split(' ').slice(from, to).join(' ');
  const year = new Date().getUTCFullYear();
  const sorts: Record<string, () => Omit<MadeUpQuestion, 'sort'>> = {
    'very common word': () => ({ text: common(), filters: {} }),
    'two very common words': () => ({ text: `${common()} ${common()}`, filters: {} }),
    'word of a title': () => ({ text: ofTitle(0, 1), filters: {} }),
    'words of a title': () => ({ text: ofTitle(0, 2 + below(3)), filters: {} }),
    'rare word': () => ({ text: madeUpWord(vocabulary / 2 + below(vocabulary / 2)), filters: {} }),
    'words of a text': () => ({ text: one(false).text.split(' ').slice(40, 43).join(' '), filters: {} }),
    'name with a slip': () => ({ text: withoutOne(one(false).authors[0]!), filters: {} }),
    'name with a slip and a word': () => ({ text: `${withoutOne(one(false).authors[0]!)} ${common()}`, filters: {} }),
    phrase: () => ({ text: `"${ofTitle(1, 4)}"`, filters: {} }),
    Chinese: () => ({ text: one(true).title.slice(0, 2 + 2 * below(3)), filters: {} }),
    'of a kind': () => ({ text: ofTitle(1, 3), filters: { kind: 'paper' } }),
    'of a section': () => ({ text: ofTitle(1, 2), filters: { section: sections[below(sections.length)]!.key } }),
    'of a topic': () => ({ text: common(), filters: { topicId: 1 + below(madeUpTopics) } }),
    'of a source': () => ({ text: ofTitle(1, 2), filters: { sourceId: 1 + below(madeUpSources) } }),
    'of a year': () => ({ text: common(), filters: { year: year - below(madeUpYears - 1) } }),
  };
  const all = Object.entries(sorts);
  return Array.from({ length: count }, (_, at) => {
    const [sort, make] = all[at % all.length]!;
    return { sort, ...make() };
  });
}

function withoutOne(word: string): string {
  return `${word.slice(0, 3)}${word.slice(4)}`;
}

function madeUpWord(at: number): string {
  const syllables = ['ba', 'do', 'fi', 'gu', 'ke', 'la', 'mo', 'ni', 'pu', 're', 'sa', 'to', 'vi', 'wu', 'xe', 'zo'];
  let word = '';
  for (let rest = at * 7919 + 65_536; rest > 0; rest = Math.floor(rest / 16)) word += syllables[rest % 16]!;
  return word;
}

/** Two of some 170 characters. */
function chineseWord(at: number): string {
  return String.fromCodePoint(0x4e00 + ((at * 31) % 174), 0x5200 + Math.floor(at / 174));
}
