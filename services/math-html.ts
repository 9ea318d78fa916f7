// Text with TeX formulas -> HTML with MathML, everything else escaped; the only place that knows Temml.
import { escapeUTF8 } from 'entities';
import sanitizeHtml from 'sanitize-html';
import temml from 'temml';
import { texToText } from '../core/tex/tex-to-text.ts';

/** MathML Core, without what links, runs or embeds; no style and no class, which the content security policy would refuse. */
const allowedTags = [
  'math', 'mi', 'mn', 'mo', 'ms', 'mtext', 'mspace', 'mrow', 'mfrac', 'msqrt', 'mroot', 'msub', 'msup', 'msubsup',
  'munder', 'mover', 'munderover', 'mmultiscripts', 'mprescripts', 'mtable', 'mtr', 'mtd', 'mpadded', 'mphantom',
]; // prettier-ignore
const allowedAttributes = {
  '*': [
    'display',
    'fence',
    'form',
    'stretchy',
    'separator',
    'lspace',
    'rspace',
    'width',
    'linethickness',
    'accent',
    'mathvariant',
  ],
};
/** A formula longer than this is no part of a sentence, and a macro in it may grow without end. */
const longest = 1_000;
/** Characters of a formula that are seen: it does not break at the end of a line, and a page is some 90 wide. */
const widest = 120;
/** Of a formula in a sentence; nesting makes a page as high as it likes, and Temml's stack deep. */
const deepest = 12;
/** Of one text: 0.1 to 1 ms each. */
const mostFormulas = 100;
/** What moves, stretches or defines has no use in a sentence; written with a length or a loop it makes a page endless. */
const refused =
  /\\(?:[hv]space|[hm]?kern|[hm]skip|mskip|rule|raisebox|fontsize|def|gdef|edef|xdef|let|futurelet|global|long|newcommand|renewcommand|providecommand|expandafter|csname|char|genfrac|above|abovewithdelims|resizebox|scalebox|rotatebox|includegraphics|href|url|htmlId|htmlData|tag|Huge|huge|LARGE)(?![A-Za-z])|\\\\\s?\[/;
/** Lengths that Temml itself writes are below 2 em. */
const longestEm = 2;
const widestSpaceEm = 10;

/** Escaped text in which formulas are MathML; one that Temml cannot read, or that would burst the page, is shown as text. */
export function mathHtml(text: string): string {
  const rendered: string[] = [];
  const marked = texToText(text.replaceAll(mark, ''), (tex, source) => {
    const html = rendered.length < mostFormulas ? formulaHtml(tex) : undefined;
    rendered.push(html ?? escapeUTF8(refused.test(tex) ? source : texToText(source)));
    return `${mark}${rendered.length - 1}${mark}`;
  });
  return marked
    .split(mark)
    .map((part, at) => (at % 2 === 0 ? escapeUTF8(part) : rendered[Number(part)]!))
    .join('');
}

/** Stands on both sides of a formula's number while the rest is escaped; a control character, so in no stored text. */
const mark = '\u0001';

function formulaHtml(tex: string): string | undefined {
  if (tex.length > longest || refused.test(tex) || depthOf(tex) > deepest) return undefined;
  try {
    const rendered = temml.renderToString(tex, { throwOnError: true, trust: false, maxExpand: 100 });
    // What Temml does not know it shows in red.
    if (rendered.includes('temml-error') || rendered.includes('#b22222')) return undefined;
    const html = sanitizeHtml(rendered, { allowedTags, allowedAttributes, disallowedTagsMode: 'discard' });
    return fitsInALine(html) ? html : undefined;
  } catch {
    return undefined;
  }
}

function depthOf(tex: string): number {
  let [depth, most] = [0, 0];
  for (const character of tex) {
    if (character === '{' || character === '[') most = Math.max(most, ++depth);
    else if (character === '}' || character === ']') depth--;
  }
  // A chain of commands without braces nests as well: `\sqrt\sqrt\sqrt x`.
  return Math.max(most, /(?:\\[A-Za-z]{3,20}\s?){13}/.test(tex) ? Infinity : 0);
}

function fitsInALine(html: string): boolean {
  if (html.replace(/<[^<>]*>/g, '').length > widest || html.split('<mtr>').length > 12) return false;
  let spaces = 0;
  for (const [, name, number, unit] of html.matchAll(
    / (width|lspace|rspace|linethickness)="([-+]?[\d.]+)([a-z%]*)"/g,
  )) {
    const ems = Math.abs(Number(number)) * (emOf.get(unit!) ?? Infinity);
    if (!(ems <= longestEm)) return false;
    if (name === 'width') spaces += ems;
  }
  return spaces <= widestSpaceEm;
}

const emOf = new Map([['em', 1], ['ex', 0.5], ['pt', 0.1], ['px', 0.07], ['mu', 1 / 18], ['', 0], ['%', 0.01]]); // prettier-ignore
