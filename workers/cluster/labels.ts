// the texts of each topic -> its keywords; pure.
import { isUnspaced, phrasesOf, singular } from '../embed/terms.ts';

const keywordCount = 10;
/** A title says in few words what its text says in many. */
const titleWeight = 3;
/** "Speech recognition" names more than either word, and occurs less often than both. */
const pairWeight = 3;

interface TermStatistics {
  counts: Map<string, number>;
  /** In how many of the topic's documents each term occurs. */
  documents: Map<string, number>;
  size: number;
  documentCount: number;
}

/**
 * The keywords of each topic, the most telling first, at most ten, given the texts of its stories, by c-TF-IDF (Grootendorst 2022) weighted by document frequency inside the topic, so that
 * a word one story repeats does not name them all. Terms are words and neighbouring pairs.
 */
export function labelTopics(topics: readonly (readonly { title: string; text: string }[])[]): string[][] {
  const statistics = topics.map(countDocuments);
  const overall = sumOf(statistics.map(({ counts }) => counts));
  const everywhere = sumOf(statistics.map(({ documents }) => documents));
  const meanSize = statistics.reduce((sum, { size }) => sum + size, 0) / Math.max(1, statistics.length);
  return statistics.map(({ counts, documents, size, documentCount }, topic) => {
    const score = (term: string): number =>
      (counts.get(term)! / size) *
      Math.log(1 + meanSize / overall.get(term)!) *
      (documents.get(term)! / documentCount) *
      (documents.get(term)! / everywhere.get(term)!) *
      (term.includes(' ') ? pairWeight : 1);
    // A term of one document alone says what that document is about.
    const shared = [...counts.keys()].filter((term) => documentCount < 2 || documents.get(term)! > 1);
    const ranked = shared.map((term) => ({ term, value: score(term) })).toSorted(byValue);
    const keywords = withoutRepeats(ranked.map(({ term }) => term)).slice(0, keywordCount);
    return asWritten(keywords, topics[topic]!);
  });
}

function sumOf(counts: readonly ReadonlyMap<string, number>[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const map of counts) for (const [term, count] of map) sums.set(term, (sums.get(term) ?? 0) + count);
  return sums;
}

function byValue(a: { term: string; value: number }, b: { term: string; value: number }): number {
  return b.value - a.value || (a.term < b.term ? -1 : 1);
}

function countDocuments(documents: readonly { title: string; text: string }[]): TermStatistics {
  const result: TermStatistics = { counts: new Map(), documents: new Map(), size: 0, documentCount: documents.length };
  for (const { title, text } of documents) {
    const seen = new Set<string>();
    for (const [part, weight] of [
      [title, titleWeight],
      [text, 1],
    ] as const) {
      for (const { term } of spelledTerms(part)) {
        result.counts.set(term, (result.counts.get(term) ?? 0) + weight);
        result.size += weight;
        seen.add(term);
      }
    }
    for (const term of seen) result.documents.set(term, (result.documents.get(term) ?? 0) + 1);
  }
  return result;
}

/** Words and neighbouring pairs as counted (in the singular) and as written. */
function spelledTerms(text: string): { term: string; spelling: string }[] {
  return phrasesOf(text).flatMap((phrase) => {
    const words = phrase.map((spelling) => ({ term: singular(spelling), spelling }));
    const pairs = words.slice(1).flatMap((word, index) => {
      const before = words[index]!;
      if (isUnspaced(word.term) || isUnspaced(before.term)) return [];
      return [{ term: `${before.term} ${word.term}`, spelling: `${before.spelling} ${word.spelling}` }];
    });
    return [...words, ...pairs];
  });
}

/** Leaves out a term that shares a word with a better one: "diffusion" after "diffusion model". */
function withoutRepeats(terms: readonly string[]): string[] {
  const used = new Set<string>();
  return terms.filter((term) => {
    const words = term.split(' ');
    if (words.some((word) => used.has(word))) return false;
    for (const word of words) used.add(word);
    return true;
  });
}

/**
 * The keywords in the spelling that these documents use most. They are read once more for it: the spellings of all terms
 * of 10,000 papers would be a million maps.
 */
function asWritten(terms: readonly string[], documents: readonly { title: string; text: string }[]): string[] {
  const spellings = new Map(terms.map((term) => [term, new Map<string, number>()]));
  for (const { title, text } of documents) {
    for (const { term, spelling } of spelledTerms(`${title}\n${text}`)) {
      const known = spellings.get(term);
      known?.set(spelling, (known.get(spelling) ?? 0) + 1);
    }
  }
  return terms.map((term) => mostUsed(spellings.get(term)!));
}

function mostUsed(spellings: ReadonlyMap<string, number>): string {
  return [...spellings].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]![0];
}
