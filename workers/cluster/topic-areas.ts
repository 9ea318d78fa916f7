// topics and the broad topic that each is part of -> areas: each goes by the topic in its middle; pure.
import { innerProduct, meanDirection } from '../../core/math/vectors.ts';

interface PartOf {
  /** The number of the broad topic it is part of. */
  broad: number;
  /** The mean of its stories, at unit length. */
  centroid: Float32Array;
}

/**
 * For each topic the index of the one in the middle of its area, itself perhaps: the topic nearest to the mean of all that are part of the
 * same broad one. Null for a topic that shares its area with none. A broad topic has no name of its own: of 450 stories no two words are apt.
 */
export function topicAreas(topics: readonly PartOf[]): (number | null)[] {
  const areas = new Map<number, number[]>();
  topics.forEach(({ broad }, at) => areas.set(broad, [...(areas.get(broad) ?? []), at]));
  const middles = new Map([...areas].map(([broad, members]) => [broad, middleOf(members, topics)]));
  return topics.map(({ broad }) => middles.get(broad)!);
}

function middleOf(members: readonly number[], topics: readonly PartOf[]): number | null {
  if (members.length < 2) return null;
  const mean = meanDirection(members.map((at) => topics[at]!.centroid));
  const likeness = (at: number): number => innerProduct(topics[at]!.centroid, mean);
  return members.reduce((best, at) => (likeness(at) > likeness(best) ? at : best));
}
