// What issues that went out say of stories in other languages, as it was approved.
import { prepared, type Queryable } from '../db.ts';
import type { EditionText } from './edition-texts.ts';

export interface StoryInEditions {
  storyId: number;
  /** The languages its issue stands in beside the publication's. */
  editionLangs: string[];
  /** In the language that was asked for; null where nobody said the story in it. */
  text: EditionText | null;
}

/**
 * For each of these stories the newest issue that its curator prepared it for and that stands in other languages; those without
 * one are left out. The texts are those of the frozen contents, since rows may be behind what was approved; a content is
 * unpacked once, however many of its stories are asked for.
 */
export function storiesInEditions(
  db: Queryable,
  storyIds: readonly number[],
  lang: string,
): Promise<StoryInEditions[]> {
  return db.rows<StoryInEditions>(prepared`
    with found as (
      select distinct on (story_id) story_id, issues.id as issue_id, edition_langs
      from issue_stories join issues on issues.id = issue_id
      where story_id = any(${storyIds}::int[]) and role <> 'removed' and status in ('sending', 'sent') and edition_langs <> '{}'
      order by story_id, number desc),
    texts as materialized (
      select issue_id, said.key::int as story_id, said.value as text
      from (select distinct issue_id from found where ${lang} = any(edition_langs)) as asked
      join issues on issues.id = issue_id
      cross join lateral jsonb_each(content #> array['editions', ${lang}::text]) as said)
    select story_id, edition_langs, text from found left join texts using (issue_id, story_id) order by story_id`);
}
