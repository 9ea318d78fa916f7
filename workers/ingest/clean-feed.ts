// A parsed feed -> the same feed, its items cleaned batch by batch as they are asked for; pure.
import type { NewItem } from '../../core/store/items.ts';
import { cleanItem, type Door } from './clean.ts';
import type { ParsedFeed, ParsedItem } from './parsed-item.ts';

/** What a feed says of itself, and of its items how many there are and which ids it gave them. */
export interface FeedHead extends Omit<ParsedFeed, 'items'> {
  count: number;
  ids: string[];
}

export interface CleanFeed extends FeedHead {
  batches: AsyncIterable<NewItem[]> | Iterable<NewItem[]>;
}

/** About 10 ms of cleaning, and one statement of the store. */
const batchSize = 200;

/** The feed behind its door; the language it declares counts where no curator says another. */
export function cleanFeed({ items, ...head }: ParsedFeed, door: Omit<Door, 'language'>): CleanFeed {
  return {
    ...head,
    count: items.length,
    ids: items.flatMap(({ id }) => id?.slice(0, 1000) ?? []),
    batches: cleanInBatches(items, { ...door, language: head.language }),
  };
}

/** What was cleaned is forgotten. */
function* cleanInBatches(items: ParsedItem[], door: Door): Generator<NewItem[]> {
  while (items.length > 0) {
    const batch = items.splice(0, batchSize).map((item) => cleanItem(item, door));
    yield batch.filter((item) => item !== undefined);
  }
}
