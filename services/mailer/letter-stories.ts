// Compiled cards, or briefs, of one half -> what writes a reader's stories, each with its number and its reason.
import { foldText } from '../../core/letter/fold-text.ts';
import type { LetterPart } from '../../core/letter/letter.ts';
import type { Slots } from '../../core/letter/letter-slots.ts';
import { pickLine } from '../../core/letter/pick-words.ts';
import { htmlText } from '../../core/html-text.ts';
import type { Words } from '../../core/words.ts';
import { filledFragment, type Fragment } from './encode-fragment.ts';
import type { ChosenStory } from './reading-order.ts';
import { rememberValues } from './remember-values.ts';
import { splice, type FixedValue, type SpliceBuffer, type Values } from './splice.ts';

/** What a story is given beside its reason: the reader's own values, and its number. */
export interface StoryValues {
  fixed: Values['fixed'] & { number: FixedValue };
  others: Values['others'];
}

interface Writing extends Reasons {
  /** Cuts markup at its slots, with so many digits for the number. */
  cut: (markup: string, digits: number) => Fragment;
}

/** Whether a part shows one story. */
export function isStory(part: string): boolean {
  return part.startsWith('card:') || part.startsWith('brief:');
}

/** Returns what appends one story; throws where the letter was compiled without it. `reason` is the markup of the line that says why. */
export function storyWriter(
  { part: kind, parts, reason }: { part: 'card' | 'brief'; parts: readonly LetterPart[]; reason: string },
  { cut, ...writing }: Writing,
): (into: SpliceBuffer, story: ChosenStory, values: StoryValues) => void {
  const markupOf = new Map(
    parts.filter(({ part }) => part.startsWith(`${kind}:`)).map((one) => [one.part, one[writing.half]]),
  );
  const partOf = rememberPair((storyId, digits) => {
    const markup = markupOf.get(`${kind}:${storyId}`);
    if (markup === undefined) throw new Error(`the compiled letter has no part "${kind}:${storyId}"`);
    return cut(markup, digits);
  });
  const reasonOf = reasonsOf(reason, writing);
  const withReason = rememberMost((story: ChosenStory, digits) => filledFragment(partOf(story.storyId, digits), reasonOf(story))); // prettier-ignore
  return (into, story, values) => {
    const digits = values.fixed.number.bytes.length;
    const whole = withReason(story, digits);
    if (!whole) values.others.reason = reasonOf(story);
    splice(into, whole ?? partOf(story.storyId, digits), values);
  };
}

const nothing = Buffer.alloc(0);

interface Reasons {
  slots: Slots;
  words: Words;
  half: 'html' | 'text';
  encode: (value: string) => Buffer;
  encodeMarkup: (markup: string) => Buffer;
}

/** The line under a pick. Most picks are known ones: those of a ledger are the same object for all readers who have them. */
function reasonsOf(
  template: string,
  { slots, half, words, encode, encodeMarkup }: Reasons,
): (story: ChosenStory) => Buffer {
  const known = new WeakMap<ChosenStory, Buffer>();
  const mark = slots.mark('because');
  const ofLine = rememberValues((line: string) => {
    // What it says may not go over SMTP as it is.
    encode(line);
    return encodeMarkup(template.replace(mark, () => (half === 'html' ? htmlText(foldText(line)) : line)));
  });
  return (story) => {
    let bytes = known.get(story);
    if (!bytes) {
      const line = pickLine(story, words);
      bytes = line === null ? nothing : ofLine(line);
      known.set(story, bytes);
    }
    return bytes;
  };
}

/** So many cards are kept with their reason, 3 KB each: editors' picks are the same for all, and so are the commonest reasons. */
const keptCards = 2_000;

/** By the pick itself, which those who have it share; undefined once enough are kept. */
function rememberMost<Value>(
  make: (story: ChosenStory, digits: number) => Value,
): (story: ChosenStory, digits: number) => Value | undefined {
  const known: WeakMap<ChosenStory, Value>[] = [];
  let size = 0;
  return (story, digits) => {
    const ofDigits = (known[digits] ??= new WeakMap());
    let value = ofDigits.get(story);
    if (value === undefined && size < keptCards) {
      size++;
      ofDigits.set(story, (value = make(story, digits)));
    }
    return value;
  };
}

function rememberPair<Value>(make: (one: number, other: number) => Value): (one: number, other: number) => Value {
  const known: Map<number, Value>[] = [];
  return (one, other) => {
    const ofOther = (known[other] ??= new Map());
    let value = ofOther.get(one);
    if (value === undefined) ofOther.set(one, (value = make(one, other)));
    return value;
  };
}
