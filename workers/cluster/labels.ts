// the texts of each topic -> its keywords; pure.
import { shareKeys, type SharedTerms } from './shared-terms.ts';
import { isPair, spellingBook } from './spelled-terms.ts';
import { withoutRepeats } from './without-repeats.ts';

export interface LabelledText {
  title: string;
  text: string;
}

const keywordCount = 10;
/** A title says in few words what its text says in many. */
const titleWeight = 3;
/** "Speech recognition" names more than either word, and occurs less often than both. */
const pairWeight = 2.5;

/**
 * The keywords of each topic, the most telling first, at most ten, given the texts of its stories, by c-TF-IDF (Grootendorst 2022)
 * weighted by document frequency: by the share of the topic's documents that hold a term, so that a word one story repeats
 * does not name them all, and by how much more often they hold it than documents in general do (log of the lift), so that a
 * word of every topic names none. Terms are words and neighbouring pairs.
 */
export function labelTopics(topics: readonly (readonly LabelledText[])[]): string[][] {
  const { read, eachTerm, spell } = spellingBook();
  const texts = topics.flat().map(({ title, text }) => ({ title: read(title), text: read(text) }));
  // A term of one document alone says what that document is about, unless it is all the topic has.
  const least = topics.some((documents) => documents.length === 1) ? 1 : 2;
  const shared = shareKeys(
    texts,
    ({ title, text }) => {
      const found: number[] = [];
      for (let time = 0; time < titleWeight; time++) eachTerm(title, (term) => found.push(term));
      eachTerm(text, (term) => found.push(term));
      return found;
    },
    least,
  );
  const overall = countTerms(shared, { from: 0, to: texts.length });
  let end = 0;
  return topics.map(({ length }) => {
    const documents = { from: end, to: (end += length) };
    const numbers = new Map<string, number>();
    // What no title of the topic says is how papers of every topic speak: "consistently outperforms", "findings suggest".
    const titled = new Set<number>();
    for (const { title } of texts.slice(documents.from, documents.to)) eachTerm(title, (term) => titled.add(term));
    function* spelled(): Iterable<string> {
      for (const term of rankTerms(shared, { overall, documents, topicCount: topics.length })) {
        if (!titled.has(shared.keys[term]!)) continue;
        const word = spell(shared.keys[term]!);
        numbers.set(word, shared.keys[term]!);
        yield word;
      }
    }
    const keywords = withoutRepeats(spelled(), keywordCount).map((word) => numbers.get(word)!);
    const spellings = new Map(keywords.map((keyword) => [keyword, new Map<number, number>()]));
    const tell = (term: number, spelling: number): void => {
      const known = spellings.get(term);
      known?.set(spelling, (known.get(spelling) ?? 0) + 1);
    };
    for (const { title, text } of texts.slice(documents.from, documents.to)) {
      eachTerm(title, tell);
      eachTerm(text, tell);
    }
    return keywords.map((keyword) => mostUsed([...spellings.get(keyword)!].map(([term, count]) => [spell(term), count]))); // prettier-ignore
  });
}

interface Documents {
  from: number;
  to: number;
}

interface TermCounts {
  /** How often some documents have each term, and how many of them do. */
  counts: Float64Array;
  holders: Int32Array;
  /** Terms in all, also those that are not shared. */
  size: number;
  documents: number;
}

function countTerms({ terms, counts, lengths, frequencies }: SharedTerms, { from, to }: Documents): TermCounts {
  const sums = new Float64Array(frequencies.length);
  const holders = new Int32Array(frequencies.length);
  let size = 0;
  for (let document = from; document < to; document++) {
    const row = terms[document]!;
    for (let at = 0; at < row.length; at++) {
      sums[row[at]!]! += counts[document]![at]!;
      holders[row[at]!]!++;
    }
    size += lengths[document]!;
  }
  return { counts: sums, holders, size, documents: to - from };
}

/** The terms that more than one of these documents hold, or the only one, the most telling first. */
function rankTerms(
  shared: SharedTerms,
  { overall, documents, topicCount }: { overall: TermCounts; documents: Documents; topicCount: number },
): number[] {
  const own = countTerms(shared, documents);
  const meanSize = overall.size / topicCount;
  const fewest = Math.min(2, own.documents);
  const values = new Float64Array(own.counts.length);
  const found: number[] = [];
  own.holders.forEach((holders, term) => {
    if (holders < fewest) return;
    const share = holders / own.documents;
    const lift = share / (overall.holders[term]! / overall.documents);
    values[term] =
      Math.sqrt(own.counts[term]! / own.size) *
      Math.log(1 + meanSize / overall.counts[term]!) *
      share *
      // Of one topic alone every lift is 1.
      (topicCount > 1 ? Math.max(0, Math.log(lift)) : 1) *
      (isPair(shared.keys[term]!) ? pairWeight : 1);
    found.push(term);
  });
  return found.toSorted((a, b) => values[b]! - values[a]! || a - b);
}

function mostUsed(spellings: readonly (readonly [string, number])[]): string {
  return spellings.toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]![0];
}
