// Interests and signals -> profile: a weighted set of facets, never one mean, since people want several things at once.
import type { SignalKind } from '../../core/signal-kinds.ts';
import { signalWeight, standingSignals } from '../../core/signal-weight.ts';
import type { PairChoice } from '../../core/store/pairs.ts';
import { countTerms } from '../../core/text/term-vectors.ts';
import { weighAnswers } from './answers.ts';
import { termIdf, type Bm25Index } from './bm25.ts';
import { tokenize } from '../../core/text/stemmed-terms.ts';

/** One thing a reader wants, or does not want. */
export interface Facet {
  /** `answer`: a story of a pair, above 0 the one they would rather read, below 0 the other. */
  kind: 'interest' | 'answer' | SignalKind;
  /** The words of the interest, or the title of the story. */
  label: string;
  storyId: number | null;
  /** -1 to 1; below 0 pushes away. */
  weight: number;
  terms: ReadonlyMap<string, number>;
  vector: Float32Array | undefined;
  /** Of a story: what its topic is called; '' without one. */
  topic?: string;
  /** Of a story: what its words predict, see `KnownStory`. */
  factors?: Float32Array | undefined;
}

/** A story somebody gave a signal on. */
export interface KnownStory {
  title: string;
  /** What its topic is called; '' without one. */
  topic?: string;
  /** Those that say most about it, from `keyTerms`. */
  terms: ReadonlyMap<string, number>;
  /** Unit length; undefined before it was embedded. */
  vector: Float32Array | undefined;
  /** Predicted from its words by the model, when there is one. */
  factors?: Float32Array | undefined;
}

export interface ProfileInput {
  interests: readonly string[];
  /** In percent, one for each; all of it where none is given. */
  interestWeights?: readonly number[];
  brought?: readonly BroughtText[];
  signals: readonly { storyId: number; kind: SignalKind; at: Date }[];
  answers?: readonly PairChoice[];
}

/** A work that is no story here, with what is known of it. */
export interface BroughtText {
  title: string;
  text: string;
  at: Date;
}

/** As it is embedded, in the form of an item. */
export function textOfWork({ title, text }: Pick<BroughtText, 'title' | 'text'>): string {
  return `${title}. ${text}`;
}

/** What gives words and stories their meaning: the same for all readers of a run. */
export interface ProfileSources {
  now: Date;
  vectorOf: (words: string) => Float32Array | undefined;
  storyOf: (storyId: number) => KnownStory | undefined;
  workOf?: (work: BroughtText) => KnownStory | undefined;
}

const storyTerms = 12;

/** The facets of one reader: each interest, each story with a signal (a dislike wins, else the strongest), both stories of each answer. */
export function buildProfile(
  { interests, interestWeights, signals, brought = [], answers = [] }: ProfileInput,
  lookup: ProfileSources,
): Facet[] {
  const facets = interests.map((words, at) => interestFacet(words, (interestWeights?.[at] ?? 100) / 100, lookup));
  for (const signal of standingSignals(signals)) {
    const story = lookup.storyOf(signal.storyId);
    if (story) facets.push(storyFacet(story, { ...signal, weight: signalWeight(signal, lookup.now) }));
  }
  for (const work of brought) {
    const known = lookup.workOf?.(work);
    if (known) facets.push(storyFacet(known, { kind: 'like', storyId: null, weight: signalWeight({ kind: 'like', at: work.at }, lookup.now) })); // prettier-ignore
  }
  for (const { storyId, story, weight } of weighAnswers(answers, lookup))
    facets.push(storyFacet(story, { kind: 'answer', storyId, weight }));
  return facets;
}

/** The `limit` terms that say most about a text: count times idf in the index, weights scaled so the first is 1. */
export function keyTerms(terms: readonly string[], index: Bm25Index, limit = storyTerms): Map<string, number> {
  const weighed = [...countTerms(terms)]
    .map(([term, count]) => [term, (1 + Math.log(count)) * termIdf(index, term)] as const)
    .filter(([term]) => index.postings.has(term))
    .toSorted((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1))
    .slice(0, limit);
  const most = weighed[0]?.[1] ?? 1;
  return new Map(weighed.map(([term, weight]) => [term, weight / most]));
}

function interestFacet(words: string, weight: number, lookup: ProfileSources): Facet {
  return {
    kind: 'interest',
    label: words,
    storyId: null,
    weight,
    terms: new Map(tokenize(words).map((term) => [term, 1])),
    vector: lookup.vectorOf(words),
  };
}

function storyFacet(
  { title, topic = '', terms, vector, factors }: KnownStory,
  { kind, storyId, weight }: Pick<Facet, 'kind' | 'storyId' | 'weight'>,
): Facet {
  return { kind, label: title, topic, storyId, weight, terms, vector, factors };
}
