// What a machine said of a section in another language -> its words, or why it is left out; pure.
import { sectionFields, type SectionField, type SectionWords } from '../../../core/editions/edition-sections.ts';
import { introLinks } from '../../../core/letter/intro.ts';
import { oneLine } from '../../../core/one-line.ts';
import { numbersIn, missingNumbers } from './numbers-in.ts';
import { putBack, type MarkedText } from './keep-marks.ts';

/** Of one field: what was sent, and what came back. */
export interface SaidField {
  field: SectionField;
  /** As the issue says it. */
  source: string;
  marked: MarkedText;
  said: string;
}

export type CheckedDraft = { words: SectionWords; refused: null } | { words: null; refused: string };

const fieldNames: Readonly<Record<SectionField, string>> = {
  title: 'headline',
  preheader: 'preheader',
  intro: 'intro',
  summary: 'summary',
  note: 'note',
};
/** Twice the length of English is rare in Spanish and French; of a few words more is seen. */
const mostTimesLonger = 3;
const someCharacters = 60;
/** A name or two may stay as they are; a sentence does not. */
const shortestSentence = 40;

/**
 * All fields of a section or none: each with the numbers of the original and no other, every formula, quote, name and address in
 * its position, no markup that the original has not, and neither empty nor several times as long. A section of which nothing
 * changed was not translated.
 */
export function checkDraft(fields: readonly SaidField[]): CheckedDraft {
  const words: SectionWords = {};
  for (const { field, source, marked, said } of fields) {
    const clean = cleanText(said, field);
    const text = putBack(clean, marked.kept);
    const fault = text === undefined ? lostMark(clean, marked) : faultOf({ field, source, marked, clean, text });
    if (fault !== undefined || text === undefined)
      return { words: null, refused: `The ${fieldNames[field]} ${fault}.` };
    words[field] = text;
  }
  const isSame = fields.every(({ field, source }) => words[field] === source);
  const length = fields.reduce((sum, { marked }) => sum + marked.text.length, 0);
  if (isSame && length > shortestSentence)
    return { words: null, refused: 'It came back as it was sent, word for word.' };
  return { words: Object.fromEntries(sectionFields.flatMap((field) => (words[field] === undefined ? [] : [[field, words[field]]]))), refused: null }; // prettier-ignore
}

/** Lines are kept where paragraphs are. */
function cleanText(said: string, field: SectionField): string {
  if (field !== 'intro') return oneLine(said);
  return said.split('\n').map((line) => oneLine(line)).join('\n').trim(); // prettier-ignore
}

function lostMark(clean: string, { kept }: MarkedText): string {
  const lost = kept.find((_one, at) => !clean.includes(`[[${at + 1}]]`));
  return lost === undefined ? 'has a mark that was not given, or one twice' : `lost “${lost.slice(0, 80)}”`;
}

function faultOf({
  field,
  source,
  marked,
  clean,
  text,
}: {
  field: SectionField;
  source: string;
  marked: MarkedText;
  clean: string;
  text: string;
}): string | undefined {
  // prettier-ignore
  if (clean === '') return 'came back empty';
  if (clean.length > mostTimesLonger * marked.text.length + someCharacters) return 'is several times as long as the original'; // prettier-ignore
  const [of, has] = [numbersIn(source), numbersIn(text)];
  const [lost, more] = [missingNumbers(of, has)[0], missingNumbers(has, of)[0]];
  if (lost !== undefined) return `lost the number ${lost}`;
  if (more !== undefined) return `has the number ${more}, which the original has not`;
  if (tagsIn(clean) > tagsIn(marked.text)) return 'has HTML in it';
  const [low, sent] = [clean.toLowerCase(), marked.text.toLowerCase()];
  const foreign = ['http://', 'https://', 'http:', 'https:', '//', 'www.', 'mailto:', '```'].find((sign) => countOf(low, sign) > countOf(sent, sign)); // prettier-ignore
  if (foreign !== undefined) return `has “${foreign}” in it, which the original has not`;
  const isSameLinks = countOf(clean, '](') === countOf(marked.text, '](') && (field !== 'intro' || hasSameLinks(source, text)); // prettier-ignore
  return isSameLinks ? undefined : 'has other links than the original';
}

/** As readers get them: an address has many spellings, and a mark may be put back where it is no address any more. */
function hasSameLinks(source: string, text: string): boolean {
  const [of, has] = [introLinks(source).toSorted(), introLinks(text).toSorted()];
  return of.length === has.length && of.every((href, at) => href === has[at]);
}

/** "<" before a letter, a slash or an exclamation mark. */
function tagsIn(text: string): number {
  return text.split('<').slice(1).filter((rest) => rest[0] !== undefined && (rest[0].toLowerCase() !== rest[0].toUpperCase() || '/!'.includes(rest[0]))).length; // prettier-ignore
}

function countOf(text: string, part: string): number {
  return text.split(part).length - 1;
}
