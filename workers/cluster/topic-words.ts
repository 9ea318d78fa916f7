// the titles and texts of stories -> their words and runs of words by stems, counted once for the naming of all topics; pure.
import { foldCase, wordFinder } from '../../core/text/words.ts';
import { phrasesOf, singular } from '../../core/text/terms.ts';

/** What a story says of itself. */
export interface NamedText {
  title: string;
  text: string;
}

/** A longer run of words is the title of one story. */
const longest = 3;
const wordsIn = wordFinder("'-");

/** A story read once: the stems of all its words; by stems the runs in its title as they are written; and those in title or text. */
interface ReadText {
  words: Set<string>;
  titleRuns: Map<string, string>;
  runs: Set<string>;
}

/** All stories, in how many of them each word and each run of a title is, and how often a word ends a phrase of a title, 0 to 1. */
export interface ReadCorpus {
  read: ReadText[];
  spread: Map<string, number>;
  spreadRuns: Map<string, number>;
  endings: Map<string, number>;
}

export function readCorpus(texts: readonly NamedText[]): ReadCorpus {
  const read = readTexts(texts);
  return {
    read,
    spread: countOf(read.map(({ words }) => words)),
    spreadRuns: countOf(read.map(({ runs }) => runs)),
    endings: endingsOf(texts),
  };
}

/** Of a text only those runs are kept that two titles have: all of 50,000 texts would be 25 million. */
function readTexts(texts: readonly NamedText[]): ReadText[] {
  const titles = texts.map(({ title }) => runsOf(title));
  const inTitles = countOf(titles.map((runs) => new Set(runs.keys())));
  return texts.map(({ title, text }, at) => {
    const inText = [...runsOf(text).keys()].filter((run) => inTitles.has(run));
    return {
      words: new Set([...stemsOf(title), ...stemsOf(text)]),
      titleRuns: titles[at]!,
      runs: new Set([...titles[at]!.keys(), ...inText]),
    };
  });
}

/** The words of a text in the singular, hyphenated ones whole. */
export function stemsOf(text: string): string[] {
  return wordsIn(foldCase(text)).map(singular);
}

/** Runs of up to three words without a stop word or a mark between them: by stems, with how they are written. */
function runsOf(text: string): Map<string, string> {
  const written = new Map(text.split(/[^\p{L}\p{N}'-]+/u).map((word) => [word.toLowerCase(), word]));
  const lower = text.toLowerCase();
  const runs = new Map<string, string>();
  for (const phrase of phrasesOf(text)) {
    for (let start = 0; start < phrase.length; start++) {
      for (let end = start + 1; end <= Math.min(phrase.length, start + longest); end++) {
        const words = phrase.slice(start, end);
        // Stop words were taken out: with one between them nobody wrote these as one.
        if (words.length > 1 && !lower.includes(words.join(' '))) break;
        runs.set(words.map(singular).join(' '), words.map((word) => keepCapitals(written.get(word) ?? word)).join(' '));
      }
    }
  }
  return runs;
}

/** "Models" is "models" within a name; "LLMs" and "3D" are what they are. */
function keepCapitals(word: string): string {
  const capitals = word.match(/\p{Lu}/gu)?.length ?? 0;
  return capitals > 1 || (capitals === 1 && /\d/.test(word)) ? word : word.toLowerCase();
}

/** Of each word the share of its places in titles at which a phrase ends. */
function endingsOf(texts: readonly NamedText[]): Map<string, number> {
  const [ends, all] = [new Map<string, number>(), new Map<string, number>()];
  for (const { title } of texts) {
    const lower = title.toLowerCase();
    for (const phrase of phrasesOf(title)) {
      phrase.forEach((word, at) => {
        const stem = singular(word);
        const next = phrase[at + 1];
        all.set(stem, (all.get(stem) ?? 0) + 1);
        if (next === undefined || !lower.includes(`${word} ${next}`)) ends.set(stem, (ends.get(stem) ?? 0) + 1);
      });
    }
  }
  return new Map([...all].map(([word, count]) => [word, (ends.get(word) ?? 0) / count]));
}

/** In how many of the sets each word is. */
export function countOf(sets: readonly ReadonlySet<string>[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const set of sets) for (const one of set) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
}
