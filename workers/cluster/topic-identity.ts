// this week's topics and earlier ones -> which earlier one each continues: by the stories they share, else by their means; pure.
import { keepIdentity } from './keep-identity.ts';
import { innerProduct } from '../../core/math/vectors.ts';

/** A topic of an earlier week, by its mean. */
export interface EarlierTopic {
  topicId: number;
  centroid: Float32Array;
}

/** A handful of stories that moved over is no claim. */
const smallestClaim = 0.2;
/** Means of two halves of one topic are nearer than this, of two topics of one field seldom (demo week: .62 at most). */
const sameMean = 0.8;

/** The id each topic keeps, null for a new one. `members` are the earlier ids of its stories. */
export function topicIdentities(
  topics: readonly { members: readonly (number | null)[]; centroid: Float32Array }[],
  earlier: readonly EarlierTopic[],
): (number | null)[] {
  const ids = keepIdentity(topics.map(({ members }) => strongClaims(members)));
  const taken = new Set(ids);
  const likeness = topics.flatMap(({ centroid }, topic) =>
    ids[topic] === null
      ? earlier.map((one) => ({ topic, id: one.topicId, value: innerProduct(one.centroid, centroid) }))
      : [],
  );
  for (const { topic, id, value } of likeness.toSorted((a, b) => b.value - a.value || a.id - b.id)) {
    if (value < sameMean || ids[topic] !== null || taken.has(id)) continue;
    ids[topic] = id;
    taken.add(id);
  }
  return ids;
}

function strongClaims(members: readonly (number | null)[]): (number | null)[] {
  const known = members.filter((id) => id !== null);
  const count = (id: number): number => known.filter((other) => other === id).length;
  const strong = new Set([...new Set(known)].filter((id) => count(id) >= known.length * smallestClaim));
  return members.map((id) => (id !== null && strong.has(id) ? id : null));
}
