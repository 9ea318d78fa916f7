// What curators do to stories: split, join, choose the headline, and take it back. It happens at once and holds.
import { sql, type Queryable, type Transactional } from '../db.ts';
import { PermanentError } from '../errors.ts';
import { askToUnderstand } from './bare-stories.ts';
import { askForPools } from './issue-pool.ts';
import { logDecision, markDecisionUndone } from './edit-log.ts';
import { decidePairs } from './item-decisions.ts';
import { restoreStories, snapshotStories, type StorySnapshot } from './story-snapshot.ts';
import { toJson } from '../storable.ts';
import { outlineStory, type StoryOutline } from './story-outline.ts';
import { lockStories, tellingLength } from './stories.ts';

export interface StoryDecision {
  id: number;
  kind: 'split' | 'join' | 'headline';
  words: string;
  by: string;
  at: Date;
  undoneBy: string | null;
}

interface OutlineChange {
  before: StoryOutline | null;
  after: StoryOutline | null;
}

interface Said {
  storyId: number;
  by: string;
  at: Date;
  /** Writes about it in the same transaction: what the story was, and is. */
  record?: (tx: Queryable, outline: OutlineChange) => Promise<void>;
}

/** What was decided on a story, newest first. */
export function listDecisions(db: Queryable, storyId: number): Promise<StoryDecision[]> {
  return db.rows<StoryDecision>(sql`
    select id, kind, words, by, at, undone_by from story_decisions
    where story_id = ${storyId} order by id desc limit 20`);
}

/** Makes a story of its own of some of a story's items, in the pool of its open issues or left out there, without a topic until its neighbours vote; returns its id. */
export function splitStory(
  db: Transactional,
  { itemIds, isLeftOut = false, ...said }: Said & { itemIds: readonly number[]; isLeftOut?: boolean },
): Promise<number> {
  const words = isLeftOut ? (itemIds.length === 1 ? 'left a link out' : 'left links out') : 'split it';
  return change(db, { ...said, kind: 'split', words, storyIds: [said.storyId] }, async (tx, { decisionId, before }) => {
    const held = before.items.map(({ itemId }) => itemId);
    const [out, rest] = [held.filter((id) => itemIds.includes(id)), held.filter((id) => !itemIds.includes(id))];
    if (out.length === 0 || rest.length === 0) {
      throw new PermanentError('Tick some of the items, not all: the ticked ones become a story of their own.');
    }
    await decidePairs(tx, { left: out, right: rest, verdict: 'apart', decisionId });
    const created = await tx.row<{ id: number }>(sql`
      insert into stories (headline_item_id, topic_id, first_seen, changed_at)
      select null, null, min(published_at), ${said.at} from items where id = any(${out}::int[]) returning id`);
    await moveItems(tx, { itemIds: out, storyId: created!.id, at: said.at });
    await chooseByRule(tx, [said.storyId, created!.id]);
    await tx.run(sql`
      insert into issue_stories (issue_id, story_id, section, position, role, left_out_at)
      select issue_id, ${created!.id}, section, position, ${isLeftOut ? 'removed' : 'pool'}, ${isLeftOut ? said.at : null}::timestamptz from issue_stories
      where story_id = ${said.storyId} and role <> 'removed'`);
    await askToUnderstand(tx, [said.storyId, created!.id], said.at);
    return created!.id;
  });
}

/** Moves all items of another story into this one, which takes the other's position in an issue where it had none; returns its id. */
export function joinStories(db: Transactional, { otherId, ...said }: Said & { otherId: number }): Promise<number> {
  const storyIds = [said.storyId, otherId];
  return change(
    db,
    { ...said, kind: 'join', words: `joined story ${otherId} to it`, storyIds },
    async (tx, { decisionId, before }) => {
      const of = (storyId: number) =>
        before.items.filter((item) => item.storyId === storyId).map(({ itemId }) => itemId);
      const [own, others] = [of(said.storyId), of(otherId)];
      if (said.storyId === otherId || others.length === 0) throw new PermanentError('There is no other story to join.');
      await decidePairs(tx, { left: own, right: others, verdict: 'together', decisionId });
      await moveItems(tx, { itemIds: others, storyId: said.storyId, at: said.at });
      await tx.run(sql`
      update issue_stories set story_id = ${said.storyId} where story_id = ${otherId}
        and issue_id not in (select issue_id from issue_stories where story_id = ${said.storyId})`);
      await tx.run(sql`
      update stories set first_seen = least(stories.first_seen, other.first_seen)
      from stories as other where stories.id = ${said.storyId} and other.id = ${otherId}`);
      await tx.run(sql`delete from stories where id = ${otherId}`);
      await chooseByRule(tx, [said.storyId]);
      return said.storyId;
    },
  );
}

