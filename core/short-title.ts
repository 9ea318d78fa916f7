// A title -> the few words of it that say what it is about, for the subject and the contents of a letter; pure.
import { oneLine } from './one-line.ts';
import { texToText } from './tex/tex-to-text.ts';
import { collapseSpaces } from './text/collapse-spaces.ts';

/** Characters: two of these make a subject that a phone shows most of. */
const longest = 56;
/** A part of fewer characters says too little: "Part 2", "PRISM". */
const shortest = 16;
/** Where a title may end early without saying something else: how, with what and for what come behind. */
const hinges = new Set(
  'via using through with by for from under without towards toward in on at based when while where and rather'.split(
    ' ',
  ),
);
const partBreaks = /: | [–—|-] |(?<=[?!]) /;
/** "[R]", "Show HN:", "(ICML 2026)": what a list puts beside a title. */
const besides = /^(?:\[[^\]]{1,20}\] |(?:Show|Ask|Tell|Launch) HN: )|[([][^()[\]]{1,30}[)\]]$/g;

/**
 * The part of a title that names its matter, at most 56 characters, cut before a small word where it is too long, and between words
 * with "…" where there is none. "PRISM: Learning Design Knowledge from Data for Stylistic Design Improvement" is "Learning Design
 * Knowledge from Data".
 */
export function shortTitle(title: string): string {
  const whole = collapseSpaces(texToText(title).replace(besides, ''));
  if (whole.length <= longest) return bare(whole);
  const parts = whole.split(partBreaks).map((part) => part.trim());
  const telling = parts.filter((part) => part.length >= shortest);
  // A name in front of a colon says little alone; what is behind it explains it.
  const best = telling.find((part) => part.length <= longest && part.includes(' ')) ?? telling[0] ?? whole;
  return bare(best.length <= longest ? best : cut(best));
}

function cut(text: string): string {
  const words = text.split(' ');
  const lengthTo = (end: number): number => words.slice(0, end).join(' ').length;
  const fits = words.map((_, at) => at).filter((at) => lengthTo(at) <= longest);
  const hinge = fits.findLast((at) => hinges.has(words[at]!.toLowerCase()) && lengthTo(at) >= shortest);
  if (hinge !== undefined && !hinges.has(words[hinge - 1]!.toLowerCase())) return words.slice(0, hinge).join(' ');
  const end = fits.at(-1)!;
  // Half a character that is left behind goes, too.
  return end === 0 ? `${oneLine(text.slice(0, longest - 1))}…` : `${words.slice(0, end).join(' ')}…`;
}

/** Without a mark that would stand before a comma or a semicolon. */
function bare(text: string): string {
  return text.endsWith('.') || text.endsWith(',') || text.endsWith(';') ? text.slice(0, -1) : text;
}
