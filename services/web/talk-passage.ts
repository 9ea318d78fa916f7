// The part of a talk that is about its story -> its sentences: the first at once, the others when they are asked for; pure.
import { atSecond, formatTalkTime } from '../../core/letter/talk-time.ts';
import { splitSentences } from '../../core/text/split-sentences.ts';

/** Some three lines of the column; the sentence that crosses it still stands there. */
const shownAtOnce = 200;

export interface TalkPassage {
  at: string;
  url: string | null;
  begins: string;
  /** Empty where all of it stands there already. */
  rest: string;
}

/** Captions without full stops have no sentences: they are parted between words. */
export function talkPassage(
  { text, startS }: { text: string; startS: number },
  { lang, url }: { lang: string; url: string | null },
): TalkPassage {
  const ends = [...splitSentences(text, lang).map(({ end }) => end), text.length];
  const sentence = ends.find((end) => end >= shownAtOnce) ?? text.length;
  const word = text.indexOf(' ', 2 * shownAtOnce);
  const end = sentence > 2 * shownAtOnce && word > 0 ? word : sentence;
  return { at: formatTalkTime(startS), url: url && atSecond(url, startS), begins: text.slice(0, end).trim(), rest: text.slice(end).trim() }; // prettier-ignore
}
