// Text -> how long it takes to read, silently and for the sense; pure.

/** English non-fiction is read at 238 words a minute (Brysbaert, Journal of Memory and Language 109, 2019); a little less, for a hard matter. */
export const wordsPerMinute = 230;
/** Of characters that are written without blanks: Chinese (IReST, Trauzettel-Klosinski & Dietz, IOVS 53, 2012). */
const charactersPerMinute = 255;

const character = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu;
const isWord = /[\p{L}\p{N}]/u;

/** Minutes, not rounded. */
export function readingTime(text: string): number {
  const characters = text.match(character)?.length ?? 0;
  const words = text
    .replace(character, ' ')
    .split(/\s+/)
    .filter((one) => isWord.test(one)).length;
  return words / wordsPerMinute + characters / charactersPerMinute;
}
