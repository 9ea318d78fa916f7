// Profile x trust -> weights: how much each kind of evidence counts for this reader.
import type { Facet } from './profile.ts';

/** In standard deviations of one reader's scores. */
export interface FusionWeights {
  words: number;
  meaning: number;
  /** The same two of the stories that readers alike read. */
  neighbourWords: number;
  neighbourMeaning: number;
  factors: number;
}

/** Where no model is: a reader's own words are all. Found by `npm run bench:rank-tune`, see docs/ranking.md. */
const alone = { words: 1, meaning: 0.7 };
/** Where the model has seen some hundred readers. */
const withNeighbours = { words: 0.6, meaning: 0.4 };
/** Where factors are trusted fully. They know the words of neighbours already: only their meaning adds something. */
const withFactors = { own: 0.45, neighbourWords: 0, neighbourMeaning: 0.24, factors: 2 };
/** So many likes give a reader's own words half of what they come to: the words of one story are few, those of thirty a taste. */
const halfOwn = 4;

/**
 * The weights of one reader. `trust` is how far neighbours and factors may be relied on, 0 to 1; own evidence loses what factors
 * gain, and wins some of it back as likes add up.
 */
export function weighEvidence(
  facets: readonly Pick<Facet, 'weight'>[],
  trust: { neighbours: number; factors: number },
): FusionWeights {
  const known = facets.reduce((sum, { weight }) => sum + Math.abs(weight), 0);
  const between = (without: number, withThem: number): number => without + trust.factors * (withThem - without);
  const own = between(1, (withFactors.own * known) / (known + halfOwn));
  return {
    words: alone.words * own,
    meaning: alone.meaning * own,
    neighbourWords: trust.neighbours * between(withNeighbours.words, withFactors.neighbourWords),
    neighbourMeaning: trust.neighbours * between(withNeighbours.meaning, withFactors.neighbourMeaning),
    factors: trust.factors * withFactors.factors,
  };
}
