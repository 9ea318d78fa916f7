// the titles and texts of stories -> their words and runs of words by stems, counted once for the naming of all topics; pure.
import { foldCase, wordFinder } from '../../core/text/words.ts';
import { stem } from '../../core/text/stemmed-terms.ts';
import { phrasesOf, singular } from '../../core/text/terms.ts';
import { documentFrequencies } from '../../core/text/term-vectors.ts';

/** What a story says of itself. */
export interface NamedText {
  title: string;
  text: string;
}

/** A longer run of words is the title of one story. */
const longest = 3;
/** What a text says of a run beside what a title says: a title is what a story is about, an abstract names its neighbours too. */
const textWorth = 0.5;
/** A word that texts write with a capital so often is a name: the rest are headings and slips. */
const properShare = 0.8;
const wordsIn = wordFinder("'-");
const partsIn = wordFinder('');

/** A story read once: the stems of all its words; by their singulars the runs in its title as they are written; and those in title or text. */
interface ReadText {
  words: Set<string>;
  titleRuns: Map<string, string>;
  runs: Set<string>;
}

/**
 * All stories, in how many of them each word and each run of a title is, how much all of them say each run (`saying`), and how often a word
 * ends a phrase of a title, 0 to 1.
 */
export interface ReadCorpus {
  read: ReadText[];
  spread: Map<string, number>;
  spreadRuns: Map<string, number>;
  said: Map<string, number>;
  endings: Map<string, number>;
}

export function readCorpus(texts: readonly NamedText[]): ReadCorpus {
  const read = readTexts(texts);
  const said = new Map<string, number>();
  for (const one of read) for (const run of one.runs) said.set(run, (said.get(run) ?? 0) + saying(one, run));
  return {
    read,
    spread: documentFrequencies(read.map(({ words }) => words)),
    spreadRuns: documentFrequencies(read.map(({ runs }) => runs)),
    said,
    endings: endingsOf(texts),
  };
}

/** How much a story says a run that it has: 1 in its title, half of that in its text alone. */
export function saying({ titleRuns }: Pick<ReadText, 'titleRuns'>, run: string): number {
  return titleRuns.has(run) ? 1 : textWorth;
}

/** Of a text only those runs are kept that two titles have: all of 50,000 texts would be 25 million. */
function readTexts(texts: readonly NamedText[]): ReadText[] {
  const proper = properWords(texts);
  const titles = texts.map(({ title }) => runsOf(title, proper));
  const inTitles = documentFrequencies(titles.map((runs) => new Set(runs.keys())));
  return texts.map(({ title, text }, at) => {
    const inText = [...runsOf(text, proper).keys()].filter((run) => inTitles.has(run));
    return {
      words: new Set([...partsOf(title), ...partsOf(text)]),
      titleRuns: titles[at]!,
      runs: new Set([...titles[at]!.keys(), ...inText]),
    };
  });
}

/** The words of a text in the singular, hyphenated ones whole. */
export function singularsOf(text: string): string[] {
  return wordsIn(foldCase(text)).map(singular);
}

/** The stems of the words of a text, hyphenated ones in parts: who writes "retrieval augments" says "retrieval-augmented" too. */
export function partsOf(text: string): string[] {
  return partsIn(foldCase(text)).map(stem);
}

/** Runs of up to three words without a stop word or a mark between them: by singulars, with how they are written. */
function runsOf(text: string, proper: ReadonlySet<string>): Map<string, string> {
  const written = new Map(text.split(/[^\p{L}\p{N}'-]+/u).map((word) => [word.toLowerCase(), word]));
  const lower = text.toLowerCase();
  const runs = new Map<string, string>();
  for (const phrase of phrasesOf(text)) {
    for (let start = 0; start < phrase.length; start++) {
      for (let end = start + 1; end <= Math.min(phrase.length, start + longest); end++) {
        const words = phrase.slice(start, end);
        // Stop words were taken out: with one between them nobody wrote these as one.
        if (words.length > 1 && !lower.includes(words.join(' '))) break;
        runs.set(
          words.map(singular).join(' '),
          words.map((word) => keepCapitals(written.get(word) ?? word, proper)).join(' '),
        );
      }
    }
  }
  return runs;
}

/** "Models" is "models" within a name, "Low-Rank" is "low-rank"; "LLMs" and "3D" are what they are, and so is who texts write large. */
function keepCapitals(word: string, proper: ReadonlySet<string>): string {
  const part = (one: string): string => {
    const capitals = one.match(/\p{Lu}/gu)?.length ?? 0;
    const isName = capitals > 1 || (capitals === 1 && /\d/.test(one)) || proper.has(one.toLowerCase());
    return isName ? one : one.toLowerCase();
  };
  return word.split('-').map(part).join('-');
}

/** Words that texts write with a capital within their sentences, nearly always: "Gaussian". Titles may write every word so. */
function properWords(texts: readonly NamedText[]): Set<string> {
  const [capital, all] = [new Map<string, number>(), new Map<string, number>()];
  for (const { text } of texts) {
    for (const [, word] of text.matchAll(/(?<=[\p{Ll},] )(\p{L}\p{Ll}+)(?![\p{L}-])/gu)) {
      const folded = word!.toLowerCase();
      all.set(folded, (all.get(folded) ?? 0) + 1);
      if (word !== folded) capital.set(folded, (capital.get(folded) ?? 0) + 1);
    }
  }
  return new Set([...capital].flatMap(([word, count]) => (count >= properShare * all.get(word)! ? [word] : [])));
}

/** Of each word the share of its places in titles at which a phrase ends. */
function endingsOf(texts: readonly NamedText[]): Map<string, number> {
  const [ends, all] = [new Map<string, number>(), new Map<string, number>()];
  for (const { title } of texts) {
    const lower = title.toLowerCase();
    for (const phrase of phrasesOf(title)) {
      phrase.forEach((word, at) => {
        const one = singular(word);
        const next = phrase[at + 1];
        all.set(one, (all.get(one) ?? 0) + 1);
        if (next === undefined || !lower.includes(`${word} ${next}`)) ends.set(one, (ends.get(one) ?? 0) + 1);
      });
    }
  }
  return new Map([...all].map(([word, count]) => [word, (ends.get(word) ?? 0) / count]));
}
