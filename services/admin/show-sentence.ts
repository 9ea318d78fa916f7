// A sentence of a summary -> what the desk shows of it: its words, and the way to the place they are from; pure.
import { safeHref } from '../../core/letter.ts';
import type { QuotedSentence } from '../../core/store/summaries.ts';
import { atSecond, clock } from '../../core/talk-time.ts';

const unseenNames = { paper: 'the paper', video: 'the talk', post: 'the post' } as const;

/** A sentence with a way to its place: the second of the talk, or the words marked on the story's page. */
export function showSentence(sentence: QuotedSentence) {
  const { itemId, segment, start, end, startS, kind, source, url, storyId } = sentence;
  const href =
    startS === undefined
      ? `/desk/stories/${storyId}/text?quote=${itemId}.${start}.${end}#quote`
      : safeHref(atSecond(url, startS));
  const where = startS === undefined ? `in ${unseenNames[kind]} on ${source}` : `at ${clock(startS)} on ${source}`;
  return {
    text: sentence.text,
    href: sentence.isThere ? href : null,
    place: sentence.isThere ? where : `not in ${unseenNames[kind]} any more: it was changed since`,
    isThere: sentence.isThere,
    isLocal: segment === 0,
    model: sentence.by === 'model' ? (sentence.model ?? 'a model') : null,
    overlap: sentence.overlap === undefined ? null : `${Math.round(sentence.overlap * 100)}%`,
    refused: sentence.refused ?? null,
    quote: sentence.by === 'model' ? sentence.quote : null,
  };
}
