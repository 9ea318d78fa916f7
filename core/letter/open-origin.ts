// What letters of an issue are compiled with beside their stories: one way for those that go out and for the desk's proofs of them.
import type { House } from '../house.ts';
import { linksOf, type Links } from '../links.ts';
import { listDeadlines } from '../store/deadlines.ts';
import { cardPictures, type SharedPicture } from '../store/fetched-pictures.ts';
import type { Card, IssueContent } from '../store/issue-content.ts';
import { issueMap, type IssueMap } from '../store/issue-maps.ts';
import { brandOf, type LoadedSettings } from '../store/settings.ts';
import type { Words } from '../words.ts';
import { letterDeadlines } from './letter-deadlines.ts';
import type { MapPicture } from './letter-data.ts';
import type { LetterOrigin } from './letter.ts';

interface Opening {
  words: Words;
  /** Whose pictures are wanted. */
  cards: readonly Card[];
  /** The issue that goes out, whose stories stand on the map. */
  issue: { issueId: number; content: IssueContent };
  settings: LoadedSettings;
}

/** Looks, links, the deadlines of now, the pictures of these cards that were described and fetched, and the map as it was drawn. */
export async function openOrigin(
  { db, config, now }: Pick<House, 'db' | 'config' | 'now'>,
  { words, cards, issue: { issueId, content }, settings }: Opening,
): Promise<LetterOrigin & { pictures: ReadonlyMap<number, SharedPicture> }> {
  const links = linksOf(config.PUBLIC_URL);
  const map = await issueMap(db, { issueId, cards: content.cards });
  return {
    publication: settings.publication,
    brand: brandOf(settings),
    words,
    links,
    pictures: await cardPictures(db, { cards, links }),
    map: map && mapPicture(map, { links, words }),
    deadlines: letterDeadlines(await listDeadlines(db, now()), { now: now(), timezone: config.TIMEZONE, words }),
  };
}

function mapPicture(
  { picture, width, height, topics, stories }: IssueMap,
  { links, words }: { links: Pick<Links, 'picture'>; words: Words },
): MapPicture {
  const legend = topics.map((name, at) => `${at + 1}\u00a0${name}`).join(' \u00b7 ');
  const groups = topics.length > 0 ? [words.say('letter.mapGroups', { topics: topics.join('; ') })] : [];
  return {
    src: links.picture(picture),
    width,
    height,
    alt: [words.say('letter.mapAlt', { n: stories }), ...groups].join(' '),
    legend: [words.say('map.legend'), ...(legend ? [legend] : [])].join(' '),
  };
}
