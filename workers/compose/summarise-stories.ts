// stories -> their summaries, each sentence with its place: of the headline, else of the first item that has whole sentences.
import type { Queryable } from '../../core/db.ts';
import { transcriptsOf, type Passage, type SummarySentence } from '../../core/store/summaries.ts';
import type { UncarriedStory } from '../../core/store/uncarried-stories.ts';
import { summarise, type SourceText } from './summarise.ts';

/** One summary a story; empty where no item has a whole sentence. One query, whatever the number. */
export async function summariseStories(
  db: Queryable,
  stories: readonly Pick<UncarriedStory, 'items'>[],
): Promise<SummarySentence[][]> {
  const talks = stories.flatMap(({ items }) => items.map(({ id }) => id));
  const transcripts = new Map<number, Passage[]>(talks.map((id) => [id, []]));
  for (const passage of await transcriptsOf(db, talks)) transcripts.get(passage.itemId)!.push(passage);
  return stories.map((story) => summaryOf(story, transcripts));
}

function summaryOf(
  { items }: Pick<UncarriedStory, 'items'>,
  transcripts: ReadonlyMap<number, Passage[]>,
): SummarySentence[] {
  for (const { id, text, lang } of items) {
    const spoken = (transcripts.get(id) ?? []).map(({ position, startS, text: said }) => {
      return { segment: position, text: said, ...(startS === null ? {} : { startS }) };
    });
    const texts: SourceText[] = [{ segment: 0, text }, ...spoken];
    const quotes = summarise(texts, { lang });
    if (quotes.length > 0) return quotes.map((quote) => ({ ...quote, by: 'source', itemId: id }));
  }
  return [];
}
