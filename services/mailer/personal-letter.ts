// Compiled parts + what was chosen for a reader -> that reader's letter, html and text, put together from bytes that were
// encoded once for the issue.
import { foldText } from '../../core/letter/fold-text.ts';
import { htmlText } from '../../core/html-text.ts';
import { choicePart } from '../../core/letter/letter-choice.ts';
import type { LetterPart } from '../../core/letter/letter.ts';
import { slotsOf, type Slots } from '../../core/letter/letter-slots.ts';
import type { IssueContent } from '../../core/store/issue-content.ts';
import { wordsIn } from '../../core/words.ts';
import type { WordsLang } from '../../core/words-langs.ts';
import { bareBytes, cutFragment, encodeValue, isPlain, type Encoding, type Fragment, type TransferEncoding } from './encode-fragment.ts'; // prettier-ignore
import { contentsMarkup } from './contents-markup.ts';
import { isStory, storyWriter, type StoryValues } from './letter-stories.ts';
import { letterValues, type LetterImprint, type LetterReader, type LetterValues } from './letter-values.ts';
import { fitsLines } from './mime.ts';
import { readingOrder, type ReadingSection } from './reading-order.ts';
import { rememberValues } from './remember-values.ts';
import { fixedValue, createScratch, splice, type FixedValue, type SpliceBuffer, type Values } from './splice.ts';

/** A compiled issue: its parts, and the content and hash they were compiled from. */
export interface CompiledIssue {
  /** The language its parts were compiled in; English where it is left out. */
  lang?: WordsLang;
  parts: LetterPart[];
  content: IssueContent;
  contentHash: string;
}

type Half = 'html' | 'text';

export interface PersonalLetter {
  /** The stories shown, in the order they are numbered. */
  storyIds: number[];
  /** Appends one half with CRLF line ends, encoded as the letter was prepared. */
  write: (half: Half, into: SpliceBuffer) => void;
  /** Once both halves are written: whether SMTP carries them as they are, with no dot to double. */
  isPlain: () => boolean;
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
      const scratch = createScratch();
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
  const words = wordsIn(issue.lang ?? 'en');
  // What was compiled before letters had briefs has no part for them.
  const hasBriefs = issue.parts.some(({ part }) => part === 'section:in-brief');
  const order = readingOrder(issue.content, { words, hasBriefs });
  const valuesFor = letterValues(imprint, issue.content, words);
  // Tokens are of one length but for those made by hand, and so are the ids of letters.
  const halvesOf = rememberValues((_lengths: string, lengths: Lengths) => ({
    html: createHalf(issue, { half: 'html', lengths, encoding: encodings.html }),
    text: createHalf(issue, { half: 'text', lengths, encoding: encodings.text }),
  }));
  return (reader) => {
    const sections = order(reader.stories);
    const letterId = reader.letterId ?? '';
    const token = encodeURIComponent(reader.token);
    const halves = halvesOf(`${token.length} ${letterId.length}`, { token: token.length, go: letterId.length });
    const fixed = { token: fixedValue(token), go: fixedValue(letterId), number: noNumber };
    const filling = { sections, fixed, beside: besideStories(reader), values: valuesFor(reader, sections) };
    return {
      storyIds: storyIdsOf(sections),
      write: (half, into) => halves[half].write(into, filling),
      isPlain: () => halves.html.isPlain() && halves.text.isPlain(),
    };
  };
}

/** What stands behind the stories: sections of parts that are the same for all who have them. */
type Beside = readonly { section: string; parts: readonly string[] }[];

function besideStories({ pair, deadlines = [] }: LetterReader): Beside {
  const asked = pair ? [{ section: 'section:pair', parts: pair.map(choicePart) }] : [];
  return deadlines.length === 0 ? asked : [...asked, { section: 'section:deadlines', parts: deadlines }];
}

/** Loops: with flatMap it took three microseconds of a letter's thirty. */
function storyIdsOf(sections: readonly ReadingSection[]): number[] {
  const storyIds: number[] = [];
  for (let at = 0; at < sections.length; at++) {
    const { stories } = sections[at]!;
    for (let place = 0; place < stories.length; place++) storyIds.push(stories[place]!.storyId);
  }
  return storyIds;
}

/** A line of the parts, with what a reader's values add to it, stays below the 998 bytes of RFC 5321 (4.5.3.1.6). */
const longestPartLine = 700;

