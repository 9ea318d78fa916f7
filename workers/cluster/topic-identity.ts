// this week's topics and earlier ones -> which earlier one each continues: by the stories they share and by what the new ones say; pure.
import { innerProduct, normalise } from '../../core/math/vectors.ts';
import type { WeighedWords } from './word-overlap.ts';

/** A topic of an earlier week, by its mean. */
export interface EarlierTopic {
  topicId: number;
  centroid: Float32Array;
}

export interface TopicNow {
  /** The numbers of its stories. */
  numbers: readonly number[];
  centroid: Float32Array;
}

interface Standing {
  /** The topic each story had last week; null for a new one. */
  lastWeek: readonly (number | null)[];
  /** The topic that a search of this week gave each story; null for one that had none yet, or has one of last week. */
  thisWeek: readonly (number | null)[];
  words: WeighedWords;
  earlier: readonly EarlierTopic[];
  /** The mean of all stories of now. */
  mean: Float32Array;
  /** Whether the name by which readers know an earlier topic fits this one, or one akin to it does. */
  fits: (topic: number, id: number) => boolean;
}

/** So many stories say what a topic speaks of. */
const enough = 5;
/**
 * Cosine of what the old stories of a topic and the new ones say, what all say taken off. Two halves of one subject come to .35 and
 * more, two blind handfuls to 0 (plain cosines of fifty papers drawn blindly: .67).
 */
const sameWords = 0.37;
/** The same of the means of vectors, where the old stories are not there any more. */
const sameMean = 0.5;
/** The share of the older topic's stories that another must hold to be it, where too few are new to compare. */
const mostOfIt = 0.5;

/**
 * The id each topic keeps, null for a new one; no id twice. Topics are found many times in a week: each time they are held against those
 * of last week, since small steps from search to search would lead an id anywhere; ids born this week go with most of their stories. An
 * earlier topic whose name does not fit has ended; what came in its place keeps the id that an earlier search of this week gave it.
 */
export function topicIdentities(topics: readonly TopicNow[], standing: Standing): (number | null)[] {
  const { lastWeek, thisWeek, words, earlier, mean, fits } = standing;
  const oldStories = groupByTopic(lastWeek);
  const speech = wordMeans(words);
  const fresh = topics.map(({ numbers }) => numbers.filter((number) => lastWeek[number] === null));
  const likeness = likenessOf(speech, [...oldStories.values()], fresh);
  const claims: Claim[] = [];
  topics.forEach(({ numbers, centroid }, topic) => {
    [...oldStories].forEach(([id, old], at) => {
      const shared = shareOf(old, numbers);
      const spoken = old.length >= enough && fresh[topic]!.length >= enough ? likeness[topic]![at]! : undefined;
      const isSame = spoken === undefined ? shared >= mostOfIt : spoken >= sameWords && (shared > 0 || spoken >= 1.1 * sameWords); // prettier-ignore
      if (isSame) claims.push({ topic, id, value: shared + (spoken ?? 0), isEarlier: true });
    });
    for (const { topicId, centroid: before } of earlier) {
      if (oldStories.has(topicId)) continue;
      const value = innerProduct(less(before, mean), less(centroid, mean));
      if (value >= sameMean) claims.push({ topic, id: topicId, value: value / 2, isEarlier: true });
    }
  });
  const born = groupByTopic(thisWeek);
  for (const [id, own] of born) {
    topics.forEach(({ numbers }, topic) => {
      const shared = shareOf(own, numbers);
      // After those of last week.
      if (shared >= mostOfIt) claims.push({ topic, id, value: shared - 1, isEarlier: false });
    });
  }
  return assign(topics.length, claims, fits);
}

/** The share of some stories that is among others. */
function shareOf(stories: readonly number[], others: readonly number[]): number {
  const among = new Set(others);
  return stories.filter((story) => among.has(story)).length / stories.length;
}

interface Claim {
  topic: number;
  id: number;
  value: number;
  /** On a topic that readers know by its name. */
  isEarlier: boolean;
}

/** The greatest claim first; each topic and each id once. Whose best earlier topic has ended gets no other earlier one. */
function assign(count: number, claims: readonly Claim[], fits: Standing['fits']): (number | null)[] {
  const ids = Array.from({ length: count }, (): number | null => null);
  const [taken, isAnother] = [new Set<number>(), new Set<number>()];
  for (const { topic, id, isEarlier } of claims.toSorted(
    (a, b) => b.value - a.value || a.id - b.id || a.topic - b.topic,
  )) {
    if (ids[topic] !== null || taken.has(id) || (isEarlier && isAnother.has(topic))) continue;
    taken.add(id);
    if (isEarlier && !fits(topic, id)) isAnother.add(topic);
    else ids[topic] = id;
  }
  return ids;
}

function groupByTopic(topicIds: readonly (number | null)[]): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  topicIds.forEach((id, number) => {
    if (id !== null) groups.set(id, [...(groups.get(id) ?? []), number]);
  });
  return groups;
}

function less(vector: Float32Array, mean: Float32Array): Float32Array {
  return normalise(vector.map((value, at) => value - mean[at]!));
}

/** Means of the weighed words of groups of stories, by term: most terms are in few groups. */
function wordMeans({ terms, weights }: WeighedWords): (stories: readonly number[]) => Map<number, number> {
  return (stories) => {
    const mean = new Map<number, number>();
    for (const story of stories) {
      terms[story]!.forEach((term, at) =>
        mean.set(term, (mean.get(term) ?? 0) + weights[story]![at]! / stories.length),
      );
    }
    return mean;
  };
}

/** For each group of fresh stories the cosine with each group of old ones, the mean of all taken off both; 0 for one without stories. */
function likenessOf(
  meanOf: (stories: readonly number[]) => Map<number, number>,
  old: readonly (readonly number[])[],
  fresh: readonly (readonly number[])[],
): number[][] {
  const whole = meanOf([...old, ...fresh].flat());
  const square = dot(whole, whole);
  const read = (stories: readonly number[]) => {
    const mean = meanOf(stories);
    const shared = dot(mean, whole);
    return { mean, shared, length: Math.sqrt(Math.max(0, dot(mean, mean) - 2 * shared + square)) };
  };
  const before = old.map(read);
  return fresh.map((stories) => {
    const now = read(stories);
    return before.map(({ mean, shared, length }) => {
      const product = dot(now.mean, mean) - now.shared - shared + square;
      return stories.length === 0 || length * now.length === 0 ? 0 : product / (length * now.length);
    });
  });
}

function dot(a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): number {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [term, value] of few) sum += value * (many.get(term) ?? 0);
  return sum;
}
