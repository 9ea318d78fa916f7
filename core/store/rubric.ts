// The rubric: five short scores that curators give to the lead and the picks of an issue.
import { prepared, sql, type Queryable } from '../db.ts';

export const scales = ['decisive', 'comprehensive', 'justified', 'accurate', 'kind'] as const;
export type Scale = (typeof scales)[number];
export type Scores = Record<Scale, number>;

export interface RubricScore extends Scores {
  storyId: number;
  curatorId: number;
  name: string;
}

/** All scores of an issue, by story, in the order they were given. */
export function rubricOf(db: Queryable, issueId: number): Promise<RubricScore[]> {
  return db.rows<RubricScore>(prepared`
    select story_id, curator_id, name, decisive, comprehensive, justified, accurate, kind
    from rubric_scores join curators on curators.id = curator_id where issue_id = ${issueId} order by story_id, at, curator_id`);
}

/** Keeps what a curator thinks of a story; a second time it takes the first one's place. False when the issue does not have the story. */
export async function saveScores(
  tx: Queryable,
  {
    issueId,
    storyId,
    curatorId,
    scores,
    at,
  }: { issueId: number; storyId: number; curatorId: number; scores: Scores; at: Date },
): Promise<boolean> {
  const { decisive, comprehensive, justified, accurate, kind } = scores;
  const saved = await tx.run(sql`
    insert into rubric_scores (issue_id, story_id, curator_id, decisive, comprehensive, justified, accurate, kind, at)
    select issue_id, story_id, ${curatorId}::int, ${decisive}::int, ${comprehensive}::int, ${justified}::int, ${accurate}::int, ${kind}::int, ${at}::timestamptz
    from issue_stories where issue_id = ${issueId} and story_id = ${storyId}
    on conflict (issue_id, story_id, curator_id) do update set decisive = excluded.decisive, comprehensive = excluded.comprehensive,
      justified = excluded.justified, accurate = excluded.accurate, kind = excluded.kind, at = excluded.at`);
  return saved > 0;
}
