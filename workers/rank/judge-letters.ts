// Letters and the signals that followed -> figures: our order, and three plain ones, on the same exposures; pure.
import { pushesAway, signalKinds } from '../../core/signal-kinds.ts';
import type { RankerFigures, Metric, RankerName, ShownLetter } from '../../core/store/judgements.ts';
import { auc, collectMean, expectedHitAt, expectedNdcg, hitAt, intraListDiversity, ndcg } from './metrics.ts';
import { termProduct, termSum, type TermVector } from '../../core/text/term-vectors.ts';

/** A letter has some eight personal picks: a hit among the first three says that the order helped. */
const hitDepth = 3;

export interface JudgeInput {
  /** Of the pool, in the curators' order. */
  stories: readonly { storyId: number; newest: Date; vector: TermVector }[];
  /** TF-IDF of an interest's words. */
  vectorOfWords: (words: string) => TermVector;
  /** TF-IDF of a story in a profile; undefined for one that is gone. */
  vectorOfStory: (storyId: number) => TermVector | undefined;
}

const metricNames: readonly Metric[] = ['ndcg', 'hitRate', 'auc'];
const rankerNames: readonly RankerName[] = ['ours', 'recency', 'tfidf', 'random'];

/** Takes letters in batches, keeps sums only, and gives the figures at the end. */
export function createJudging(stories: JudgeInput['stories']) {
  const known = new Map(stories.map((story, index) => [story.storyId, { ...story, index }]));
  const means = collectorsOf();
  const diversity = collectMean();
  const shown = new Set<number>();
  const alike = rememberPairs((left, right) => termProduct(stories[left]!.vector, stories[right]!.vector));
  let [letters, exposures, answers, exploring] = [0, 0, 0, 0];

  return {
    add(letter: ShownLetter, input: Omit<JudgeInput, 'stories'>): void {
      const picks = letter.picks.flatMap((pick) => {
        const story = known.get(pick.storyId);
        return story ? [{ ...story, exploring: pick.exploring, gain: gainFrom(pick.signals) }] : [];
      });
      if (picks.length < 2) return;
      letters++;
      exposures += picks.length;
      answers += picks.filter(({ gain }) => gain > 0).length;
      exploring += picks.filter((pick) => pick.exploring).length;
      for (const { storyId } of picks) shown.add(storyId);
      diversity.add(intraListDiversity(picks.map(({ index }) => index), alike)); // prettier-ignore
      const profileVector = profileVectorOf(letter, input);
      const orders = {
        ours: picks,
        recency: picks.toSorted((a, b) => b.newest.getTime() - a.newest.getTime() || a.index - b.index),
        tfidf: picks.toSorted(
          (a, b) => termProduct(b.vector, profileVector) - termProduct(a.vector, profileVector) || a.index - b.index,
        ),
      };
      for (const [name, order] of Object.entries(orders)) addGains(means[name as RankerName], order.map(({ gain }) => gain)); // prettier-ignore
      addRandom(means.random, picks.map(({ gain }) => gain)); // prettier-ignore
    },
    figures(): RankerFigures {
      return {
        letters,
        exposures,
        answers,
        hitAt: hitDepth,
        metrics: Object.fromEntries(
          metricNames.map((metric) => [
            metric,
            Object.fromEntries(rankerNames.map((name) => [name, means[name][metric].result()])),
          ]),
        ) as RankerFigures['metrics'],
        coverage: stories.length > 0 && letters > 0 ? shown.size / stories.length : null,
        diversity: diversity.result(),
        exploration: exposures > 0 ? exploring / exposures : null,
      };
    },
  };
}

type Collectors = Record<Metric, ReturnType<typeof collectMean>>;

function collectorsOf(): Record<RankerName, Collectors> {
  const one = (): Collectors => ({ ndcg: collectMean(), hitRate: collectMean(), auc: collectMean() });
  return { ours: one(), recency: one(), tfidf: one(), random: one() };
}

function addGains(collectors: Collectors, gains: readonly number[]): void {
  collectors.ndcg.add(ndcg(gains));
  collectors.hitRate.add(hitAt(gains, hitDepth));
  collectors.auc.add(auc(gains));
}

/** What chance would give, exactly: no order is drawn, so the figure does not move from day to day. */
function addRandom(collectors: Collectors, gains: readonly number[]): void {
  collectors.ndcg.add(expectedNdcg(gains));
  collectors.hitRate.add(expectedHitAt(gains, hitDepth));
  collectors.auc.add(auc(gains) === undefined ? undefined : 0.5);
}

/** The strongest signal counts, and a dislike undoes it. */
function gainFrom(signals: ShownLetter['picks'][number]['signals']): number {
  return signals.some(pushesAway) ? 0 : Math.max(0, ...signals.map((kind) => signalKinds[kind].gain));
}

/** The profile the letter was chosen with, as one TF-IDF query. */
function profileVectorOf(
  { profile }: ShownLetter,
  { vectorOfWords, vectorOfStory }: Omit<JudgeInput, 'stories'>,
): TermVector {
  return termSum(
    (profile.facets ?? []).flatMap(({ words, storyId, weight }) => {
      const vector = words === undefined ? vectorOfStory(storyId ?? 0) : vectorOfWords(words);
      return vector ? [{ vector, weight }] : [];
    }),
  );
}

/** Many letters hold the same pair. */
function rememberPairs(similarity: (left: number, right: number) => number): (left: number, right: number) => number {
  const known = new Map<number, number>();
  return (left, right) => {
    const key = Math.min(left, right) * 100_000 + Math.max(left, right);
    const value = known.get(key) ?? similarity(left, right);
    known.set(key, value);
    return value;
  };
}
