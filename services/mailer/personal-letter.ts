// Compiled parts + what was chosen for a reader -> that reader's letter, html and text, put together from bytes that were
// encoded once for the issue.
import { htmlText } from '../../core/html-text.ts';
import type { LetterPart } from '../../core/letter.ts';
import { slotsOf, type Slots } from '../../core/letter-slots.ts';
import { pickLine } from '../../core/pick-words.ts';
import type { IssueContent } from '../../core/store/issue-content.ts';
import type { Encoding, FixedSlots, Fragment, TransferEncoding } from './encode-fragment.ts';
import { cutFragment, encodeValue } from './encode-fragment.ts';
import { keptValues, letterValues, type LetterImprint, type LetterReader, type SharedValues } from './letter-values.ts';
import { fitsLines, foldHtml } from './mime.ts';
import { readingOrder, type ChosenStory, type ReadingSection } from './reading-order.ts';
import { openScratch, splice, type Scratch, type Values } from './splice.ts';

/** A compiled issue: its parts, and the content and hash they were compiled from. */
export interface CompiledIssue {
  parts: LetterPart[];
  content: IssueContent;
  contentHash: string;
}

type Half = 'html' | 'text';

export interface PersonalLetter {
  /** The stories shown, in the order they are numbered. */
  storyIds: number[];
  /** Appends one half with CRLF line ends, encoded as the letter was prepared. */
  write: (half: Half, into: Scratch) => void;
}

/** An issue from which letters are put together. */
export interface PreparedIssue {
  letterFor: (reader: LetterReader) => PersonalLetter;
  /** How each half travels: as asked for where its lines are short enough, else quoted-printable. */
  encodings: Record<Half, TransferEncoding>;
}

/** Prepares an issue for mailing: everything that is the same for two readers is encoded when the first one gets it. */
export function prepareLetter(issue: CompiledIssue, imprint: LetterImprint, wanted: TransferEncoding): PreparedIssue {
  const encodings = { html: encodingFor(issue, 'html', wanted), text: encodingFor(issue, 'text', wanted) };
  return { letterFor: prepare(issue, imprint, encodings), encodings };
}

/** The same letter for the screen, for a proof on the desk: not encoded for transport. */
export function preparePreview(issue: CompiledIssue) {
  return (reader: LetterReader, imprint: LetterImprint): { html: string; text: string; storyIds: number[] } => {
    const letter = prepare(issue, imprint, { html: 'none', text: 'none' })(reader);
    const read = (half: Half): string => {
      const scratch = openScratch();
      letter.write(half, scratch);
      return scratch.bytes.toString('utf8', 0, scratch.at);
    };
    return { html: read('html'), text: read('text'), storyIds: letter.storyIds };
  };
}

type Encodings = Record<Half, Encoding>;

function prepare(
  issue: CompiledIssue,
  imprint: LetterImprint,
  encodings: Encodings,
): (reader: LetterReader) => PersonalLetter {
  const order = readingOrder(issue.content);
  const halvesOf = rememberHalves(issue, encodings);
  const valuesFor = letterValues(imprint);
  const lineOf = rememberLines();
  return (reader) => {
    const sections = order(reader.stories);
    const letterId = reader.letterId ?? '';
    const token = encodeURIComponent(reader.token);
    const halves = halvesOf(token.length, letterId.length);
    const fixed = { token: Buffer.from(token, 'latin1'), go: Buffer.from(letterId, 'latin1') };
    const shared = valuesFor(reader, sections);
    const lines = sections.map(({ stories }) => stories.map(lineOf));
    return {
      storyIds: sections.flatMap(({ stories }) => stories.map(({ storyId }) => storyId)),
      write(half, into) {
        halves[half](into, { sections, lines, fixed, shared });
      },
    };
  };
}

/** The line under a pick, by what it is made of: putting words together takes microseconds, for each pick of each reader. */
function rememberLines(): (story: ChosenStory) => string | null {
  const known = new Map<string, string | null>();
  return (story) => {
    const key = keyOf(story);
    let line = known.get(key);
    if (line === undefined) {
      line = pickLine(story);
      if (known.size < keptValues) known.set(key, line);
    }
    return line;
  };
}

/** A line of the parts, with what a reader's values add to it, stays below the 998 bytes of RFC 5321 (4.5.3.1.6). */
const longestPartLine = 700;

function encodingFor({ parts }: CompiledIssue, half: Half, wanted: TransferEncoding): TransferEncoding {
  const fits = parts.every(({ [half]: markup }) => fitsLines(Buffer.from(half === 'html' ? foldHtml(markup) : markup), longestPartLine)); // prettier-ignore
  return fits ? wanted : 'quoted-printable';
}

