// What an issue says: built from the tables while it is edited, frozen when it is approved.
import { sql, type Queryable, type Sql } from '../db.ts';
import { itemKindNames, type StoryItemKind } from '../item-kinds.ts';
import { itemMarks } from '../letter/item-marks.ts';
import { wordsPerMinute } from '../letter/reading-time.ts';
import { otherPages } from '../addresses/page-of.ts';
import { orderSections, sectionOf } from '../sections.ts';
import { atSecond, formatTalkTime } from '../letter/talk-time.ts';
import { texToText } from '../tex/tex-to-text.ts';
import { bestSegments } from './best-segments.ts';
import { withEditions, type EditionText, type EditionTexts } from './edition-texts.ts';
import { changedAt } from './item-changes.ts';
import type { ShownItem } from './items.ts';
import { loadSettings } from './settings.ts';
import { isHeard } from './sources.ts';
import type { KeptSentence } from './summaries.ts';
import { isTakenBack } from './withdrawals.ts';

/** One story as every mail, page and proof shows it. */
export interface Card {
  storyId: number;
  /** Its number in the issue, from 1. */
  number: number;
  section: string;
  role: 'pick' | 'pool';
  kind: StoryItemKind;
  title: string;
  url: string;
  source: string;
  authors: string[];
  lang: string;
  topic: string | null;
  /** Minutes to read or watch, when known. */
  minutes: number | null;
  summary: string[];
  /** The other items of the story, one a page: "talk at 12:40", "post on Field Notes". */
  also: { label: string; url: string }[];
  imageUrl: string | null;
  /** Title and summary with their TeX, for pages that can show formulas; left out where there is none. */
  tex?: { title: string; summary: string[] };
  /** The model that wrote the summary; left out where the source did. */
  writtenBy?: string;
  /** Where it stands on the map of the issue, from -1 (left, top) to 1; left out where there is no map. */
  place?: { x: number; y: number };
  /** "cross-listed", "updated to version 2"; left out where there is none. */
  marks?: string[];
  /** The editors' remark; left out where there is none. */
  note?: string;
  /** What its picture shows; left out where nobody said. */
  imageAlt?: string;
  /** Who said it in the language of an edition; only in what `inEdition` made. */
  saidBy?: EditionText;
  /** The language of the note where it is another than that of the edition. */
  noteLang?: string;
}

export interface IssueContent {
  number: number;
  slug: string;
  title: string;
  /** The day it is meant for, as 2026-11-21. */
  date: string;
  intro: string;
  /** Left out where the intro is plain. */
  introIsMarkdown?: true;
  /** Left out where the titles of the picks are it. */
  preheader?: string;
  /** Only those with cards, in order. */
  sections: { key: string; name: string }[];
  /** Of the stories prepared by the curator: picks, and others that were put before them. */
  cards: Card[];
  /** The pick that opens it; left out where that is the first. */
  lead?: number;
  /** The rest of the week, signed by a hash over the hashes of its cards (core/store/issue-pool.ts); left out when there is none. */
  pool?: { count: number; hash: string };
  /** Of other languages the texts that hold, by language and story (0: the opening); left out where there are none. */
  editions?: EditionTexts;
  /** Who said the opening in the language of an edition, or in which language it stands there; only in what `inEdition` made. */
  saidBy?: EditionText;
  openingLang?: string;
}

interface CardRow {
  storyId: number;
  section: string;
  role: 'pick' | 'pool';
  summary: string[];
  sentences: KeptSentence[];
  note: string | null;
  altText: string | null;
  mapX: number | null;
  mapY: number | null;
  topic: string | null;
  items: CardItem[];
}

interface CardItem extends ShownItem {
  headline: boolean;
  words: number;
  durationS: number | null;
  imageUrl: string | null;
  isChanged: boolean;
}

/** The content of an issue as its tables stand now: a handful of queries, whatever its size. */
export async function loadIssueContent(db: Queryable, issueId: number): Promise<IssueContent> {
  const row = await db.row<Pick<IssueContent, 'number' | 'slug' | 'title' | 'date' | 'intro'> & { pool: PoolSeal | null; leadStoryId: number | null; preheader: string; introIsMarkdown: boolean }>(sql`
    select number, slug, title, to_char(coalesce(dated, week + 5), 'YYYY-MM-DD') as date, intro, preheader,
      intro_is_markdown, pool, lead_story_id from issues where id = ${issueId}`); // prettier-ignore
  if (!row) throw new Error(`issue ${issueId} does not exist`);
  const { pool, leadStoryId, preheader, introIsMarkdown, ...issue } = row;
  const made = await makeCards(
    db,
    sql`select story_id, section, role, summary, sentences, map_x, map_y, note, alt_text, position from issue_stories
      where issue_id = ${issueId} and role <> 'removed'`,
  );
  const sections = orderSections((await loadSettings(db)).sectionOrder);
  const order = (key: string): number => sections.indexOf(sectionOf(key));
  const cards = made
    .toSorted((a, b) => order(a.section) - order(b.section))
    .map((card, index) => ({ ...card, number: index + 1 }));
  const used = sections.filter(
    ({ key }) => cards.some((card) => card.section === key) || pool?.sections.includes(key) === true,
  );
  return withEditions(db, issueId, {
    ...issue,
    ...(introIsMarkdown ? { introIsMarkdown } : {}),
    ...(preheader === '' ? {} : { preheader }),
    sections: used.map(({ key, name }) => ({ key, name })),
    cards,
    ...leadOfRow(cards, { chosen: leadStoryId, first: made.find(({ role }) => role === 'pick')?.storyId }),
    ...(pool ? { pool: { count: pool.count, hash: pool.hash } } : {}),
  });
}

