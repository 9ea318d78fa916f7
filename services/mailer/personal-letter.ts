// Compiled parts + what was chosen for a reader -> that reader's letter, html and text.
import { asciiText } from '../../core/ascii-html.ts';
import type { LetterPart } from '../../core/letter.ts';
import { slotsOf, type Slots } from '../../core/letter-slots.ts';
import { pickLine, unmetWords } from '../../core/pick-words.ts';
import type { IssueContent } from '../../core/store/issue-content.ts';
import { readableDate } from '../../core/week.ts';
import { say } from '../../core/words.ts';
import { htmlFragment, textFragment, type Fragment, type SlotValues } from './fragments.ts';
import { foldHtml, quotedPrintable } from './mime.ts';
import { readingOrder, type ChosenStory, type ReadingSection } from './reading-order.ts';

/** Who reads the letter, and what was chosen for them, best first. */
export interface LetterReader {
  email: string;
  token: string;
  confirmedAt: Date | null;
  stories: ChosenStory[];
  /** Interests that the issue has nothing on. */
  unmet?: readonly string[];
  /** The id in the links of a story; 0 for the link nobody sees. Proofs have none. */
  clickId?: (storyId: number) => string;
}

/** What may change after an issue was compiled. */
interface LetterImprint {
  publication: string;
  postalAddress: string;
  timezone: string;
}

export interface PersonalLetter {
  html: Buffer;
  text: Buffer;
  /** The stories shown, in the order they are numbered. */
  storyIds: number[];
}

/** A compiled issue: its parts, and the content and hash they were compiled from. */
export interface CompiledIssue {
  parts: LetterPart[];
  content: IssueContent;
  contentHash: string;
}

export type LetterFor = (reader: LetterReader, imprint: LetterImprint) => PersonalLetter;

/** How the static bytes of each half are written; done once, not per reader. */
interface Encoding {
  html: (part: string) => string;
  text: (part: string) => string;
}

/** Prepares an issue for mailing: CRLF line ends, the text quoted-printable. */
export function prepareLetter(issue: CompiledIssue): LetterFor {
  return prepare(issue, { html: (part) => foldHtml(part).replaceAll('\n', '\r\n'), text: quotedPrintable });
}

/** Prepares an issue for the screen, for a proof on the desk: the same letter, not encoded for transport. */
export function preparePreview(issue: CompiledIssue): LetterFor {
  return prepare(issue, { html: (part) => part, text: (part) => part });
}

function prepare({ parts, content, contentHash }: CompiledIssue, encoding: Encoding): LetterFor {
  const slots = slotsOf(contentHash);
  const html = fragmentsOf(parts, { half: 'html', slots, cut: (part) => htmlFragment(encoding.html(part), slots) });
  const text = fragmentsOf(parts, { half: 'text', slots, cut: (part) => textFragment(part, slots, encoding.text) });
  const reason = parts.find(({ part }) => part === 'reason')!;
  return (reader, imprint) => {
    const sections = readingOrder(content, reader.stories);
    const values = valuesOf(reader, imprint, sections);
    const asciiValues = mapValues(values, asciiText);
    const steps = stepsOf(sections);
    const withReason = (half: string, because: string | null): string =>
      because === null ? '' : half.replace(slots.mark('because'), () => because);
    return {
      html: fill(html, steps, ({ storyId, number, because }) => ({
        ...asciiValues,
        go: storyId === 0 ? '' : (reader.clickId?.(storyId) ?? ''),
        number: String(number),
        reason: withReason(reason.html, because === null ? null : asciiText(because)),
      })),
      text: fill(text, steps, ({ number, because }) => ({
        ...values,
        number: String(number),
        reason: withReason(reason.text, because),
      })),
      storyIds: sections.flatMap(({ stories }) => stories.map(({ storyId }) => storyId)),
    };
  };
}

/** One part of the letter and, for a card, its number and reason. */
interface Step {
  part: string;
  storyId: number;
  number: number;
  because: string | null;
}

function stepsOf(sections: ReadingSection[]): Step[] {
  const frame = (part: string): Step => ({ part, storyId: 0, number: 0, because: null });
  return [
    frame('head'),
    ...sections.flatMap(({ key, stories }) => [
      frame(`section:${key}`),
      ...stories.map(({ number, ...story }) => ({
        part: `card:${story.storyId}`,
        storyId: story.storyId,
        number,
        because: pickLine(story),
      })),
      frame(`section:${key}:end`),
    ]),
    frame('foot'),
  ];
}

function fill(fragments: Map<string, Fragment>, steps: Step[], valuesAt: (step: Step) => SlotValues): Buffer {
  const pieces: Buffer[] = [];
  for (const step of steps) {
    const fragment = fragments.get(step.part);
    if (!fragment) throw new Error(`the compiled letter has no part "${step.part}"`);
    fragment(valuesAt(step), pieces);
  }
  return Buffer.concat(pieces);
}

/** The fragments of one half by part; a section is cut in two where its stories go. */
function fragmentsOf(
  parts: LetterPart[],
  { half, slots, cut }: { half: 'html' | 'text'; slots: Slots; cut: (part: string) => Fragment },
): Map<string, Fragment> {
  return new Map(
    parts.flatMap(({ part, [half]: markup }): [string, Fragment][] => {
      const [start, end] = markup.split(slots.mark('rows'));
      return end === undefined
        ? [[part, cut(markup)]]
        : [
            [part, cut(start!)],
            [`${part}:end`, cut(end)],
          ];
    }),
  );
}

function valuesOf(reader: LetterReader, imprint: LetterImprint, sections: ReadingSection[]): SlotValues {
  const since = reader.confirmedAt ? ` and confirmed it on ${readableDate(reader.confirmedAt, imprint.timezone)}` : '';
  return {
    token: encodeURIComponent(reader.token),
    trap: reader.clickId?.(0) ?? '',
    counts: [countsOf(sections.flatMap(({ stories }) => stories)), unmetWords(reader.unmet ?? [])]
      .filter(Boolean)
      .join('. '),
    contents: sections
      .map(({ key, name, stories }) =>
        key === 'lead' ? name : `${name.replaceAll(' ', '\u00a0')}\u00a0${stories.length}`,
      )
      .join(' \u00b7 '),
    why: `You get this because ${reader.email} subscribed to ${imprint.publication}${since}.`,
    address: imprint.postalAddress,
  };
}

/** "12 stories: 7 from the editors, 5 for you"; what no editor chose is for everybody. */
function countsOf(stories: ChosenStory[]): string {
  const shared = stories.filter(({ kind }) => kind === 'editor');
  const from = shared.every(({ reason }) => reason?.code !== 'suggested') ? 'editors' : 'draft';
  return say(['letter', 'counts'], { all: stories.length, shared: shared.length, personal: stories.length - shared.length, from }); // prettier-ignore
}

function mapValues(values: SlotValues, change: (value: string) => string): SlotValues {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}
