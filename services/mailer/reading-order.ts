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
 * Returns what puts a reader's stories in the sections of their letter, without the empty ones: what everybody gets by its
 * section, then what was chosen for the reader, best first, whatever its section. A story that the issue does not have is
 * left out: only what was approved is shown.
 */
export function readingOrder(content: IssueContent): (chosen: readonly ChosenStory[]) => ReadingSection[] {
  const lead = leadOf(content)?.storyId;
  const sections = letterSections(content);
  const placeOfKey = new Map(sections.map(({ key }, place) => [key, place]));
  const sectionOfStory = new Map(content.cards.map(({ storyId, section }) => [storyId, section]));
  const placeOf = ({ storyId, kind }: ChosenStory): number | undefined => {
    const section = sectionOfStory.get(storyId);
    if (section === undefined) return undefined;
    return placeOfKey.get(storyId === lead ? 'lead' : kind === 'personal' ? 'for-you' : section);
  };
  return (chosen) => {
    const filled = sections.map(({ key, name }): ReadingSection => ({ key, name, stories: [] }));
    for (const story of chosen) {
      const place = placeOf(story);
      if (place !== undefined) filled[place]!.stories.push(numbered(story));
    }
    let next = 1;
    for (const { stories } of filled) for (const story of stories) story.number = next++;
    return filled.filter(({ stories }) => stories.length > 0);
  };
}

/** By name: copying with `...` takes ten times as long, for each story of each reader. */
function numbered({ storyId, kind, reason, updated = false }: ChosenStory): ReadingSection['stories'][number] {
  return { storyId, kind, reason, updated, number: 0 };
}
