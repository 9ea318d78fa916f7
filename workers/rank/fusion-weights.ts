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

/** Weights before a model exists. */
const alone = { words: 1, meaning: 0.7 };
/** Where the model has seen some hundred readers. */
const withNeighbours = { words: 0.6, meaning: 0.4 };

export interface FusionSettings {
  /** What own words and meaning come to, against those where no model is, as likes add up. */
  own: number;
  /** So many likes give half of it: the words of one story are few, those of thirty a taste. */
  halfOwn: number;
  neighbourWords: number;
  neighbourMeaning: number;
  factors: number;
}

/** Where factors are trusted fully; they know the words of neighbours already. `npm run bench:rank-tune` measures what each is worth. */
export const fusionSettings: FusionSettings = {
  own: 0.45,
  halfOwn: 4,
  neighbourWords: 0,
  neighbourMeaning: 0.24,
  factors: 2,
};

/**
 * The weights of one reader. `trust` is how far neighbours and factors may be relied on, 0 to 1; own evidence loses what factors
 * gain, and wins some of it back as likes add up.
 */
export function weighEvidence(
  facets: readonly Pick<Facet, 'weight'>[],
  trust: { neighbours: number; factors: number },
  settings: FusionSettings = fusionSettings,
): FusionWeights {
  const known = facets.reduce((sum, { weight }) => sum + Math.abs(weight), 0);
  const between = (without: number, withThem: number): number => without + trust.factors * (withThem - without);
  const own = between(1, (settings.own * known) / (known + settings.halfOwn || 1));
  return {
    words: alone.words * own,
    meaning: alone.meaning * own,
    neighbourWords: trust.neighbours * between(withNeighbours.words, settings.neighbourWords),
    neighbourMeaning: trust.neighbours * between(withNeighbours.meaning, settings.neighbourMeaning),
    factors: trust.factors * settings.factors,
  };
}
