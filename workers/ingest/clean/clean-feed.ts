// A parsed feed -> the same feed, its items cleaned batch by batch as they are asked for; pure.
import type { NewItem } from '../../../core/store/items.ts';
import { cleanItem, ownAddress, type CleaningContext } from './clean.ts';
import { cleanTitle } from './clean-title.ts';
import { nameItems } from '../name-items.ts';
import type { ParsedFeed, ParsedItem } from '../parsed-item.ts';

/** What a feed says of itself, and of its items how many there are and what they are called. */
export interface FeedHead extends Omit<ParsedFeed, 'items' | 'title'> {
  /** In plain text, empty when it has none. */
  title: string;
  count: number;
  names: string[];
}

export interface CleanFeed extends FeedHead {
  batches: Iterable<NewItem[]>;
}

/** About 10 ms of cleaning, and one statement of the store. */
const batchSize = 200;

/** The feed behind its door, its items taken out of it; the language it declares counts where no curator says another. */
export function cleanFeed({ items, ...head }: ParsedFeed, context: Omit<CleaningContext, 'language'>): CleanFeed {
  nameItems(items, (item) => ownAddress(item, context));
  return {
    ...head,
    title: cleanTitle({ title: head.title ?? '', titleType: 'html' }).slice(0, 200),
    count: items.length,
    names: items.flatMap(({ name }) => name ?? []),
    batches: cleanInBatches(items, { ...context, language: head.language, home: head.link }),
  };
}

/** What was cleaned is forgotten; taken from the end, since all others would move up otherwise. */
function* cleanInBatches(items: ParsedItem[], context: CleaningContext): Generator<NewItem[]> {
  const waiting = items.toReversed();
  items.length = 0;
  while (waiting.length > 0) {
    const next = waiting.splice(-batchSize).toReversed();
    const batch = next.map((item) => cleanItem(item, context));
    yield batch.filter((item) => item !== undefined);
  }
}
