// What letters of an issue are compiled with beside their stories: one way for those that go out and for the desk's proofs of them.
import type { House } from '../house.ts';
import { linksOf } from '../links.ts';
import { listDeadlines } from '../store/deadlines.ts';
import { cardPictures, type SharedPicture } from '../store/fetched-pictures.ts';
import type { Card } from '../store/issue-content.ts';
import { brandOf, type LoadedSettings } from '../store/settings.ts';
import type { Words } from '../words.ts';
import { letterDeadlines } from './letter-deadlines.ts';
import type { LetterOrigin } from './letter.ts';

/** Looks, links, the deadlines of now, and the pictures of these cards that were described and fetched. */
export async function openOrigin(
  { db, config, now }: Pick<House, 'db' | 'config' | 'now'>,
  { words, cards, settings }: { words: Words; cards: readonly Card[]; settings: LoadedSettings },
): Promise<LetterOrigin & { pictures: ReadonlyMap<number, SharedPicture> }> {
  const links = linksOf(config.PUBLIC_URL);
  return {
    publication: settings.publication,
    brand: brandOf(settings),
    words,
    links,
    pictures: await cardPictures(db, { cards, links }),
    deadlines: letterDeadlines(await listDeadlines(db, now()), { now: now(), timezone: config.TIMEZONE, words }),
  };
}
