// A sentence of a summary -> what the desk shows of it: its words, and the way to the place they are from; pure.
import { safeHref } from '../../../core/letter/safe-href.ts';
import { isTyped, type QuotedSentence } from '../../../core/store/summaries.ts';
import { atSecond, formatTalkTime } from '../../../core/letter/talk-time.ts';
import { percent } from '../../../core/percent.ts';

const unseenNames = { paper: 'the paper', video: 'the talk', post: 'the post' } as const;

/** What a line of the desk says of a sentence. */
export interface ShownSentence {
  text: string;
  href: string | null;
  place: string;
  /** False where the gate asks about it. */
  isThere: boolean;
  /** Typed at the desk, in no source, and not marked as the editor's. */
  isUnmarked: boolean;
  model: string | null;
  overlap: string | null;
  refused: string | null;
  quote: string | null;
}

/** A sentence of which only the words are known. */
export function bareSentence(text: string): ShownSentence {
  return { text, href: null, place: '', isThere: true, isUnmarked: false, model: null, overlap: null, refused: null, quote: null }; // prettier-ignore
}

/** A sentence with a way to its place: the second of the talk, or the words marked on the story's page. */
export function showSentence(sentence: QuotedSentence): ShownSentence {
  if (isTyped(sentence)) return showTyped(sentence);
  const { itemId, start, end, startS, kind, source, url, storyId } = sentence;
  const href =
    startS === undefined
      ? `/desk/stories/${storyId}/text?quote=${itemId}.${start}.${end}#quote`
      : safeHref(atSecond(url, startS));
  const where =
    startS === undefined ? `in ${unseenNames[kind]} on ${source}` : `at ${formatTalkTime(startS)} on ${source}`;
  return {
    ...bareSentence(sentence.text),
    href: sentence.isThere ? href : null,
    place: sentence.isThere ? where : `not in ${unseenNames[kind]} any more: it was changed since`,
    isThere: sentence.isThere,
    model: sentence.by === 'model' ? (sentence.model ?? 'a model') : null,
    overlap: sentence.overlap === undefined ? null : percent(sentence.overlap),
    refused: sentence.refused ?? null,
    quote: sentence.by === 'model' ? sentence.quote : null,
  };
}

function showTyped({ text, by, writer }: Extract<QuotedSentence, { writer: string }>): ShownSentence {
  const isUnmarked = by === 'desk';
  const place = isUnmarked ? `typed by ${writer}, in no source` : `the editor’s own: ${writer}`;
  return { ...bareSentence(text), place, isThere: !isUnmarked, isUnmarked };
}