function encodingFor({ parts }: CompiledIssue, half: Half, wanted: TransferEncoding): TransferEncoding {
  const fits = parts.every(({ [half]: markup }) => fitsLines(Buffer.from(markup), longestPartLine));
  return fits ? wanted : 'quoted-printable';
}

/** What one reader's letter is made of. */
interface Filling {
  sections: readonly ReadingSection[];
  beside: Beside;
  fixed: Values['fixed'];
  values: LetterValues;
}

type Lengths = Record<'token' | 'go', number>;

interface LetterHalf {
  write: (into: SpliceBuffer, filling: Filling) => void;
  isPlain: () => boolean;
}

function createHalf(
  { parts, contentHash, lang = 'en' }: CompiledIssue,
  { half, lengths, encoding }: { half: Half; lengths: Lengths; encoding: Encoding },
): LetterHalf {
  const slots = slotsOf(contentHash);
  let plain = true;
  const encode = (value: string): Buffer => {
    const bytes = encodeValue(half === 'html' ? htmlText(foldText(value)) : value, encoding);
    plain &&= isPlain(bytes);
    return bytes;
  };
  const cut = (markup: string, digits: number): Fragment => {
    const fragment = cutFragment(markup, { slots, fixed: { ...lengths, number: digits }, encoding });
    plain &&= fragment.every(({ bytes }) => isPlain(bytes));
    return fragment;
  };
  const frame = frameParts(parts, half, slots);
  const partOf = rememberValues((part: string) => {
    const [start, end = ''] = frame.get(part) ?? missing(part);
    return { start: cut(start, 0), end: cut(end, 0) };
  });
  const writing = { slots, half, words: wordsIn(lang), encode, encodeMarkup: (markup: string) => encodeValue(markup, encoding) }; // prettier-ignore
  const writeCard = storyWriter({ part: 'card', parts, reason: frame.get('reason')?.[0] ?? missing('reason') }, { ...writing, cut }); // prettier-ignore
  const writeBrief = storyWriter({ part: 'brief', parts, reason: frame.get('brief-reason')?.[0] ?? '' }, { ...writing, cut }); // prettier-ignore
  const contentsOf = contentsMarkup((part) => frame.get(part)?.[0], writing);
  const shared = rememberValues(encode);
  const isFast = encoding !== 'quoted-printable';
  const numbers: FixedValue[] = [];
  const [head, foot] = [partOf('head').start, partOf('foot').start];

  // Loops and plain objects: a function made for a letter takes a microsecond of esbuild's names.
  const writeHalf: LetterHalf['write'] = (into, { sections, beside, fixed, values }) => {
    const { preheader, counts, contents, unmet, email, since, address } = values;
    const ofFrame: Values = { fixed, others: { preheader: shared(preheader), counts: shared(counts), contents: contentsOf(contents, unmet), email: (isFast && bareBytes(email)) || encode(email), since: shared(since), address: shared(address) } }; // prettier-ignore
    const ofStory: StoryValues = { fixed: { ...fixed, number: noNumber }, others: {} };
    splice(into, head, ofFrame);
    for (let at = 0; at < sections.length; at++) {
      const { key, stories, first } = sections[at]!;
      const around = partOf(`section:${key}`);
      splice(into, around.start, ofFrame);
      const write = key === 'in-brief' ? writeBrief : writeCard;
      for (let place = 0; place < stories.length; place++) {
        ofStory.fixed.number = numbers[first + place] ??= fixedValue(String(first + place));
        write(into, stories[place]!, ofStory);
      }
      splice(into, around.end, ofFrame);
    }
    for (let at = 0; at < beside.length; at++) {
      const { section, parts: rows } = beside[at]!;
      const around = partOf(section);
      splice(into, around.start, ofFrame);
      for (let place = 0; place < rows.length; place++) splice(into, partOf(rows[place]!).start, ofFrame);
      splice(into, around.end, ofFrame);
    }
    splice(into, foot, ofFrame);
  };
  return { write: writeHalf, isPlain: () => plain };
}

function missing(part: string): never {
  throw new Error(`the compiled letter has no part "${part}"`);
}

const noNumber = fixedValue('');

/** The parts of the frame of one half by name, a section in two where its stories go. */
function frameParts(parts: readonly LetterPart[], half: Half, slots: Slots) {
  const frame = new Map<string, [string, string?]>();
  for (const { part, [half]: markup } of parts)
    if (!isStory(part)) frame.set(part, markup.split(slots.mark('rows')) as [string, string?]);
  return frame;
}
