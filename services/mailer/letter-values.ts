// What a letter says of its reader and of the publication, in words; what several readers share is put into words once.
import { unmetWords } from '../../core/pick-words.ts';
import { readableDate } from '../../core/week.ts';
import { say } from '../../core/words.ts';
import type { ChosenStory, ReadingSection } from './reading-order.ts';

/** Who reads the letter, and what was chosen for them, best first. */
export interface LetterReader {
  email: string;
  token: string;
  confirmedAt: Date | null;
  stories: ChosenStory[];
  /** Interests that the issue has nothing on. */
  unmet?: readonly string[];
  /** The id of this letter in its links, 27 characters; proofs have none. */
  letterId?: string;
}

/** What may change after an issue was compiled. */
export interface LetterImprint {
  publication: string;
  postalAddress: string;
  timezone: string;
}

/** So many lines, counts and the like are kept; readers share most of them. */
export const keptValues = 20_000;

export interface SharedValues {
  counts: string;
  contents: string;
  why: string;
  address: string;
}

/** Wherever one is, a day begins at a quarter of an hour. */
const quarterMs = 900_000;

/** Returns what gives the words of one letter. */
export function letterValues({ publication, postalAddress: address, timezone }: LetterImprint) {
  const days = new Map<number, string>();
  const dayOf = (at: Date): string => {
    const quarter = Math.floor(at.getTime() / quarterMs);
    const day = days.get(quarter) ?? readableDate(at, timezone);
    if (days.size < keptValues) days.set(quarter, day);
    return day;
  };
  const countsFor = rememberCounts();
  return ({ email, confirmedAt, unmet = [] }: LetterReader, sections: ReadingSection[]): SharedValues => {
    const since = confirmedAt ? ` and confirmed it on ${dayOf(confirmedAt)}` : '';
    return {
      counts: unmet.length === 0 ? countsFor(sections) : `${countsFor(sections)}. ${unmetWords(unmet)}`,
      contents: sections
        .map(({ key, name, stories }) =>
          key === 'lead' ? name : `${name.replaceAll(' ', '\u00a0')}\u00a0${stories.length}`,
        )
        .join(' \u00b7 '),
      why: `You get this because ${email} subscribed to ${publication}${since}.`,
      address,
    };
  };
}

/** "12 stories: 7 from the editors, 5 for you"; what no editor chose is for everybody. */
function rememberCounts(): (sections: ReadingSection[]) => string {
  const known = new Map<string, string>();
  return (sections) => {
    let [all, shared, from] = [0, 0, 'editors'];
    for (const { stories } of sections) {
      all += stories.length;
      for (const { kind, reason } of stories) {
        if (kind === 'editor') shared++;
        if (kind === 'editor' && reason?.code === 'suggested') from = 'draft';
      }
    }
    const key = `${all} ${shared} ${from}`;
    let words = known.get(key);
    if (words === undefined) {
      words = say(['letter', 'counts'], { all, shared, personal: all - shared, from });
      known.set(key, words);
    }
    return words;
  };
}
