// stories -> their summaries, each sentence with its place: what the headline says, and nothing of the items beside it.
import type { Queryable } from '../../core/db.ts';
import type { ItemKind } from '../../core/store/items.ts';
import { transcriptsOf, type Passage, type SummarySentence } from '../../core/store/summaries.ts';
import type { UncarriedStory } from '../../core/store/uncarried-stories.ts';
import { quoteOpening, type Quote, type SourceText } from './quote-sentences.ts';
import { summarise } from './summarise.ts';
import { summarisePaper } from './summarise-paper.ts';

/** What a letter shows under the title, and where it stands. Without a text there is one sentence that says so, and no place. */
export interface Summary {
  summary: string[];
  sentences: SummarySentence[];
}

const nothing: Readonly<Record<ItemKind, string>> = {
  paper: 'The source gives the title only.',
  post: 'The source gives the title only; the post is behind the link.',
  video: 'The source gives the title only; the talk is behind the link.',
};

/** One summary a story, never empty. One query, whatever the number. */
export async function summariseStories(
  db: Queryable,
  stories: readonly Pick<UncarriedStory, 'items'>[],
): Promise<Summary[]> {
  const headlines = stories.map(({ items }) => items[0]!.id);
  const transcripts = new Map<number, Passage[]>(headlines.map((id) => [id, []]));
  for (const passage of await transcriptsOf(db, headlines)) transcripts.get(passage.itemId)!.push(passage);
  return stories.map(({ items: [headline] }) => summaryOf(headline!, transcripts.get(headline!.id)!));
}

function summaryOf(
  { id, kind, title, text, lang }: UncarriedStory['items'][number],
  transcript: readonly Passage[],
): Summary {
  const spoken = transcript.map(({ position, startS, text: said }) => {
    return { segment: position, text: said, ...(startS === null ? {} : { startS }) };
  });
  const texts: SourceText[] = [{ segment: 0, text }, ...spoken];
  const quotes = (kind === 'paper' && summarisePaper(text, { lang })) || summarise(texts, { lang });
  const told = quotes.length > 0 ? quotes : openingOf(texts[0]!, title);
  if (told.length === 0) return { summary: [nothing[kind]], sentences: [] };
  return { summary: told.map((quote) => quote.text), sentences: told.map((quote) => ({ ...quote, by: 'source', itemId: id })) }; // prettier-ignore
}

/** Of a text without a whole sentence its opening, unless that is the title once more. */
function openingOf(source: SourceText, title: string): Quote[] {
  const opening = quoteOpening(source);
  const bare = (words: string): string => words.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return opening === undefined || bare(title).startsWith(bare(opening.text)) ? [] : [opening];
}
