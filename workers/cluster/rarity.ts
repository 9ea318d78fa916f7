// texts of a week -> how rare each word of them is, in the week and within the source that uses it, and which are names; pure.
import { stopWords } from '../../core/text/stop-words.ts';
import { titleWords } from './title-words.ts';

/** The head of an item: what it says first, who says it, and when. */
export interface ItemHead {
  /** Without what its source puts before many titles. */
  title: string;
  /** The beginning of its text. */
  lead: string;
  source: number;
  /** Milliseconds since 1970. */
  publishedAt: number;
}

/** The words of an item: those of its title, those neighbours there that read as one name, and all of title and lead. */
export interface ItemWords {
  head: ItemHead;
  title: Set<string>;
  runs: Set<string>;
  all: Set<string>;
}

/** What stands in small letters more often than this is no name. */
const mostInSmall = 0.25;
/** A source's own brand is in half of its titles; of a handful of items nothing is usual. */
const leastOfSource = 5;
/** Two items have a word in common that no third has, counted as in `Math.log((n + 1) / (frequency + 0.5))`. */
const rarest = 2.5;
const startsWithDigit = /^\d/;

/** Reads title and lead. */
export function readHead(head: ItemHead): ItemWords {
  const words = titleWords(head.title);
  const runs = words.flatMap(({ word, isCapital, isNext }, at) => {
    const before = words[at - 1];
    return before?.isCapital && isNext && (isCapital || startsWithDigit.test(word)) ? [`${before.word} ${word}`] : [];
  });
  const title = new Set(words.map(({ word }) => word));
  const all = new Set([...title, ...titleWords(head.lead).map(({ word }) => word)]);
  return { head, title, runs: new Set(runs), all };
}

export interface Rarity {
  /** 1 for what two items of the week have and nobody else, 0 for what all have, or all of this source (by number). */
  of: (word: string, source: number) => number;
  /** Whether a word is mostly written with a capital or a digit. */
  isName: (word: string) => boolean;
}

/** How rare the words of these are among them. */
export function rarityAmong(readings: readonly ItemWords[]): Rarity {
  const [among, small, capital] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()];
  const sources = new Map<number, { count: number; words: Map<string, number> }>();
  for (const { head, all, runs } of readings) {
    const source = sources.get(head.source) ?? { count: 0, words: new Map<string, number>() };
    sources.set(head.source, source);
    source.count++;
    for (const word of [...all, ...runs]) {
      count(among, word);
      count(source.words, word);
    }
    for (const { word, isCapital } of titleWords(`${head.title} ${head.lead}`))
      count(isCapital ? capital : small, word);
  }
  const [size, most] = [readings.length + 1, Math.log((readings.length + 1) / rarest)];
  return {
    isName: (word) => !stopWords.has(word) && (small.get(word) ?? 0) <= mostInSmall * (capital.get(word) ?? 0),
    of(word, from) {
      const source = sources.get(from);
      const usual = !source || source.count < leastOfSource ? 0 : (source.words.get(word) ?? 0) / source.count;
      const rare = most > 0 ? Math.log(size / ((among.get(word) ?? 0) + 0.5)) / most : 1;
      return Math.max(0, Math.min(1, rare)) * (1 - usual);
    },
  };
}

function count(counts: Map<string, number>, word: string): void {
  counts.set(word, (counts.get(word) ?? 0) + 1);
}