/** All that the line of a story says; no text of the database holds a zero byte. */
function keyOf({ updated, reason }: ChosenStory): string {
  const named = reason as Record<string, string | number> | null;
  let key = updated ? '1' : '0';
  for (const name in named) key += `\0${name}\0${named[name]!}`;
  return key;
}

/** What one reader's letter is made of; `lines` stand under the stories. */
interface Filling {
  sections: ReadingSection[];
  lines: (string | null)[][];
  fixed: Values['fixed'];
  shared: SharedValues;
}
type WriteHalf = (into: Scratch, filling: Filling) => void;

/** Halves by the lengths of the values that are patched: tokens of one length but for those made by hand. */
function rememberHalves(issue: CompiledIssue, encodings: Encodings) {
  const known = new Map<string, Record<Half, WriteHalf>>();
  return (tokenLength: number, idLength: number): Record<Half, WriteHalf> => {
    const key = `${tokenLength} ${idLength}`;
    let halves = known.get(key);
    if (!halves) {
      const fixed = { token: tokenLength, go: idLength };
      halves = {
        html: createHalf(issue, { half: 'html', fixed, encoding: encodings.html }),
        text: createHalf(issue, { half: 'text', fixed, encoding: encodings.text }),
      };
      known.set(key, halves);
    }
    return halves;
  };
}

function createHalf(
  { parts, contentHash }: CompiledIssue,
  { half, fixed, encoding }: { half: Half; fixed: FixedSlots; encoding: Encoding },
): WriteHalf {
  const slots = slotsOf(contentHash);
  // A line end means no more than a blank in markup, and something in plain text.
  const fold = (markup: string): string => (half === 'html' && encoding !== 'none' ? foldHtml(markup) : markup);
  const written = (value: string): string => (half === 'html' ? fold(htmlText(value)) : value);
  const fragment = fragmentsOf(parts, { half, slots, cut: (piece) => cutFragment(fold(piece), { slots, fixed, encoding }) }); // prettier-ignore
  const cards = new Map(
    parts.flatMap(({ part }) => (part.startsWith('card:') ? [[Number(part.slice(5)), fragment(part)] as const] : [])),
  );
  const reason = parts.find(({ part }) => part === 'reason')![half];
  const reasonBytes = remember((because) => encodeValue(reason.replace(slots.mark('because'), () => written(because)), encoding)); // prettier-ignore
  const numbers: Buffer[] = [];
  const sharedBytes = remember((value) => encodeValue(written(value), encoding));

  // Plain objects, no functions made for a letter: esbuild's names for them take a microsecond each.
  return (into, { sections, lines, fixed: values, shared }) => {
    const { counts, contents, why, address } = shared;
    const frame: Values = {
      fixed: values,
      others: {
        counts: sharedBytes(counts),
        contents: sharedBytes(contents),
        // A reader's own sentence is nobody else's.
        why: encodeValue(written(why), encoding),
        address: sharedBytes(address),
      },
    };
    const card: Values = { fixed: values, others: {} };
    splice(into, fragment('head'), frame);
    for (let at = 0; at < sections.length; at++) {
      const { key, stories } = sections[at]!;
      splice(into, fragment(`section:${key}`), frame);
      for (let place = 0; place < stories.length; place++) {
        const { storyId, number } = stories[place]!;
        const because = lines[at]![place]!;
        card.others.number = numbers[number] ??= encodeValue(String(number), encoding);
        card.others.reason = because === null ? nothing : reasonBytes(because);
        splice(into, cards.get(storyId) ?? fragment(`card:${storyId}`), card);
      }
      splice(into, fragment(`section:${key}:end`), frame);
    }
    splice(into, fragment('foot'), frame);
  };
}

const nothing = Buffer.alloc(0);

interface Cutting {
  half: Half;
  slots: Slots;
  cut: (piece: string) => Fragment;
}

/** The fragments of one half by part; a section is cut in two where its stories go. */
function fragmentsOf(parts: LetterPart[], { half, slots, cut }: Cutting): (part: string) => Fragment {
  const fragments = new Map(
    parts.flatMap(({ part, [half]: markup }): [string, Fragment][] => {
      const [start, end] = markup.split(slots.mark('rows'));
      return end === undefined ? [[part, cut(markup)]] : [[part, cut(start!)], [`${part}:end`, cut(end)]]; // prettier-ignore
    }),
  );
  return (part) => {
    const found = fragments.get(part);
    if (!found) throw new Error(`the compiled letter has no part "${part}"`);
    return found;
  };
}

function remember(make: (value: string) => Buffer): (value: string) => Buffer {
  const known = new Map<string, Buffer>();
  return (value) => {
    let bytes = known.get(value);
    if (!bytes) {
      bytes = make(value);
      if (known.size < keptValues) known.set(value, bytes);
    }
    return bytes;
  };
}
