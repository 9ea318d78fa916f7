// What was chosen for a reader -> what their letter's contents say, row by row: how many stories of which sort, and what they are about.
import type { Reason } from '../../core/letter/pick-reason.ts';
import { readingTime } from '../../core/letter/reading-time.ts';
import { shortTitle } from '../../core/short-title.ts';
import type { IssueContent } from '../../core/store/issue-content.ts';
import type { Words } from '../../core/words.ts';
import type { ChosenStory, ReadingSection } from './reading-order.ts';
import { rememberValues } from './remember-values.ts';

export interface ContentsRow {
  /** The section it leads to. */
  anchor: string;
  name: string;
  /** A few titles, or interests with their counts; empty where there is nothing to say. */
  what: string;
  count: number;
}

/** Rows are written once for all who share them: `key` is equal where they are. */
export interface LetterContents {
  key: string;
  rows: () => ContentsRow[];
  stories: number;
  /** To read the letter, at least 1. */
  minutes: number;
}

/** A row names so many characters of titles, about a line of a wide letter and three of a phone's; one title at least. */
const titleCharacters = 100;
/** And so many interests. */
const namedInterests = 3;
const separator = ' \u00b7 ';

/** Returns what tells the contents of a letter. */
export function letterContents(
  { cards, intro }: Pick<IssueContent, 'cards' | 'intro'>,
  words: Words,
): (sections: readonly ReadingSection[], deadlines: number) => LetterContents {
  const cardOf = new Map(cards.map((card) => [card.storyId, card]));
  const timeOf = rememberValues((storyId: number) => {
    const card = cardOf.get(storyId);
    return card ? readingTime([card.title, ...card.summary, card.note ?? ''].join(' ')) : 0;
  });
  const briefTimeOf = rememberValues((storyId: number) => readingTime(cardOf.get(storyId)?.title ?? ''));
  const introTime = readingTime(intro);
  return (sections, deadlines) => {
    const shared: number[] = [];
    const own: ChosenStory[] = [];
    let [time, isSuggested] = [introTime, false];
    for (const { key, stories } of sections)
      for (const story of stories) {
        time += key === 'in-brief' ? briefTimeOf(story.storyId) : timeOf(story.storyId);
        // By where it stands, since that is where its row leads: a lead that was chosen for one reader opens the letter all the same.
        if (key === 'for-you' || key === 'in-brief') own.push(story);
        else {
          shared.push(story.storyId);
          isSuggested ||= story.reason?.code === 'suggested';
        }
      }
    const interests = countInterests(own);
    const anchor = sections[0]?.key ?? '';
    const titles = (): string[] => shared.map((storyId) => shortTitle(cardOf.get(storyId)?.title ?? ''));
    const rows = (): ContentsRow[] =>
      [
        { anchor, name: words.say('letter.fromEditors', { from: isSuggested ? 'draft' : 'editors' }), what: firstTitles(titles()), count: shared.length }, // prettier-ignore
        { anchor: 'for-you', name: words.say('section.for-you'), what: interests, count: own.length },
        { anchor: 'deadlines', name: words.say('letter.deadlines'), what: '', count: deadlines },
      ].filter(({ count }) => count > 0);
    const key = `${anchor} ${isSuggested ? 1 : 0} ${shared.join(' ')},${own.length} ${deadlines} ${interests}`;
    return { key, rows, stories: shared.length + own.length, minutes: Math.max(1, Math.round(time)) };
  };
}

function firstTitles([first = '', ...others]: readonly string[]): string {
  let shown = first;
  for (const title of others) {
    const longer = shown + separator + title;
    if (longer.length > titleCharacters) break;
    shown = longer;
  }
  return shown;
}

/** "speech recognition 5 · audio generation 2": those that most were chosen for. */
function countInterests(stories: readonly ChosenStory[]): string {
  const counts = new Map<string, number>();
  for (const { reason } of stories) {
    const interest = interestOf(reason);
    if (interest !== undefined) counts.set(interest, (counts.get(interest) ?? 0) + 1);
  }
  return [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, namedInterests)
    .map(([interest, count]) => `${interest}\u00a0${count}`)
    .join(separator);
}

/** The words of the reader that a story was chosen for. */
function interestOf(reason: Reason | null): string | undefined {
  switch (reason?.code) {
    case 'matches':
    case 'quotes':
    case 'follows':
    case 'close':
    case 'rule':
      return reason.words;
    default:
      return undefined;
  }
}
