// What a letter says of its reader and of the publication, in words; what several readers share is put into words once.
import { preheaderText } from '../../core/letter/letter.ts';
import { unmetWords } from '../../core/letter/pick-words.ts';
import type { IssueContent } from '../../core/store/issue-content.ts';
import { english, type Words } from '../../core/words.ts';
import { letterContents, type LetterContents } from './letter-contents.ts';
import type { ChosenStory, ReadingSection } from './reading-order.ts';
import { rememberValues } from './remember-values.ts';

/** Who reads the letter, and what was chosen for them, best first. */
export interface LetterReader {
  email: string;
  token: string;
  confirmedAt: Date | null;
  stories: readonly ChosenStory[];
  /** Interests that the issue has nothing on. */
  unmet?: readonly string[];
  /** The two stories they are asked about; left out or null where nothing is asked. */
  pair?: readonly [number, number] | null;
  /** The names of the parts of deadlines that are theirs. */
  deadlines?: readonly string[];
  /** The id of this letter in its links, 27 characters; proofs have none. */
  letterId?: string;
}

/** What may change after an issue was compiled. */
export interface LetterImprint {
  publication: string;
  postalAddress: string;
  timezone: string;
}

/** By the name of its slot; only the address is nobody else's. */
export type LetterValues = Record<'preheader' | 'counts' | 'unmet' | 'email' | 'since' | 'address', string> & {
  contents: LetterContents;
};

/** Wherever one is, a day begins at a quarter of an hour. */
const quarterMs = 900_000;

/** Returns what gives the words of one letter. */
export function letterValues(
  { publication, postalAddress: address, timezone }: LetterImprint,
  content: Pick<IssueContent, 'cards' | 'intro'>,
  words: Words = english,
) {
  const titles = new Map(content.cards.map(({ storyId, title }) => [storyId, title]));
  const sinceOf = rememberValues((quarter: number) => words.say('letter.since', { publication, date: words.date(new Date(quarter * quarterMs), timezone) })); // prettier-ignore
  const contentsOf = letterContents(content, words);
  const countsFor = rememberValues((key: number) => words.say('letter.counts', { all: Math.floor(key / 1_000), minutes: key % 1_000 })); // prettier-ignore
  const preheaderFor = rememberValues((first: string) => preheaderText(first.split(' ').map((id) => titles.get(Number(id)) ?? ''))); // prettier-ignore
  return (
    { email, confirmedAt, unmet = [], deadlines = [] }: LetterReader,
    sections: readonly ReadingSection[],
  ): LetterValues => {
    const contents = contentsOf(sections, deadlines.length);
    return {
      preheader: preheaderFor(firstOf(sections)),
      counts: countsFor(1_000 * contents.stories + Math.min(contents.minutes, 999)),
      contents,
      unmet: unmetWords(unmet, words),
      email,
      since: confirmedAt
        ? sinceOf(Math.floor(confirmedAt.getTime() / quarterMs))
        : words.say('letter.sinceOnly', { publication }),
      address,
    };
  };
}

/** The first three stories of what is the reader's own; of who has nothing of their own, of all. */
function firstOf(sections: readonly ReadingSection[]): string {
  const own = sections.find(({ key }) => key === 'for-you') ?? sections[0];
  let ids = '';
  for (let place = 0; place < Math.min(3, own?.stories.length ?? 0); place++)
    ids += `${place === 0 ? '' : ' '}${own!.stories[place]!.storyId}`;
  return ids;
}
