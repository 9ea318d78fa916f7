// Readers x pool -> picks: editors' picks for everybody, then for each reader what the rest of the pool has for them.
import type { Reason } from '../../core/letter/pick-reason.ts';
import type { Rule } from '../../core/readers/reader-rules.ts';
import { pushesAway } from '../../core/signal-kinds.ts';
import type { Pick, RankableReader, ReaderPicks } from '../../core/store/picks.ts';
import { askPair, foreseeAlone, type PairAsking, type Unpicked } from './ask-pair.ts';
import { chooseExploration, type Exploration } from './explore.ts';
import { expandProfile } from './expand-profile.ts';
import { orderForReader, candidateFactor, type ReaderQuery } from './order-for-reader.ts';
import { poseQueries, type ReaderEvidence } from './pose-query.ts';
import type { Pool } from './prepare-pool.ts';
import { buildProfile, type Facet, type ProfileSources, type ProfileInput } from './profile.ts';
import { reasonFor, reasonOfRule } from './reasons.ts';
import { noRuling, type StoryRuling } from './rules.ts';
import { findTop, readersAtOnce, type Top } from './top/find-top.ts';

/** Names the algorithm on every row of picks; a change that moves results gets a new number. */
export const ranker = 'words+dense+readers/4';

/** What all readers of a run are ranked with. */
export interface RunInput {
  pool: Pool;
  /** Story ids, in order. */
  editorPicks: readonly number[];
  /** Those of them that a curator chose; the others stand as the draft suggested them. */
  chosenByEditors?: ReadonlySet<number>;
  lookup: ProfileSources;
  /** Whether any card of the issue, picked for everybody or not, says all words of an interest. Without it the pool alone is asked. */
  says?: (interest: string) => boolean;
  rulingOf?: (rules: readonly Rule[]) => StoryRuling;
  /** Without it nobody is shown a story to learn from. */
  exploration?: Exploration;
  /** Without it no letter asks which of two stories its reader would rather read. */
  asking?: PairAsking | undefined;
}

/** What each of these readers wants. */
export function evidenceOf(
  readers: readonly ProfileInput[],
  { pool, lookup }: { pool: Pool; lookup: ProfileSources },
): ReaderEvidence[] {
  return readers.map((reader) => {
    const all = buildProfile(reader, lookup);
    // An interest that the pool has nothing on would only stir the rest.
    const unmet = all.filter((facet) => facet.kind === 'interest' && !pool.answers(facet));
    const facets = all.filter((facet) => !unmet.includes(facet));
    return {
      unmet,
      facets,
      // Which of two stories somebody would rather read is no sign that others who read it read alike.
      expansion:
        pool.model &&
        expandProfile(
          facets.filter(({ kind }) => kind !== 'answer'),
          pool.model,
        ),
      neighbourOf: lookup.storyOf,
    };
  });
}

/** Picks for readers by the quickest way there is here to find each one's best stories. */
export function rankReaders(readers: readonly RankableReader[], run: RunInput): Promise<ReaderPicks[]> {
  return rankByEvidence(readers, evidenceOf(readers, run), run);
}

/**
 * The picks of readers of whom `wantsOf` said what they want: the editors' that they were not shown before, then up to
 * `reader.length` in all from the pool. A story in `exposed`, disliked, or barred by a rule is never chosen; what a rule
 * wants comes before what scores.
 */
export async function rankByEvidence(
  readers: readonly RankableReader[],
  evidence: readonly ReaderEvidence[],
  run: RunInput,
): Promise<ReaderPicks[]> {
  const picks: ReaderPicks[] = [];
  for (let start = 0; start < readers.length; start += readersAtOnce) {
    const end = start + readersAtOnce;
    picks.push(...(await rankTogether(readers.slice(start, end), evidence.slice(start, end), run)));
  }
  return picks;
}

async function rankTogether(
  readers: readonly RankableReader[],
  evidence: readonly ReaderEvidence[],
  run: RunInput,
): Promise<ReaderPicks[]> {
  const { pool } = run;
  const queries = poseQueries(evidence, pool);
  const readerQueries = evidence.map((one, at): ReaderQuery => ({ ...one, query: queries[at]! }));
  const picks: ReaderPicks[] = [];
  // Rules may bar all but the last story, so that readers who have some are looked at with the whole pool.
  for (const isRuled of [false, true]) {
    const indices = [...readers.keys()].filter((at) => readers[at]!.rules.length > 0 === isRuled);
    const some = indices.map((at) => readers[at]!);
    const keep = isRuled ? pool.stories.length : reachFor(some, pool);
    const tops = await findTop(indices.map((at) => queries[at]!), pool, { keep }); // prettier-ignore
    indices.forEach((at, row) => {
      picks[at] = pickForReader(readers[at]!, { ...run, readerQuery: readerQueries[at]!, top: tops[row]! });
    });
  }
  return run.asking ? foreseeAlone(picks, evidence, pool) : picks;
}

/** Beyond the candidates, for a story to learn from: enough that several sections are among them. */
const spare = 40;

