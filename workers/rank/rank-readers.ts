// Readers x pool -> picks: editors' picks for everybody, then for each reader what the rest of the pool has for them.
import { editorPickReason } from '../../core/pick-words.ts';
import type { Rule } from '../../core/reader-rules.ts';
import type { Pick, RankableReader, ReaderPicks } from '../../core/store/picks.ts';
import { orderPool } from './order-pool.ts';
import type { Pool } from './prepare-pool.ts';
import { buildProfile, type Facet, type Lookup } from './profile.ts';
import { reasonFor, reasonOfRule } from './reasons.ts';
import { noRuling, type StoryRuling } from './rules.ts';

/** Names the algorithm on every row of picks; a change that moves results gets a new number. */
export const ranker = 'bm25+dense+readers/2';

/** What all readers of a run are ranked with. */
export interface RunInput {
  pool: Pool;
  /** Story ids, in order. */
  editorPicks: readonly number[];
  lookup: Lookup;
  /** From `tastePrior`. */
  taste?: Float64Array | undefined;
  rulingOf?: (rules: readonly Rule[]) => StoryRuling;
}

/**
 * The picks of each reader: the editors' that they were not shown before, then up to `reader.length` in all from the
 * pool. A story in `exposed`, disliked, or barred by a rule is never chosen; what a rule wants comes before what scores.
 */
export function rankReaders(
  readers: readonly RankableReader[],
  { pool, editorPicks, lookup, taste, rulingOf = () => noRuling }: RunInput,
): ReaderPicks[] {
  return readers.map((reader) => {
    const facets = buildProfile(reader, lookup);
    const ruling = rulingOf(reader.rules);
    const taboo = new Set(reader.exposed);
    for (const { kind, storyId } of facets) if (kind === 'dislike' && storyId !== null) taboo.add(storyId);
    const isOpen = (storyId: number): boolean => !taboo.has(storyId) && !ruling.bars(storyId);
    const editors = editorPicks.filter(isOpen).map(toEditorPick);
    const personal = pickPersonal({ pool, facets, taste, isOpen, ruling, count: reader.length - editors.length, neighbourOf: lookup.storyOf }); // prettier-ignore
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
  taste: Float64Array | undefined;
  isOpen: (storyId: number) => boolean;
  ruling: StoryRuling;
  count: number;
  neighbourOf: Lookup['storyOf'];
}

function pickPersonal({ pool, facets, taste, isOpen, ruling, count, neighbourOf }: Wish): Pick[] {
  if (count <= 0) return [];
  const idAt = (place: number): number => pool.stories[place]!.storyId;
  const ranked = orderPool({ pool, facets, taste, neighbourOf, count, isOpen: (place) => isOpen(idAt(place)), isFirst: (place) => ruling.firstBy(idAt(place)) !== undefined }); // prettier-ignore
  return ranked.order.slice(0, count).map((place) => {
    const rule = ruling.firstBy(idAt(place));
    const reason = rule ? reasonOfRule(rule) : reasonFor(ranked.causesAt(place));
    const score = Math.round(ranked.scores.total[place]! * 1000) / 1000;
    return { storyId: idAt(place), kind: 'personal', reason, score };
  });
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
