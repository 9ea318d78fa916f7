// The words of an interest -> the phrases it asks for, each with what its words tell by being rare.
import { placeTerms } from '../../core/text/stemmed-terms.ts';
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
  const rarities = roots.map((root) => rarityOf(postingOf(root, index).documents.length, index.size));
  const total = rarities.reduce((sum, rarity) => sum + rarity, 0) || 1;
  return { label, words: placed.words, terms, roots, shares: rarities.map((rarity) => rarity / total) };
}

/** The rarity of BM25, of a word that so many of `size` stories hold. */
export function rarityOf(holders: number, size: number): number {
  return Math.log(1 + (size - holders + 0.5) / (holders + 0.5));
}
