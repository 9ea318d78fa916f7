// What was chosen for a reader -> the order they read it: the lead, the sections of the issue, what is for them alone, numbered from 1.
import type { Reason } from '../../core/letter/pick-reason.ts';
import { leadOf, letterSections } from '../../core/letter/letter.ts';
import type { IssueContent } from '../../core/store/issue-content.ts';
import { english, type Words } from '../../core/words.ts';

/** One chosen story, as the ranker left it. */
export interface ChosenStory {
  storyId: number;
  kind: 'editor' | 'personal';
  reason: Reason | null;
  /** Shown to this reader before, and changed since. */
  updated?: boolean;
}

export interface ReadingSection {
  /** `lead`, the key of a section of the issue, `for-you` or `in-brief`. */
  key: string;
  name: string;
  stories: ChosenStory[];
  /** The number of its first story; the others follow. */
  first: number;
}

/** Of fewer stories that were chosen for a reader none is told in brief. */
const leastWithBriefs = 6;

/**
 * Returns what puts a reader's stories in the sections of their letter, without the empty ones: what everybody gets by its
 * section, then what was chosen for the reader, best first, whatever its section, the last third of six or more in brief. A story that the issue does not have is
 * left out: only what was approved is shown.
 */
export function readingOrder(
  content: IssueContent,
  { words = english, hasBriefs = true }: { words?: Words; hasBriefs?: boolean } = {},
): (chosen: readonly ChosenStory[]) => ReadingSection[] {
  const lead = leadOf(content)?.storyId;
  const sections = letterSections(content, words);
  const placeOf = (wanted: string): number => sections.findIndex(({ key }) => key === wanted);
  const [forYou, inBrief] = [placeOf('for-you'), placeOf('in-brief')];
  const places = new Map(
    content.cards.map(({ storyId, section }) => {
      const isLead = storyId === lead;
      return [storyId, { editor: placeOf(isLead ? 'lead' : section), personal: placeOf(isLead ? 'lead' : 'for-you') }];
    }),
  );
  return (chosen) => {
    const filled: ChosenStory[][] = sections.map(() => []);
    for (const story of chosen) {
      const place = places.get(story.storyId)?.[story.kind];
      if (place !== undefined) filled[place]?.push(story);
    }
    const own = filled[forYou]!;
    if (hasBriefs && own.length >= leastWithBriefs) filled[inBrief] = own.splice(own.length - Math.floor(own.length / 3)); // prettier-ignore
    const shown: ReadingSection[] = [];
    let first = 1;
    for (let place = 0; place < sections.length; place++) {
      const stories = filled[place]!;
      if (stories.length === 0) continue;
      const { key, name } = sections[place]!;
      shown.push({ key, name, stories, first });
      first += stories.length;
    }
    return shown;
  };
}
