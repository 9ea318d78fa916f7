// stories -> their summaries, each sentence with its position: what the headline says, and nothing of the items beside it.
import type { Queryable } from '../../core/db.ts';
import { transcriptsOf, type TranscriptPassage } from '../../core/store/summaries.ts';
import { storiesToSummarise, type StoryToSummarise } from '../../core/store/uncarried-stories.ts';
import { runInThread } from '../../core/threads.ts';
import type { Summary } from './summarise-texts.ts';

/** Stories whose texts are held at a time: some 150 KB of abstracts, at most 20 MB of transcripts. */
const atOnce = 100;

/** The summary of each story, in their order, never empty. */
export async function summariseStories(
  db: Queryable,
  storyIds: readonly number[],
  stop: AbortSignal,
): Promise<Summary[]> {
  const summaries = new Map<number, Summary>();
  for (let start = 0; start < storyIds.length; start += atOnce) {
    const stories = await storiesToSummarise(db, storyIds.slice(start, start + atOnce));
    const made = await summariseTogether(db, stories, stop);
    stories.forEach(({ id }, at) => summaries.set(id, made[at]!));
  }
  // A story that lost its items meanwhile gets no card either.
  return storyIds.map((id) => summaries.get(id) ?? { summary: [], sentences: [] });
}

/** The same for stories whose texts are here. */
export async function summariseTogether(
  db: Queryable,
  stories: readonly StoryToSummarise[],
  stop: AbortSignal,
): Promise<Summary[]> {
  const headlines = stories.map(({ items }) => items[0]!);
  const transcripts = new Map<number, TranscriptPassage[]>(headlines.map(({ id }) => [id, []]));
  for (const passage of await transcriptsOf(db, [...transcripts.keys()]))
    transcripts.get(passage.itemId)!.push(passage);
  return runInThread<typeof import('./summarise-texts.ts'), 'summariseTexts'>({
    file: new URL('summarise-texts.ts', import.meta.url),
    name: 'summariseTexts',
    pool: 'drafts',
    input: headlines.map((headline) => ({ ...headline, transcript: transcripts.get(headline.id)! })),
    stop,
  });
}
