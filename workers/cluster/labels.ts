// the texts of each topic -> its keywords; pure.
import { isUnspaced, phrasesOf, singular } from '../embed/terms.ts';
import { hashTerm } from './shared-terms.ts';
import { withoutRepeats } from './without-repeats.ts';

const keywordCount = 10;
/** A title says in few words what its text says in many. */
const titleWeight = 3;
/** "Speech recognition" names more than either word, and occurs less often than both. */
const pairWeight = 2.5;

/** Words that stand in texts on anything; stop words of a name, though not of a search. */
const saysLittle = new Set(
  `said says say told think know people year good best better great big new thanks please anyone mr mrs ms
  way lot want need really actually approach method propose proposed novel result
  article wrote writes edu com org`.split(/\s+/),
);
const mailAddresses = /\S+@\S+/g;

interface TermStatistics {
  counts: Map<string, number>;
  /** In how many of the topic's documents each term occurs. */
  documents: Map<string, number>;
  size: number;
  documentCount: number;
}

/**
 * The keywords of each topic, the most telling first, at most ten, given the texts of its stories, by c-TF-IDF (Grootendorst 2022)
 * weighted by document frequency: by the share of the topic's documents that hold a term, so that a word one story repeats
 * does not name them all, and by how much more often they hold it than documents in general do (log of the lift), so that a
 * word of every topic names none. Terms are words and neighbouring pairs.
 */
export function labelTopics(topics: readonly (readonly { title: string; text: string }[])[]): string[][] {
  const mayBeShared = sharedBy(topics.flat());
  const statistics = topics.map((documents) => countDocuments(documents, mayBeShared));
  const overall = sumOf(statistics.map(({ counts }) => counts));
  const everywhere = sumOf(statistics.map(({ documents }) => documents));
  const meanSize = statistics.reduce((sum, { size }) => sum + size, 0) / Math.max(1, statistics.length);
  const allDocuments = statistics.reduce((sum, { documentCount }) => sum + documentCount, 0);
  return statistics.map(({ counts, documents, size, documentCount }, topic) => {
    const score = (term: string): number => {
      const share = documents.get(term)! / documentCount;
      const lift = share / (everywhere.get(term)! / allDocuments);
      return (
        Math.sqrt(counts.get(term)! / size) *
        Math.log(1 + meanSize / overall.get(term)!) *
        share *
        // Of one topic alone every lift is 1.
        (topics.length > 1 ? Math.max(0, Math.log(lift)) : 1) *
        (term.includes(' ') ? pairWeight : 1)
      );
    };
    // A term of one document alone says what that document is about.
    const shared = [...counts.keys()].filter((term) => documentCount < 2 || documents.get(term)! > 1);
    const ranked = shared.map((term) => ({ term, value: score(term) })).toSorted(byValue);
    const keywords = withoutRepeats(
      ranked.map(({ term }) => term),
      keywordCount,
    );
    return asWritten(keywords, topics[topic]!);
  });
}

/** From so many documents on, terms of one document alone (nine of ten) are not counted: none can be a keyword. */
const manyDocuments = 2_000;
/** A byte each; of the 5 million terms of 50,000 papers one in eight shares its byte with another. */
const bucketCount = 2 ** 25;

/** A test that every term passes that two documents have, and few others. */
function sharedBy(documents: readonly { title: string; text: string }[]): (term: string) => boolean {
  if (documents.length < manyDocuments) return () => true;
  const holders = new Uint8Array(bucketCount);
  for (const { title, text } of documents) {
    for (const term of new Set(spelledTerms(`${title}\n${text}`).map((spelled) => spelled.term))) {
      const bucket = hashTerm(term) % bucketCount;
      if (holders[bucket]! < 2) holders[bucket]!++;
    }
  }
  return (term) => holders[hashTerm(term) % bucketCount]! > 1;
}

function sumOf(counts: readonly ReadonlyMap<string, number>[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const map of counts) for (const [term, count] of map) sums.set(term, (sums.get(term) ?? 0) + count);
  return sums;
}

function byValue(a: { term: string; value: number }, b: { term: string; value: number }): number {
  return b.value - a.value || (a.term < b.term ? -1 : 1);
}

function countDocuments(
  documents: readonly { title: string; text: string }[],
  mayBeShared: (term: string) => boolean,
): TermStatistics {
  const result: TermStatistics = { counts: new Map(), documents: new Map(), size: 0, documentCount: documents.length };
  for (const { title, text } of documents) {
    const seen = new Set<string>();
    for (const [part, weight] of [
      [title, titleWeight],
      [text, 1],
    ] as const) {
      for (const { term } of spelledTerms(part)) {
        result.size += weight;
        if (!mayBeShared(term)) continue;
        result.counts.set(term, (result.counts.get(term) ?? 0) + weight);
        seen.add(term);
      }
    }
    for (const term of seen) result.documents.set(term, (result.documents.get(term) ?? 0) + 1);
  }
  return result;
}

/** Words and neighbouring pairs as counted (in the singular) and as written. */
function spelledTerms(text: string): { term: string; spelling: string }[] {
  return phrasesOf(text.replace(mailAddresses, ' ')).flatMap((phrase) => {
    const words = phrase.map((spelling) => ({ term: singular(spelling), spelling }));
    const tells = words.map(({ term, spelling }) => !saysLittle.has(term) && !saysLittle.has(spelling));
    const pairs = words.slice(1).flatMap((word, index) => {
      const before = words[index]!;
      if (!tells[index] || !tells[index + 1] || isUnspaced(word.term) || isUnspaced(before.term)) return [];
      return [{ term: `${before.term} ${word.term}`, spelling: `${before.spelling} ${word.spelling}` }];
    });
    return [...words.filter((_, index) => tells[index]), ...pairs];
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
