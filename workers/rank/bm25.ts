// Terms -> relevance: BM25 over an inverted index, so that a query costs only the postings of its terms.
import { countTerms } from '../../core/text/term-vectors.ts';

/** Term -> which documents hold it, and how often; built by `indexDocuments`. */
export interface Bm25Index {
  /** Number of documents. */
  size: number;
  /** For each document, k1 (1 - b + b length / average length): the part of the formula that no query changes. */
  norms: Float64Array;
  postings: Map<string, Posting>;
}

interface Posting {
  documents: number[];
  counts: number[];
  /** See `termIdf`. */
  idf: number;
}

/** Robertson & Zaragoza (2009), section 3.5: 1.2 < k1 < 2 and .5 < b < .8 serve most collections. */
const k1 = 1.2;
const b = 0.75;

/** Indexes documents given as their terms; a document's number is its index in the list. */
export function indexDocuments(documents: readonly (readonly string[])[]): Bm25Index {
  const total = documents.reduce((sum, terms) => sum + terms.length, 0);
  const average = total / documents.length || 1;
  const norms = Float64Array.from(documents, (terms) => k1 * (1 - b + (b * terms.length) / average));
  const postings: Bm25Index['postings'] = new Map();
  documents.forEach((terms, document) => {
    for (const [term, count] of countTerms(terms)) {
      const posting = postings.get(term) ?? { documents: [], counts: [], idf: 0 };
      posting.documents.push(document);
      posting.counts.push(count);
      postings.set(term, posting);
    }
  });
  for (const posting of postings.values()) posting.idf = bm25Idf(posting.documents.length, documents.length);
  return { size: documents.length, norms, postings };
}

/** The inverse document frequency of a term; one nobody holds counts as one held once. */
export function termIdf(index: Bm25Index, term: string): number {
  return index.postings.get(term)?.idf ?? bm25Idf(1, index.size);
}

/**
 * log(1 + (N - n + .5) / (n + .5)), of a term that n of N documents hold, above 0 for every term: the classic form turns negative for a term
 * that more than half of the documents hold, and then punishes a match.
 */
export function bm25Idf(holders: number, size: number): number {
  return Math.log(1 + Math.max(0, size - holders + 0.5) / (holders + 0.5));
}

/**
 * BM25 of every document for a query of weighted terms: one number >= 0 for each document, 0 without a common term.
 * Added to `scores` where they are given.
 * Source: Robertson & Zaragoza (2009), The Probabilistic Relevance Framework: BM25 and Beyond.
 */
export function scoreBm25(
  index: Bm25Index,
  query: ReadonlyMap<string, number>,
  scores: Float64Array = new Float64Array(index.size),
): Float64Array {
  const { norms, postings } = index;
  for (const [term, weight] of query) {
    const posting = postings.get(term);
    if (!posting) continue;
    const gain = weight * posting.idf * (k1 + 1);
    const { documents, counts } = posting;
    for (let at = 0; at < documents.length; at++)
      scores[documents[at]!]! += (gain * counts[at]!) / (counts[at]! + norms[documents[at]!]!);
  }
  return scores;
}
