// The stories before the curator of an issue, as its desk lists, sorts and filters them.
import { sql, type Queryable } from '../db.ts';
import { itemMarks, type ItemState } from '../letter/item-marks.ts';
import { changedAt } from './item-changes.ts';
import type { StoryRole } from './issue-edits.ts';
import type { StoryItemKind } from '../item-kinds.ts';
import { communityPoints, newsletterCount } from './mentions.ts';
import type { SectionBy } from './section-labels.ts';
import { isHeard } from './sources.ts';

/** An item of a story, as far as a line of the list tells of it. */
interface DeskItem {
  kind: StoryItemKind;
  source: string;
  sourceId: number;
  /** As how many sources its own counts. */
  weight: number;
  keys: string[];
  /** ISO 8601, as JSON carries it. */
  publishedAt: string;
}

/** A story of an issue as the desk lists it, with those the curator took out. */
export interface DeskStory {
  storyId: number;
  section: string;
  position: number;
  role: StoryRole;
  /** A link that was left out at the gate: removed, though nobody rejected a story. */
  isLeftOut: boolean;
  title: string;
  lang: string;
  topic: string | null;
  /** What else a search finds it by: the authors of its headline, its summary. */
  words: string;
  /** How many newsletters mention it. */
  newsletters: number;
  /** The most points that a community gave to an item of it. */
  points: number;
  /** The headline first. */
  items: DeskItem[];
  /** As on its card: "updated to version 2". */
  marks: string[];
  /** "Field Notes (muted)": why it is not in the letter, whatever its role; null for what is. */
  silencedBy: string | null;
  /** Who put it into its section, and how sure that was, from 0 to 1; null for an issue drafted before that was kept. */
  sectionBy: SectionBy | null;
  sectionConfidence: number | null;
}

/** The stories of an issue by position, removed ones as well. */
export async function listDeskStories(db: Queryable, issueId: number): Promise<DeskStory[]> {
  const rows = await db.rows<Omit<DeskStory, 'marks'> & ItemState>(sql`
    select issue_stories.story_id, issue_stories.section, section_by, section_confidence, position, role, left_out_at is not null as is_left_out,
      coalesce(headline.title, '(no title)') as title, coalesce(headline.lang, 'en') as lang, topics.name as topic,
      concat_ws(' ', array_to_string(headline.authors, ' '), array_to_string(issue_stories.summary, ' ')) as words,
      ${newsletterCount} as newsletters, ${communityPoints} as points,
      announced, version, coalesce(headline.withdrawn, false) as withdrawn, is_changed, coalesce(members.items, '[]') as items, silenced_by
    from issue_stories
    join stories on stories.id = issue_stories.story_id
    left join topics on topics.id = topic_id
    left join lateral (select items.*, ${changedAt} is not null as is_changed from items where items.id = headline_item_id) as headline on true
    left join lateral (
      select json_agg(json_build_object('kind', items.kind, 'source', sources.title, 'sourceId', sources.id, 'weight', sources.weight,
          'keys', items.keys, 'publishedAt', items.published_at) order by items.id = headline_item_id desc, items.id) as items,
        case when not bool_or(${isHeard}) then
          string_agg(distinct sources.title || case when muted then ' (muted)' else ' (deleted)' end, ', ') end as silenced_by
      from story_items join items on items.id = item_id join sources on sources.id = items.source_id
      where story_items.story_id = stories.id) as members on true
    where issue_id = ${issueId}
    order by position, issue_stories.story_id`);
  return rows.map(({ announced, version, withdrawn, isChanged, silencedBy, ...story }) => ({
    ...story,
    silencedBy: withdrawn ? 'withdrawn by its authors' : silencedBy,
    marks: itemMarks({ announced, version, withdrawn, isChanged }),
  }));
}
