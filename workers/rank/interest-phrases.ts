// The words of an interest -> the phrases it asks for, each with what its words tell by being rare.
import { placeTerms } from '../../core/text/stemmed-terms.ts';
import { bm25Idf } from './bm25.ts';
import { postingOf, rootOf, type PhraseIndex } from './phrase-index.ts';

/** One thing an interest names. */
export interface InterestPhrase {
  label: string;
  words: string[];
  /** Its words without endings, as `tokenize` gives them, and the root of each; every root once. */
  terms: string[];
  roots: string[];
  /** What each root tells by being rare, together 1; a word that stands nowhere is the rarest. */
  shares: number[];
}

/** The whole interest, then the things it joins by "and", "or", a comma or a stroke: "weather and climate" names two. */
export function interestPhrases(interest: string, index: PhraseIndex): InterestPhrase[] {
  const parts = partsOf(interest);
  const labels = parts.length > 1 ? [interest, ...parts] : [interest];
  return labels.map((label) => phraseOf(label, index)).filter(({ roots }) => roots.length > 0);
}

function partsOf(interest: string): string[] {
  const parts: string[][] = [[]];
  for (const word of interest.replaceAll(',', ' , ').replaceAll('/', ' / ').split(' ')) {
    if (['and', 'or', '&', ',', '/'].includes(word)) parts.push([]);
    else if (word !== '') parts.at(-1)!.push(word);
  }
  return parts.map((part) => part.join(' ')).filter((part) => part !== '');
}

function phraseOf(label: string, index: PhraseIndex): InterestPhrase {
  const placed = placeTerms(label);
  const termOf = new Map(placed.words.map((word, at) => [rootOf(word), placed.terms[at]!]));
  const [roots, terms] = [[...termOf.keys()], [...termOf.values()]];
  const idfs = roots.map((root) => bm25Idf(postingOf(root, index).documents.length, index.size));
  const total = idfs.reduce((sum, idf) => sum + idf, 0) || 1;
  return { label, words: placed.words, terms, roots, shares: idfs.map((idf) => idf / total) };
}
