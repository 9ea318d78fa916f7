// Issues that went out -> judgements: once a day while signals still come, in batches, without holding up a page.
import { setImmediate } from 'node:timers/promises';
import type { Queryable } from '../../core/db.ts';
import type { House } from '../../core/house.ts';
import { issueToJudge, poolOf, saveJudgement, shownLetters, type ShownLetter } from '../../core/store/judgements.ts';
import { storyTexts } from '../../core/store/story-texts.ts';
import { createJudging } from './judge-letters.ts';
import { tfidfOver, type TermVector } from '../../core/text/term-vectors.ts';
import { tokenize } from '../../core/text/stemmed-terms.ts';

/** One query a batch; about 20 ms of reckoning, then pages are answered. */
const batchSize = 250;

/** Judges every issue that is due. */
export async function judgeIssues(house: House, stop: AbortSignal): Promise<void> {
  const { db, log, now } = house;
  while (!stop.aborted) {
    const issue = await issueToJudge(db, now());
    if (!issue) return;
    const started = performance.now();
    const letters = await judgeIssue(house, { issueId: issue.id, stop });
    if (stop.aborted) return;
    log.info({ event: 'ranking.judged', issueId: issue.id, letters, ms: Math.round(performance.now() - started) });
  }
}

async function judgeIssue(
  { db, now }: House,
  { issueId, stop }: { issueId: number; stop: AbortSignal },
): Promise<number> {
  const pool = await poolOf(db, issueId);
  const terms = await termsOf(db, pool.map(({ storyId }) => storyId)); // prettier-ignore
  const vectorOf = tfidfOver([...terms.values()]);
  const stories = pool.map((story) => ({ ...story, vector: vectorOf(terms.get(story.storyId) ?? []) }));
  const judging = createJudging(stories);
  const known = new Map<number, TermVector>(stories.map(({ storyId, vector }) => [storyId, vector]));
  const words = new Map<string, TermVector>();
  const vectorOfWords = (text: string): TermVector => {
    const vector = words.get(text) ?? vectorOf(tokenize(text));
    words.set(text, vector);
    return vector;
  };
  for (let afterId = 0; !stop.aborted;) {
    const letters = await shownLetters(db, { issueId, afterId, limit: batchSize });
    if (letters.length === 0) break;
    const missing = [...new Set(letters.flatMap(likedStories))].filter((storyId) => !known.has(storyId));
    for (const [storyId, own] of await termsOf(db, missing)) known.set(storyId, vectorOf(own));
    for (const letter of letters)
      judging.add(letter, { vectorOfWords, vectorOfStory: (storyId) => known.get(storyId) });
    afterId = letters.at(-1)!.readerId;
    await setImmediate();
  }
  const figures = judging.figures();
  if (!stop.aborted) await saveJudgement(db, { issueId, madeAt: now(), figures });
  return figures.letters;
}

function likedStories({ profile }: ShownLetter): number[] {
  return (profile.facets ?? []).flatMap(({ storyId }) => storyId ?? []);
}

async function termsOf(db: Queryable, storyIds: readonly number[]): Promise<Map<number, string[]>> {
  if (storyIds.length === 0) return new Map();
  return new Map(
    (await storyTexts(db, storyIds)).map(({ storyId, text, topic }) => [storyId, tokenize(`${topic}\n${text}`)]),
  );
}
