// What a letter says of its reader and of the publication, in words; what several readers share is put into words once.
import { preheaderText } from '../../core/letter/letter.ts';
import { unmetWords } from '../../core/letter/pick-words.ts';
import { english, type Words } from '../../core/words.ts';
import type { ChosenStory, ReadingSection } from './reading-order.ts';

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

/** So many lines, counts and the like are kept; readers share most of them. */
const keptValues = 20_000;

/** By the name of its slot; only the address is nobody else's. */
export type LetterValues = Record<'preheader' | 'counts' | 'contents' | 'email' | 'since' | 'address', string>;

/** Wherever one is, a day begins at a quarter of an hour. */
const quarterMs = 900_000;

/** Returns what gives the words of one letter. */
export function letterValues(
  { publication, postalAddress: address, timezone }: LetterImprint,
  titles: ReadonlyMap<number, string>,
  words: Words = english,
) {
  const sinceOf = rememberValues((quarter: number) => words.say('letter.since', { publication, date: words.date(new Date(quarter * quarterMs), timezone) })); // prettier-ignore
  const contentsFor = rememberValues((_key: string, sections: readonly ReadingSection[]) =>
    contentsOf(sections, words),
  );
  const preheaderFor = rememberValues((first: string) => preheaderText(first.split(' ').map((id) => titles.get(Number(id)) ?? ''))); // prettier-ignore
  return ({ email, confirmedAt, unmet = [] }: LetterReader, sections: readonly ReadingSection[]): LetterValues => {
    const { counts, contents } = contentsFor(keyOf(sections), sections);
    return {
      preheader: preheaderFor(firstOf(sections)),
      counts:
        unmet.length === 0 ? counts : words.say('letter.countsUnmet', { counts, unmet: unmetWords(unmet, words) }),
      contents,
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

/** All that the contents of a letter tell: putting them into words takes longer than the letter. */
function keyOf(sections: readonly ReadingSection[]): string {
  let key = '';
  for (let at = 0; at < sections.length; at++) {
    const { key: section, stories } = sections[at]!;
    let [shared, suggested] = [0, 0];
    for (let place = 0; place < stories.length; place++) {
      const { kind, reason } = stories[place]!;
      if (kind !== 'editor') continue;
      shared++;
      if (reason?.code === 'suggested') suggested = 1;
    }
    key += `${section} ${stories.length} ${shared} ${suggested},`;
  }
  return key;
}

/** "12 stories: 7 from the editors, 5 for you"; what no editor chose is for everybody. */
function contentsOf(sections: readonly ReadingSection[], words: Words): { counts: string; contents: string } {
  const stories = sections.flatMap((section) => section.stories);
  const shared = stories.filter(({ kind }) => kind === 'editor');
  const from = shared.some(({ reason }) => reason?.code === 'suggested') ? 'draft' : 'editors';
  return {
    counts: words.say('letter.counts', { all: stories.length, shared: shared.length, personal: stories.length - shared.length, mix: mixOf(stories.length, shared.length), from }), // prettier-ignore
    contents: sections
      .map(({ key, name, stories: { length } }) =>
        key === 'lead' ? name : `${name.replaceAll(' ', '\u00a0')}\u00a0${length}`,
      )
      .join(' \u00b7 '),
  };
}

function mixOf(all: number, shared: number): 'shared' | 'personal' | 'both' {
  if (shared === all) return 'shared';
  return shared === 0 ? 'personal' : 'both';
}

/** Keeps what was made of a key, up to `keptValues`. */
export function rememberValues<Key, Rest extends unknown[], Value>(
  make: (key: Key, ...rest: Rest) => Value,
): (key: Key, ...rest: Rest) => Value {
  const known = new Map<Key, Value>();
  return (key, ...rest) => {
    let value = known.get(key);
    if (value === undefined) {
      value = make(key, ...rest);
      if (known.size < keptValues) known.set(key, value);
    }
    return value;
  };
}
