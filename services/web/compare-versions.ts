// Versions of a paper -> what each changed of the one before, word for word, to be read beside each other; pure.
import { diffWords } from 'diff';
import type { PaperVersion } from '../../core/store/paper-versions.ts';
import { texToText } from '../../core/tex/tex-to-text.ts';
import type { Words } from '../../core/words.ts';
import { capitalise } from '../../core/text/capitalise.ts';

/** A stretch of a text; `isOther` is what the other version does not have. */
export interface Piece {
  text: string;
  isOther: boolean;
}

interface Side {
  name: string;
  title: Piece[];
  text: Piece[];
}

export interface ShownChange {
  words: string;
  before: Side;
  after: Side;
}

/** With more edits than this two texts are another text each: nothing is marked, and the comparison ends soon (Myers' is N times D). */
const mostEdits = 800;
/** A longer stretch that both have is shown by its ends. */
const longestSame = 280;
const endShown = 90;

/** What changed in each step, newest first; a version that says the same is none. `seen` keeps two lists of one paper from saying it twice. */
export function compareVersions(
  versions: readonly PaperVersion[],
  { lang, timezone, words, seen }: { lang: string; timezone: string; words: Words; seen: Set<string> },
): ShownChange[] {
  const steps = versions.slice(1).map((after, at) => ({ before: versions[at]!, after }));
  return steps.toReversed().flatMap(({ before, after }) => {
    const same = before.title === after.title && before.text === after.text;
    const key = JSON.stringify([before.title, before.text, after.title, after.text]);
    if (same || seen.has(key)) return [];
    seen.add(key);
    const date = words.date(before.until!, timezone);
    const isCounted = before.version !== null && after.version !== null && before.version !== after.version;
    const title = compareTexts(before.title, after.title, lang);
    const text = compareTexts(before.text, after.text, lang);
    const nameOf = ({ version }: PaperVersion, otherwise: string): string =>
      isCounted && version !== null ? capitalise(words.say('story.version', { version })) : otherwise;
    return [
      {
        words: isCounted ? words.say('story.changedBy', { before: before.version!, after: after.version!, date }) : words.say('story.changedOn', { date }), // prettier-ignore
        before: { name: nameOf(before, words.say('story.was')), title: title.before, text: text.before },
        after: { name: nameOf(after, words.say('story.is')), title: title.after, text: text.after },
      },
    ];
  });
}

/** What no space stands before, and nothing. */
const closing = new Set(['', '.', ',', ';', ':', '?', '!', ')']);

/** Both texts, each with what the other does not have marked. Formulas are compared as they read. */
export function compareTexts(before: string, after: string, lang: string): { before: Piece[]; after: Piece[] } {
  const [was, is] = [texToText(before), texToText(after)];
  const intlSegmenter = new Intl.Segmenter(isLanguage(lang) ? lang : 'en', { granularity: 'word' });
  const changes = diffWords(was, is, { intlSegmenter, maxEditLength: mostEdits });
  if (!changes) return { before: [{ text: was, isOther: false }], after: [{ text: is, isOther: false }] };
  const side = (isOther: 'added' | 'removed', missing: 'added' | 'removed'): Piece[] => {
    const pieces = changes
      .filter((change) => !change[missing])
      .map((change) => ({ text: change[isOther] ? change.value : shorten(change.value), isOther: change[isOther] }));
    // The space before what the other side has more, at the end or before a full stop.
    return pieces.map((piece, at) => (closing.has(pieces[at + 1]?.text[0] ?? '') ? { ...piece, text: piece.text.trimEnd() } : piece)); // prettier-ignore
  };
  return { before: side('removed', 'added'), after: side('added', 'removed') };
}

function isLanguage(lang: string): boolean {
  try {
    return Intl.getCanonicalLocales(lang).length > 0;
  } catch {
    return false;
  }
}

/** Between words where there are spaces. */
function shorten(text: string): string {
  if (text.length <= longestSame) return text;
  const [head, tail] = [text.slice(0, endShown), text.slice(-endShown)];
  const [last, first] = [head.lastIndexOf(' '), tail.indexOf(' ')];
  return `${last > 0 ? head.slice(0, last) : head} … ${first >= 0 ? tail.slice(first + 1) : tail}`;
}
