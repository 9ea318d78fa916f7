// Made-up world + bytes of a model -> what ranking knows when an issue is open: the pool, and each story when it is asked for.
import type { RankableReader } from '../../../core/store/picks.ts';
import { storyDirection } from '../../../workers/rank/lay-rows.ts';
import { deserialiseModel, openModel } from '../../../workers/rank/model/rank-model.ts';
import { poseQueries, type ExplainableQuery } from '../../../workers/rank/pose-query.ts';
import { preparePool, type Pool } from '../../../workers/rank/prepare-pool.ts';
import { keyTerms, type KnownStory, type ProfileSources } from '../../../workers/rank/profile.ts';
import { evidenceOf } from '../../../workers/rank/rank-readers.ts';
import { tokenize } from '../../../core/text/stemmed-terms.ts';
import type { World } from './made-up-world.ts';

/** Lays the pool and gives readers' queries against it, good until the next are asked for. */
export function openWorld(
  world: World,
  modelState: Uint8Array,
): { pool: Pool; queriesOf: (readers: readonly RankableReader[]) => ExplainableQuery[] } {
  const model = openModel(deserialiseModel(modelState)!);
  const poolStories = world.cards.map(({ storyId, title }) => {
    const { text, vectors } = world.storyAt(storyId);
    return { storyId, terms: tokenize(`${title}\n${text}`), vectors };
  });
  const pool = preparePool(poolStories, { model });
  const stories = new Map<number, KnownStory>();
  const storyOf = (storyId: number): KnownStory => {
    const kept = stories.get(storyId);
    if (kept) return kept;
    const { title, text, vectors } = world.storyAt(storyId);
    const terms = tokenize(text);
    const vector = storyDirection(vectors);
    const story = { title, terms: keyTerms(terms, pool.index), vector, factors: model.predict(terms, vector) };
    stories.set(storyId, story);
    return story;
  };
  const lookup: ProfileSources = { now: new Date('2026-11-21T06:00:00Z'), vectorOf: world.vectorOf, storyOf };
  return { pool, queriesOf: (readers) => poseQueries(evidenceOf(readers, { pool, lookup }), pool) };
}
