// Readers x pool -> picks: editors' picks for everybody, then for each reader what the rest of the pool has for them.
import { editorPickReason } from '../../core/pick-words.ts';
import type { Rule } from '../../core/reader-rules.ts';
import type { Pick, RankableReader, ReaderPicks } from '../../core/store/picks.ts';
import { diversify, wishOverlap } from './diversify.ts';
import type { Pool } from './prepare-pool.ts';
import { buildProfile, type Facet, type Lookup } from './profile.ts';
import { reasonFor, reasonOfRule, type Cause } from './reasons.ts';
import { noRuling, type StoryRuling } from './rules.ts';
import { fuseScores, type Scores } from './score.ts';

/** Names the algorithm on every row of picks; a change that moves results gets a new number. */
export const ranker = 'bm25+dense/1';

/** Below this many times the wanted number, a story is out of reach; MMR only weighs those above. */
const shortlistFactor = 5;

/** What all readers of a run are ranked with. */
export interface RunInput {
  pool: Pool;
  /** Story ids, in order. */
  editorPicks: readonly number[];
  lookup: Lookup;
  rulingOf?: (rules: readonly Rule[]) => StoryRuling;
}

/**
 * The picks of each reader: the editors' that they were not shown before, then up to `reader.length` in all from the
 * pool. A story in `exposed`, disliked, or barred by a rule is never chosen; what a rule wants comes before what scores.
 */
export function rankReaders(
  readers: readonly RankableReader[],
  { pool, editorPicks, lookup, rulingOf = () => noRuling }: RunInput,
): ReaderPicks[] {
  return readers.map((reader) => {
    const facets = buildProfile(reader, lookup);
    const ruling = rulingOf(reader.rules);
    const taboo = new Set(reader.exposed);
    for (const { kind, storyId } of facets) if (kind === 'dislike' && storyId !== null) taboo.add(storyId);
    const isOpen = (storyId: number): boolean => !taboo.has(storyId) && !ruling.bars(storyId);
    const editors = editorPicks.filter(isOpen).map(toEditorPick);
    const personal = pickPersonal({ pool, facets, isOpen, ruling, count: reader.length - editors.length });
    const updated = new Set(reader.updated);
    const stories = [...editors, ...personal].map((pick) =>
      updated.has(pick.storyId) ? { ...pick, updated: true as const } : pick,
    );
    return { readerId: reader.id, stories, profile: { facets: facets.map(toRecord) } };
  });
}

interface Wish {
  pool: Pool;
  facets: Facet[];
  isOpen: (storyId: number) => boolean;
  ruling: StoryRuling;
  count: number;
}

function pickPersonal({ pool, facets, isOpen, ruling, count }: Wish): Pick[] {
  if (count <= 0) return [];
  const weighed = facets.map((facet) => ({ ...pool.evidenceOf(facet), weight: facet.weight }));
  const scores = fuseScores(weighed, pool.stories.length);
  const idAt = (place: number): number => pool.stories[place]!.storyId;
  const open = [...pool.stories.keys()]
    .filter((place) => isOpen(idAt(place)))
    .toSorted((left, right) => scores.total[right]! - scores.total[left]! || left - right);
  const ruled = open.filter((place) => ruling.firstBy(idAt(place))).slice(0, count);
  const rest = count - ruled.length;
  const scored = open.filter((place) => !ruling.firstBy(idAt(place))).slice(0, rest * shortlistFactor);
  const chosen = orderOf(scored, { pool, scores, count: rest, isKnown: facets.length > 0 });
  const causesAt = (place: number): Cause[] =>
    facets.map(({ kind, label }, facet) => {
      const share = scores.shares[facet]![place]!;
      return kind === 'interest' ? { kind, label, share, hasWords: weighed[facet]!.words[place]! > 0 } : { kind, label, share }; // prettier-ignore
    });
  return [...ruled, ...chosen].map((place) => {
    const rule = ruling.firstBy(idAt(place));
    const reason = rule ? reasonOfRule(rule) : reasonFor(causesAt(place));
    return { storyId: idAt(place), kind: 'personal', reason, score: Math.round(scores.total[place]! * 1000) / 1000 };
  });
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
  return { storyId, kind: 'editor', reason: editorPickReason, score: 0 };
}

/** What is kept beside the picks: enough to see why, without the vectors, which can be computed again. */
function toRecord({ kind, label, storyId, weight }: Facet) {
  return storyId === null
    ? { kind, words: label, weight }
    : { kind, storyId, weight: Math.round(weight * 1000) / 1000 };
}
