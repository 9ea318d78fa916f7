// What was chosen for a reader -> the order they read it: the lead, then the sections of the issue, numbered from 1.
import type { Reason } from '../../core/pick-reason.ts';
import { leadOf } from '../../core/letter.ts';
import type { IssueContent } from '../../core/store/issue-content.ts';

/** One chosen story, as the ranker left it. */
export interface ChosenStory {
  storyId: number;
  kind: 'editor' | 'personal';
  reason: Reason | null;
  /** Shown to this reader before, and changed since. */
  updated?: boolean;
}

export interface ReadingSection {
  /** `lead` or the key of a section of the issue. */
  key: string;
  name: string;
  stories: (ChosenStory & { number: number })[];
}

/**
 * The sections of one reader's letter, without the empty ones. Within a section the ranker's order stands.
 * A story that the issue does not have is left out: only what was approved is shown.
 */
export function readingOrder(content: IssueContent, chosen: ChosenStory[]): ReadingSection[] {
  const lead = leadOf(content)?.storyId;
  const sectionOfStory = new Map(
    content.cards.map(({ storyId, section }) => [storyId, storyId === lead ? 'lead' : section]),
  );
  const numbers = { next: 1 };
  return [{ key: 'lead', name: 'The lead' }, ...content.sections]
    .map(({ key, name }) => ({
      key,
      name,
      stories: chosen.filter(({ storyId }) => sectionOfStory.get(storyId) === key),
    }))
    .filter(({ stories }) => stories.length > 0)
    .map((section) => ({
      ...section,
      stories: section.stories.map((story) => ({ ...story, number: numbers.next++ })),
    }));
}
