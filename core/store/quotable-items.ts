// What a summary of a story may quote: the texts of its items and their transcripts.
import type { Queryable } from '../db.ts';
import type { QuotableItem } from '../text/place-sentences.ts';
import { transcriptsOf } from './summaries.ts';
import { storiesToSummarise, type ItemToSummarise } from './uncarried-stories.ts';

/** The items of a story that may be told, the headline first, with their texts. */
export async function quotableItems(
  db: Queryable,
  storyId: number,
): Promise<(QuotableItem & Pick<ItemToSummarise, 'kind' | 'title'>)[]> {
  const [story] = await storiesToSummarise(db, [storyId]);
  if (!story) return [];
  const passages = await transcriptsOf(db, story.items.map(({ id }) => id)); // prettier-ignore
  return story.items.map(({ text, ...item }) => ({
    ...item,
    texts: [
      { segment: 0, text },
      ...passages
        .filter(({ itemId }) => itemId === item.id)
        .map(({ position, startS, text: said }) => {
          return { segment: position, text: said, ...(startS === null ? {} : { startS }) };
        }),
    ],
  }));
}
