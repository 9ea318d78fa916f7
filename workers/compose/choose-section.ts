// a story -> the section a rule gives it, else what its kind lets one expect; pure.
import { sections } from '../../core/sections.ts';
import type { StoryItemKind } from '../../core/item-kinds.ts';

/** What is known of a story's headline before its words are compared. */
export interface SectionedHeadline {
  id: number;
  kind: StoryItemKind;
  title: string;
  keys: readonly string[];
  /** The section that the source's settings give to everything it publishes. */
  section: string | null;
}

/** Titles that announce a thing to use; "0.1a3" is a version, and Hacker News has a word of its own. */
const announcement =
  /^(?:show|launch) hn:|\b(?:dataset|benchmark suite|corpus|library|toolkit|open[- ]sourc\w+|python package|release[sd]?|v?\d+\.\d+(?:\.\d+)?(?:(?:a|b|rc)\d+)?)\b/i;

/**
 * The section of each kind of headline, as far as its kind alone tells. A share of 0: only a curator puts it there.
 * They count as much as fifty stories beside what curators say.
 */
const expectations: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  paper: { publications: 0.94, tools: 0.06 },
  video: { talks: 0.96, tools: 0.04 },
  // Of the 240 posts of a real week, sorted by hand by their titles: 7 of 215 that announce nothing are tools, and 17 of 25 that do.
  post: { posts: 0.95, tools: 0.05 },
  announcement: { tools: 0.7, posts: 0.3 },
};
const kinds = Object.keys(expectations);

/** Kinds x sections, as `SortingTask.expected` takes them. */
export const expectedSections: readonly (readonly number[])[] = kinds.map((kind) =>
  sections.map(({ key }) => expectations[kind]![key] ?? 0),
);

/** The section the source is fixed to; of a repository, Tools; undefined where no rule speaks. */
export function ruledSection({ kind, keys, section }: SectionedHeadline): string | undefined {
  if (section !== null && sections.some(({ key }) => key === section)) return section;
  return kind !== 'paper' && keys.some((key) => key.startsWith('repo:')) ? 'tools' : undefined;
}

/** The row of `expectedSections` a headline belongs to. */
export function kindOf({ kind, title }: Pick<SectionedHeadline, 'kind' | 'title'>): number {
  return kinds.indexOf(kind === 'post' && announcement.test(title) ? 'announcement' : kind);
}
