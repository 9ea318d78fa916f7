// An issue -> what the gate looks at beside its letter and its sender: links, earlier issues, withdrawn papers, sentences without a source.
import { preheaderOf } from '../letter/letter.ts';
import { isTitleOnly } from '../letter/title-only.ts';
import type { Queryable } from '../db.ts';
import { linkChecks, repeatedStories, storiesWithWithdrawn } from '../store/gate.ts';
import type { Card, IssueContent } from '../store/issue-content.ts';
import { quotedSentences, type QuotedSentence } from '../store/summaries.ts';
import { storiesToSummarise } from '../store/uncarried-stories.ts';
import { texToText } from '../tex/tex-to-text.ts';
import { openEditions } from './check-editions.ts';
import { addressesOfCard } from './check-links.ts';
import type { GateFacts, MeasuredLetter } from './gate-facts.ts';

type Unfounded = GateFacts['unfounded'];
type QuotedByStory = ReadonlyMap<number, readonly QuotedSentence[]>;

/** Keeps what was found in the rows of an issue for as long as they are the same. */
export type KeepFact = <Fact>(name: string, find: () => Promise<Fact>) => Promise<Fact>;

/** Reads them; `keep` may know what the issue's rows say already: looking through the texts of 300 stories takes 50 ms. */
export async function gatherFacts(
  db: Queryable,
  { issueId, content, keep = (_name, find) => find() }: { issueId: number; content: IssueContent; keep?: KeepFact },
): Promise<Pick<GateFacts, 'content' | 'preheader' | 'links' | 'repeated' | 'withdrawn' | 'unfounded' | 'editions'>> {
  const urls = content.cards.flatMap((card) => addressesOfCard(card));
  const [checked, repeated, withdrawn, unfounded, editions] = await Promise.all([
    linkChecks(db, urls),
    keep('repeated', () => repeatedStories(db, issueId)),
    keep('withdrawn', () => storiesWithWithdrawn(db, issueId)),
    keep('unfounded', async () => findUnfounded(db, content.cards, byStory(await quotedSentences(db, issueId)))),
    openEditions(db, { issueId, content }),
  ]);
  const links = new Map(checked.map((check) => [check.url, check]));
  return { content, preheader: preheaderOf(content), links, repeated, withdrawn, unfounded, editions };
}

/** Sentences that are neither quoted from where they stand, nor a model's, nor the editor's, nor found anywhere in the story's items. */
async function findUnfounded(db: Queryable, cards: readonly Card[], known: QuotedByStory): Promise<Unfounded> {
  const open = cards.flatMap(({ storyId, summary }) =>
    summary.flatMap((text) => {
      const sentence = known.get(storyId)?.find((one) => one.text === text);
      if (!sentence && isTitleOnly(text)) return [];
      return sentence && isFounded(sentence) ? [] : [{ storyId, text, isTyped: sentence?.by === 'desk' }];
    }),
  );
  if (open.length === 0) return [];
  const stories = await storiesToSummarise(db, [...new Set(open.map(({ storyId }) => storyId))]);
  const texts = new Map(stories.map(({ id, items }) => [id, items.map(({ title, text }) => oneSpace(`${title} ${text} ${texToText(text)}`)).join(' ')])); // prettier-ignore
  return open
    .filter(({ storyId, text, isTyped }) => isTyped || !(texts.get(storyId) ?? '').includes(oneSpace(text)))
    .map(({ storyId, text }) => ({ storyId, text }));
}

/** Sentences by their story. */
export function byStory(sentences: readonly QuotedSentence[]): Map<number, QuotedSentence[]> {
  const stories = new Map<number, QuotedSentence[]>();
  for (const one of sentences) stories.set(one.storyId, [...(stories.get(one.storyId) ?? []), one]);
  return stories;
}

/** What a reader needs that the letter's markup must have, and how long it is. */
export function countNeeds(html: string): Pick<MeasuredLetter, 'bytes' | 'imagesWithoutAlt' | 'hasUnsubscribe'> {
  const pictures = html.split('<img').slice(1);
  return {
    bytes: Buffer.byteLength(html),
    imagesWithoutAlt: pictures.filter((rest) => !oneSpace(rest.slice(0, rest.indexOf('>'))).includes(' alt="')).length,
    hasUnsubscribe: html.includes('/unsubscribe/'),
  };
}

/** Quoted from where it stands, checked when a model wrote it, or marked as the editor's. */
function isFounded({ by, isThere }: QuotedSentence): boolean {
  return isThere || by === 'model' || by === 'editor';
}

function oneSpace(text: string): string {
  return text.split(/\s+/).join(' ').trim();
}