/**
 * The pick that opens the letter: what a curator chose, else the first by position, whatever its section. It is said where it is not the
 * first card anyway.
 */
function leadOfRow(
  cards: readonly Card[],
  { chosen, first }: { chosen: number | null; first: number | undefined },
): Pick<IssueContent, 'lead'> {
  const picks = cards.filter(({ role }) => role === 'pick').map(({ storyId }) => storyId);
  const lead = chosen !== null && picks.includes(chosen) ? chosen : first;
  return lead === undefined || lead === picks[0] ? {} : { lead };
}

/** Of the rows of a pool, kept beside them: their number, the hash over their hashes in order, and the sections they are in. */
export interface PoolSeal {
  count: number;
  hash: string;
  sections: string[];
}

/**
 * The cards of stories, in the order of `position`: `entries` is a query for story_id, section, role, summary, sentences,
 * map_x, map_y, note, alt_text and position. A story of muted or deleted sources alone, or headed by a withdrawn paper, has none.
 */
export async function makeCards(db: Queryable, entries: Sql): Promise<Omit<Card, 'number'>[]> {
  const rows = await db.rows<CardRow>(sql`
    select entries.story_id, entries.section, role, summary, sentences, map_x, map_y, entries.note, entries.alt_text, topics.name as topic,
      json_agg(json_build_object(
        'id', items.id, 'headline', items.id = stories.headline_item_id, 'kind', items.kind, 'title', items.title,
        'url', items.url, 'source', sources.title, 'authors', items.authors, 'lang', items.lang,
        'words', case when items.kind = 'post' then array_length(regexp_split_to_array(items.text, '\s+'), 1) else 0 end,
        'durationS', items.duration_s,
        'imageUrl', items.image_url, 'announced', items.announced, 'version', items.version, 'withdrawn', items.withdrawn,
        'isChanged', ${changedAt} is not null) order by items.id = stories.headline_item_id desc, items.id) as items
    from (${entries}) as entries
    join stories on stories.id = entries.story_id
    join story_items on story_items.story_id = stories.id
    join items on items.id = story_items.item_id
    join sources on sources.id = items.source_id and ${isHeard}
    left join topics on topics.id = stories.topic_id
    where not ${isTakenBack}
    group by entries.story_id, entries.section, role, summary, sentences, map_x, map_y, entries.note, entries.alt_text, position, topics.name
    order by position, entries.story_id`);
  const starts = await bestSegments(
    db,
    rows.map(({ storyId }) => storyId),
  );
  return rows.map((row) => toCard(row, starts));
}

function toCard(row: CardRow, starts: ReadonlyMap<number, number>): Omit<Card, 'number'> {
  const [headline, ...others] = row.items as [CardItem, ...CardItem[]];
  const marks = itemMarks(headline);
  return {
    storyId: row.storyId,
    section: sectionOf(row.section).key,
    role: row.role,
    kind: headline.kind,
    title: texToText(headline.title),
    url: headline.url,
    source: headline.source,
    authors: headline.authors,
    lang: headline.lang,
    topic: row.topic,
    minutes: minutesOf(headline),
    summary: row.summary,
    also: otherPages(headline, others).map((item) => alsoOf(item, starts.get(item.id))),
    imageUrl: headline.imageUrl,
    ...texOf(row, headline.title),
    ...placeOf(row),
    ...(marks.length > 0 ? { marks } : {}),
    ...(row.note ? { note: row.note } : {}),
    ...(row.altText && headline.imageUrl ? { imageAlt: row.altText } : {}),
  };
}

/** The words as they were written, where they hold TeX; and who wrote the summary, where no source did. */
function texOf({ summary, sentences }: CardRow, title: string): Pick<Card, 'tex' | 'writtenBy'> {
  const written = summary.map((text, at) => (sentences[at]?.by === 'source' ? sentences[at].quote : text));
  const isTex = [title, ...written].some((text) => texToText(text) !== text);
  const model = sentences.flatMap((sentence) => (sentence.by === 'model' ? [sentence.model] : []))[0];
  return { ...(isTex ? { tex: { title, summary: written } } : {}), ...(model ? { writtenBy: model } : {}) };
}

function placeOf({ mapX, mapY }: CardRow): Pick<Card, 'place'> {
  return mapX === null || mapY === null ? {} : { place: { x: mapX, y: mapY } };
}

/** A talk leads to where it speaks of the story, when that is known. */
function alsoOf({ kind, source, url }: CardItem, startS: number | undefined): Card['also'][number] {
  if (startS === undefined) return { label: `${itemKindNames[kind]} on ${source}`, url };
  return { label: `${itemKindNames[kind]} at ${formatTalkTime(startS)} on ${source}`, url: atSecond(url, startS) };
}

/** A video's length, or a long text at so many words a minute; a teaser says nothing about the length of its article. */
function minutesOf({ kind, words, durationS }: CardItem): number | null {
  if (durationS) return Math.max(1, Math.round(durationS / 60));
  return kind === 'post' && words > 400 ? Math.round(words / wordsPerMinute) : null;
}
