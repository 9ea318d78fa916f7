// A story a reader answers to x the newest issue -> which of its stories are like it, and so rise or sink with the answer.
import type { House } from '../../core/house.ts';
import { leastAlike } from '../../core/likeness.ts';
import { topicNames } from '../../core/store/topic-lists.ts';
import { headlineVectors } from '../../core/store/vectors.ts';
import { setInUse } from '../../core/store/vector-sets.ts';
import { rememberLast } from '../remember.ts';
import type { NewestIssue } from './newest-issue.ts';

export interface LikeStory {
  id: number;
  title: string;
  lang: string;
}

/** Returns what finds them, the most alike first; the vectors of an issue are read once. */
export function createStoriesLike({ db }: House, newestIssue: NewestIssue): (storyId: number) => Promise<LikeStory[]> {
  const remember = rememberLast<Map<number, Float32Array>>(1);
  return async (storyId) => {
    const [issue, set, topic] = await Promise.all([newestIssue(), setInUse(db), topicNames(db, [storyId])]);
    if (!issue || !set) return [];
    // The name of its topic is among a story's words for the ranker, and the story's page lists who shares it.
    const own = topic.get(storyId);
    const { model } = set;
    const vector = (await headlineVectors(db, { model, storyIds: [storyId] })).get(storyId);
    if (!vector) return [];
    const key = `${issue.head.id} ${issue.head.contentHash} ${model}`;
    const vectors = await remember(key, () => headlineVectors(db, { model, storyIds: issue.ids }));
    return issue.cards
      .map((card) => ({ card, cosine: cosineOf(vector, vectors.get(card.storyId)) }))
      .filter(
        ({ card, cosine }) =>
          card.storyId !== storyId && (cosine >= leastAlike || (own !== undefined && card.topic === own)),
      )
      .toSorted((a, b) => b.cosine - a.cosine)
      .map(({ card: { storyId: id, title, lang } }) => ({ id, title, lang }));
  };
}

/** Of vectors of unit length. */
function cosineOf(left: Float32Array, right: Float32Array | undefined): number {
  if (left.length !== right?.length) return 0;
  return left.reduce((sum, value, at) => sum + value * right[at]!, 0);
}
