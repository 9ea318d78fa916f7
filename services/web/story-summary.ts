// What an issue said of a story -> its sentences for the story's page, each with a mark that leads to its place in its source; pure.
import { atSecond, formatTalkTime } from '../../core/letter/talk-time.ts';
import { safeHref } from '../../core/letter/safe-href.ts';
import type { StoryInIssue } from '../../core/store/story-in-issue.ts';
import { isTyped } from '../../core/store/summaries.ts';
import type { Words } from '../../core/words.ts';
import { mathHtml } from '../math-html.ts';

/** A source, and the places in it: "arXiv: cs.CL", "Selected talks at 3:35". */
interface ShownSource {
  words: string;
  marks: { mark: string; href: string }[];
}

/** Sentences one after the other, those with a source with its mark: the same place has the same. Null where the issue said nothing. */
export function showSummary(told: StoryInIssue | undefined, { storyId, words }: { storyId: number; words: Words }) {
  if (!told || told.summary.length === 0) return null;
  const marks = new Map<string, string>();
  const places: ShownSource[] = [];
  // An editor's own order and number of sentences hold where both lists are of one length.
  const isKnown = told.sentences.length === told.summary.length;
  const sentences = told.summary.map((text, at) => {
    const place = isKnown ? placeOf(told.sentences[at]!, { storyId, words }) : null;
    if (!place) return { text: mathHtml(text), mark: null, href: null };
    const { href } = place;
    const mark = marks.get(href) ?? String.fromCodePoint('a'.codePointAt(0)! + marks.size);
    if (!marks.has(href)) {
      marks.set(href, mark);
      const known = places.find((source) => source.words === place.words);
      if (known) known.marks.push({ mark, href });
      else places.push({ words: place.words, marks: [{ mark, href }] });
    }
    return { text: mathHtml(text), mark, href };
  });
  const model = told.sentences.flatMap((one) => (isTyped(one) ? [] : (one.model ?? [])))[0] ?? null;
  return { sentences, places, model };
}

function placeOf(
  sentence: StoryInIssue['sentences'][number],
  { storyId, words }: { storyId: number; words: Words },
): { href: string; words: string } | null {
  if (isTyped(sentence) || sentence.source === null) return null;
  const { itemId, segment, start, end, startS, source, url } = sentence;
  const away = startS === undefined ? undefined : safeHref(url ?? '');
  if (startS !== undefined && away) return { href: atSecond(away, startS), words: words.say('card.form', { kind: source, at: formatTalkTime(startS) }) }; // prettier-ignore
  // A transcript without times has no place on this page that could be marked.
  return segment === 0 ? { href: `/stories/${storyId}?quote=${itemId}.${start}.${end}#quote`, words: source } : null;
}
