// What was chosen for a reader -> the order they read it: the lead, the sections of the issue, what is for them alone, numbered from 1.
import type { Reason } from '../../core/pick-reason.ts';
import { leadOf, letterSections } from '../../core/letter.ts';
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
  /** `lead`, the key of a section of the issue, or `for-you`. */
  key: string;
  name: string;
  stories: (ChosenStory & { number: number })[];
}

/**
 * The sections of one reader's letter, without the empty ones: what everybody gets by its section, then what was chosen for the
 * reader, best first, whatever its section. A story that the issue does not have is left out: only what was approved is shown.
 */
export function readingOrder(content: IssueContent, chosen: ChosenStory[]): ReadingSection[] {
  const lead = leadOf(content)?.storyId;
  const sectionOfStory = new Map(content.cards.map(({ storyId, section }) => [storyId, section]));
  const keyOf = ({ storyId, kind }: ChosenStory): string | undefined => {
    if (!sectionOfStory.has(storyId)) return undefined;
    if (storyId === lead) return 'lead';
    return kind === 'personal' ? 'for-you' : sectionOfStory.get(storyId);
  };
  const numbers = { next: 1 };
  return letterSections(content)
    .map((section) => ({ ...section, stories: chosen.filter((story) => keyOf(story) === section.key) }))
    .filter(({ stories }) => stories.length > 0)
    .map((section) => ({
      ...section,
      stories: section.stories.map((story) => ({ ...story, number: numbers.next++ })),
    }));
}
