// Readers x pool -> picks: editors' picks for everybody, then for each reader what the rest of the pool has for them.
import type { Pick, RankableReader, ReaderPicks } from '../../core/store/picks.ts';
import { diversify, wishOverlap } from './diversify.ts';
import type { Pool } from './prepare-pool.ts';
import { buildProfile, type Facet, type Lookup } from './profile.ts';
import { reasonFor } from './reasons.ts';
import { fuseScores, type Scores } from './score.ts';

/** Names the algorithm on every row of picks; a change that moves results gets a new number. */
export const ranker = 'bm25+dense/1';

/** Below this many times the wanted number, a story is out of reach; MMR only weighs those above. */
const shortlistFactor = 5;

/**
 * The picks of each reader: `editorPicks` (story ids, in order) that they were not shown before, then up to
 * `reader.length` in all from the pool. A story in `exposed`, or disliked, is never chosen again.
 */
export function rankReaders(
  readers: readonly RankableReader[],
  { pool, editorPicks, lookup }: { pool: Pool; editorPicks: readonly number[]; lookup: Lookup },
): ReaderPicks[] {
  return readers.map((reader) => {
    const facets = buildProfile(reader, lookup);
    const taboo = new Set(reader.exposed);
    for (const { kind, storyId } of facets) if (kind === 'dislike' && storyId !== null) taboo.add(storyId);
    const editors = editorPicks.filter((storyId) => !taboo.has(storyId)).map(toEditorPick);
    const personal = pickPersonal({ pool, facets, taboo, count: reader.length - editors.length });
    return { readerId: reader.id, stories: [...editors, ...personal], profile: { facets: facets.map(toRecord) } };
  });
}

function pickPersonal(wish: { pool: Pool; facets: Facet[]; taboo: ReadonlySet<number>; count: number }): Pick[] {
  const { pool, facets, taboo, count } = wish;
  if (count <= 0) return [];
  const weighed = facets.map((facet) => ({ ...pool.evidenceOf(facet), weight: facet.weight }));
  const scores = fuseScores(weighed, pool.stories.length);
  const open = [...pool.stories.keys()]
    .filter((place) => !taboo.has(pool.stories[place]!.storyId))
    .toSorted((left, right) => scores.total[right]! - scores.total[left]! || left - right)
    .slice(0, count * shortlistFactor);
  return orderOf(open, { pool, scores, count, isKnown: facets.length > 0 }).map((place) => ({
    storyId: pool.stories[place]!.storyId,
    kind: 'personal' as const,
    reason: reasonFor(
      facets,
      weighed.map(({ words }, facet) => ({ share: scores.shares[facet]![place]!, hasWords: words[place]! > 0 })),
    ),
    score: Math.round(scores.total[place]! * 1000) / 1000,
  }));
}

/** MMR over the shortlist; of a reader we know nothing about, the editors' order is kept as it is. */
function orderOf(
  open: readonly number[],
  { pool, scores, count, isKnown }: { pool: Pool; scores: Scores; count: number; isKnown: boolean },
): readonly number[] {
  if (!isKnown) return open.slice(0, count);
  const relevance = Float64Array.from(open, (place) => scores.total[place]!);
  // Alike in what they say, alike in whom they serve: half each.
  const similarity = (left: number, right: number): number => {
    const [one, other] = [open[left]!, open[right]!];
    return (pool.similarity(one, other) + wishOverlap(scores.shares, one, other)) / 2;
  };
  return diversify(relevance, similarity, { count }).map((chosen) => open[chosen]!);
}

function toEditorPick(storyId: number): Pick {
  return { storyId, kind: 'editor', reason: null, score: 0 };
}

/** What is kept beside the picks: enough to see why, without the vectors, which can be computed again. */
function toRecord({ kind, label, storyId, weight }: Facet) {
  return storyId === null
    ? { kind, words: label, weight }
    : { kind, storyId, weight: Math.round(weight * 1000) / 1000 };
}