/** How many stories have to be looked at for each of these readers: what may be refused them, and what is chosen from. */
function reachFor(readers: readonly RankableReader[], { stories }: Pool): number {
  const most = readers.reduce((reach, { length, exposed, signals }) => {
    const disliked = signals.filter(({ kind }) => pushesAway(kind)).length;
    return Math.max(reach, length * candidateFactor + exposed.length + disliked);
  }, 0);
  return Math.min(stories.length, most + spare);
}

function pickForReader(
  reader: RankableReader,
  {
    pool,
    editorPicks,
    chosenByEditors = new Set(),
    says = () => false,
    rulingOf = () => noRuling,
    exploration,
    asking,
    readerQuery,
    top,
  }: RunInput & { readerQuery: ReaderQuery; top: Top },
): ReaderPicks {
  const { facets, unmet = [] } = readerQuery;
  const ruling = rulingOf(reader.rules);
  const taboo = new Set(reader.exposed);
  for (const { kind, storyId } of facets) if (pushesAway(kind) && storyId !== null) taboo.add(storyId);
  const isOpen = (storyId: number): boolean => !taboo.has(storyId) && !ruling.bars(storyId);
  const editors = editorPicks.filter(isOpen).map((storyId) => toEditorPick(storyId, chosenByEditors.has(storyId)));
  const count = reader.length - editors.length;
  const explore = exploration && ((storyIds: readonly number[]) => chooseExploration(storyIds, reader.id, exploration));
  const { picks: personal, ...unpicked } = pickPersonal({ pool, readerQuery, top, isOpen, ruling, count, explore });
  const pair = asking && askPair(reader, asking, { pool, ...unpicked });
  const updated = new Set(reader.updated);
  const stories = [...editors, ...personal].map((pick) =>
    updated.has(pick.storyId) ? { ...pick, updated: true as const } : pick,
  );
  const profile = { facets: [...facets, ...unmet].map(toRecord) };
  // What is picked for everybody stands in no pool, and serves an interest as well.
  const absent = unmet.map(({ label }) => label).filter((label) => !says(label));
  return { readerId: reader.id, stories, unmet: absent, profile, ...(pair && { pair }) };
}

interface PickRequest {
  pool: Pool;
  readerQuery: ReaderQuery;
  top: Top;
  isOpen: (storyId: number) => boolean;
  ruling: StoryRuling;
  count: number;
  explore: ((storyIds: readonly number[]) => number | undefined) | undefined;
}

/** The personal picks, and what is left of the order behind them. */
interface PersonalPicks extends Omit<Unpicked, 'pool'> {
  picks: Pick[];
}

function pickPersonal({ pool, readerQuery, top, isOpen, ruling, count, explore }: PickRequest): PersonalPicks {
  if (count <= 0) return { picks: [], left: [], scoreOf: () => 0 };
  const idAt = (index: number): number => pool.stories[index]!.storyId;
  const ranked = orderForReader({
    pool,
    readerQuery,
    top,
    count,
    isOpen: (index) => isOpen(idAt(index)),
    isPinnedByRule: (index) => ruling.pinnedBy(idAt(index)) !== undefined,
  });
  const { scoreOf } = ranked;
  const toPick = (index: number): Pick => {
    const rule = ruling.pinnedBy(idAt(index));
    const reason = rule ? reasonOfRule(rule) : reasonFor(ranked.causesAt(index));
    return { storyId: idAt(index), kind: 'personal', reason, score: Math.round(scoreOf(index) * 1000) / 1000 };
  };
  const picks = ranked.order.slice(0, count).map(toPick);
  const left = ranked.order.slice(count);
  const last = picks.at(-1);
  // A short letter has no room for it, and to a reader nobody knows everything is new. Nor does it take the place of what was asked for.
  const explores = explore && last && picks.length >= fewestForExploring && readerQuery.facets.length > 0 && !asked.has(last.reason.code); // prettier-ignore
  const chosen = explores ? explore(left.map(idAt)) : undefined;
  const index = left.find((other) => idAt(other) === chosen);
  if (index === undefined) return { picks, left, scoreOf };
  const explored: Pick = { ...toPick(index), reason: { code: 'exploring' }, exploring: true };
  return { picks: [...picks.slice(0, -1), explored], left: left.filter((other) => other !== index), scoreOf };
}

/** Reasons that say that the reader asked for the story. */
const asked: ReadonlySet<Reason['code']> = new Set(['matches', 'quotes', 'mentions', 'follows', 'close', 'rule']);

/** With at least so many personal picks the last of them is there to learn from. */
const fewestForExploring = 4;

function toEditorPick(storyId: number, isChosen: boolean): Pick {
  return { storyId, kind: 'editor', reason: { code: isChosen ? 'editor' : 'suggested' }, score: 0 };
}

/** What is kept beside the picks: enough to see why, without the vectors, which can be computed again. */
function toRecord({ label, storyId, weight }: Facet) {
  return storyId === null ? { words: label, weight } : { storyId, weight: Math.round(weight * 1000) / 1000 };
}