/** Lets one of its items speak for a story, against the rule. */
export function chooseHeadline(db: Transactional, { itemId, ...said }: Said & { itemId: number }): Promise<number> {
  return change(
    db,
    { ...said, kind: 'headline', words: 'chose its headline', storyIds: [said.storyId] },
    async (tx, { before }) => {
      if (!before.items.some((item) => item.itemId === itemId)) {
        throw new PermanentError('This item is not in the story any more.');
      }
      await tx.run(sql`
      update stories set headline_item_id = ${itemId}, headline_by = ${said.by}, changed_at = ${said.at}
      where id = ${said.storyId}`);
      return said.storyId;
    },
  );
}

/** Takes the newest decision on a story back: stories, positions and rules are as they were before it. */
export async function undoDecision(
  db: Transactional,
  { id, storyId, by, at, record }: Said & { id: number },
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockStories(tx);
    const decision = await tx.row<{ before: StorySnapshot; isLast: boolean }>(sql`
      select before, not exists (
        select 1 from story_decisions as later where later.story_id = ${storyId} and later.id > ${id}
          and later.undone_by is null) as is_last
      from story_decisions where id = ${id} and story_id = ${storyId} and undone_by is null for update`);
    if (!decision?.isLast) throw new PermanentError('Only the newest decision on a story can be taken back.');
    await refusePromised(tx, [storyId]);
    const was = await outlineStory(tx, storyId);
    await restoreStories(tx, { before: decision.before, at });
    await askForPools(tx, decision.before.stories.map((story) => story.id), at); // prettier-ignore
    await askToUnderstand(
      tx,
      decision.before.stories.map(({ id: restored }) => restored),
      at,
    );
    await tx.run(sql`delete from item_decisions where decision_id = ${id}`);
    await tx.run(sql`update story_decisions set undone_by = ${by} where id = ${id}`);
    await markDecisionUndone(tx, id, by);
    await record?.(tx, { before: was, after: await outlineStory(tx, storyId) });
  });
}

type Change = (tx: Queryable, known: { decisionId: number; before: StorySnapshot }) => Promise<number>;

async function change(
  db: Transactional,
  { storyId, storyIds, kind, words, by, at, record }: Said & { storyIds: number[] } & Pick<StoryDecision, 'kind' | 'words'>, // prettier-ignore
  make: Change,
): Promise<number> {
  return db.transaction(async (tx) => {
    await lockStories(tx);
    await refusePromised(tx, storyIds);
    const before = await snapshotStories(tx, storyIds);
    const row = await tx.row<{ id: number }>(sql`
      insert into story_decisions (story_id, kind, words, by, at, before)
      values (${storyId}, ${kind}, ${words}, ${by}, ${at}, ${toJson(before)}::jsonb) returning id`);
    await askForPools(tx, storyIds, at);
    const was = await outlineStory(tx, storyId);
    const result = await make(tx, { decisionId: row!.id, before });
    const outline = { before: was, after: await outlineStory(tx, storyId) };
    await logDecision(tx, {
      decisionId: row!.id,
      outline,
      storyIds: [...new Set([...storyIds, result])],
      actor: by,
      action: words,
      at,
    });
    await record?.(tx, outline);
    return result;
  });
}

/** What was approved is what readers get: nobody changes it behind the approval's back. */
async function refusePromised(tx: Queryable, storyIds: readonly number[]): Promise<void> {
  // Every issue they are in is locked first: an approval under way is waited for, and one that comes sees the change.
  const issues = await tx.rows<{ number: number; status: string }>(sql`
    select number, status from issues
    where id in (select issue_id from stories_of_issues where story_id = any(${storyIds}::int[]) and role <> 'removed')
    order by id for update`);
  const issue = issues.find(({ status }) => status !== 'draft' && status !== 'in_review');
  if (issue)
    throw new PermanentError(`It is in issue ${issue.number}, which is ${issue.status}: it stays as readers get it.`);
}

async function moveItems(
  tx: Queryable,
  { itemIds, storyId, at }: { itemIds: readonly number[]; storyId: number; at: Date },
): Promise<void> {
  await tx.run(sql`
    update story_items set story_id = ${storyId}, why = 'curator', placed_at = ${at}
    where item_id = any(${itemIds}::int[])`);
}

/** Paper over post over video, what says something over a title alone, then the oldest, for stories whose headline is gone or was not chosen by a curator. */
async function chooseByRule(tx: Queryable, storyIds: readonly number[]): Promise<void> {
  await tx.run(sql`
    update stories set headline_item_id = best.item_id, headline_by = null
    from (
      select distinct on (story_id) story_id, item_id from story_items join items on items.id = item_id
      where story_id = any(${storyIds}::int[])
      order by story_id, array_position(array['paper', 'post', 'video'], kind), length(trim(items.text)) < ${tellingLength}, published_at, item_id) as best
    where stories.id = best.story_id and (headline_by is null or not exists (
      select 1 from story_items where story_id = stories.id and item_id = headline_item_id))`);
}
