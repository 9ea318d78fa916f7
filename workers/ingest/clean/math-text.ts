// MathML in HTML -> the text of its formulas: by the TeX it was made from where it says so, else token by token; pure.
import { decodeHTML } from 'entities';
import { parseDocument } from 'htmlparser2';
import { readFormula } from '../../../core/tex/read-tex.ts';
import { lower, raise } from '../../../core/tex/scripts.ts';
import { escapeText } from './escape-text.ts';
import { collapseSpaces } from '../../../core/text/collapse-spaces.ts';

type Node = ReturnType<typeof parseDocument>['children'][number];
type Element = Extract<Node, { attribs: unknown }>;

/** A longer one is no formula, and neither is one that is nested deeper. */
const longest = 50_000;
const deepest = 60;

/** HTML in which every `<math>`, and every script of TeX, is the text it shows. */
export function mathToText(html: string): string {
  let out = '';
  let from = 0;
  const begin = new RegExp(formulaBegin);
  for (let found = begin.exec(html); found; found = begin.exec(html)) {
    const end = new RegExp(found[1] === undefined ? mathEnd : scriptEnd);
    end.lastIndex = found.index;
    if (!end.test(html)) break;
    const source = html.slice(found.index, end.lastIndex);
    const before = html.slice(from, found.index);
    out += found[1] === undefined ? before : before.replace(preview, '');
    out += source.length > longest ? '' : escapeText(found[1] === undefined ? formulaIn(source) : texIn(source));
    from = end.lastIndex;
    begin.lastIndex = from;
  }
  return out + html.slice(from);
}

/** MathML, also under a prefix as journals write it, and the TeX that MathJax is given as a script. */
const formulaBegin = /<(?:(?:\w{1,10}:)?math(?=[\s>])|(script)\s[^<>]{0,100}\bmath\/tex\b[^<>]{0,100}>)/gi;
const mathEnd = /<\/(?:\w{1,10}:)?math>/gi;
const scriptEnd = /<\/script>/gi;
/** What is shown until MathJax has read the script behind it. */
const preview = /<span class="MathJax_Preview">[^<>]{0,2000}<\/span>\s{0,9}$/i;

function texIn(script: string): string {
  return readFormula(decodeHTML(script.slice(script.indexOf('>') + 1, script.lastIndexOf('<'))));
}

function formulaIn(source: string): string {
  const math = source.replace(/<(\/?)\w{1,10}:(?=m|s|a)/gi, '<$1');
  const { children } = parseDocument(math, { xmlMode: false, lowerCaseTags: true });
  const root = children.find((node): node is Element => 'attribs' in node);
  if (!root) return '';
  const tex = annotationIn(root, 0) ?? root.attribs['alttext'];
  const text = tex === undefined ? partText(root, 0) : readFormula(tex);
  return collapseSpaces(text);
}

function annotationIn(element: Element, depth: number): string | undefined {
  if (depth > deepest) return undefined;
  for (const child of elementsOf(element)) {
    const { encoding = '' } = child.attribs;
    if (child.name === 'annotation' && /tex/i.test(encoding)) return wordsOf(child);
    const inner = annotationIn(child, depth + 1);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function elementsOf(element: Element): Element[] {
  return element.children.filter((node): node is Element => 'attribs' in node);
}

function wordsOf(element: Element): string {
  return element.children.map((node) => ('data' in node ? node.data : '')).join('');
}

/** Operators that stand between two things. */
const between = /^(?:[=<>≤≥≠≈≡∼≃≅∝∈∉⊂⊆⊃⊇→←↔⇒⇔↦×·±∓∪∩∧∨⊕⊗+]|&[lg]t;|:=)$/;
/** Marks over or under a thing, which a line of text does without. */
const marks = /^(?:[\s¯‾^ˆ~˜→˙¨ˇ_⏞⏟︷︸]|\u20d7)*$/;

function partText(element: Element, depth: number): string {
  if (depth > deepest) return '';
  const parts = elementsOf(element);
  const part = (at: number) => (parts[at] ? partText(parts[at], depth + 1).trim() : '');
  const all = (separator = '') => parts.map((child) => partText(child, depth + 1)).join(separator);
  switch (element.name) {
    case 'mi':
    case 'mn':
    case 'mtext':
    case 'ms':
      return wordsOf(element);
    case 'mo':
      return operator(
        wordsOf(element)
          .replace(/[\u2061-\u2064]/g, '')
          .trim(),
      );
    case 'mfrac':
      return `${unit(part(0))}/${unit(part(1))}`;
    case 'msqrt':
      return `√${unit(all().trim())}`;
    case 'mroot':
      return `${raise(part(1))}√${unit(part(0))}`;
    case 'msup':
    case 'mover':
      return part(0) + (element.name === 'mover' && marks.test(part(1)) ? '' : raise(part(1)));
    case 'msub':
    case 'munder':
      return part(0) + (element.name === 'munder' && marks.test(part(1)) ? '' : lower(part(1)));
    case 'msubsup':
    case 'munderover':
      return part(0) + lower(part(1)) + raise(part(2));
    case 'mtable':
      return all('; ');
    case 'mtr':
      return all(', ');
    case 'mspace':
      return ' ';
    case 'semantics':
      return part(0);
    case 'annotation':
    case 'annotation-xml':
    case 'mphantom':
      return '';
    default:
      return all();
  }
}

function operator(sign: string): string {
  return between.test(sign) ? ` ${sign} ` : /^[,;]$/.test(sign) ? `${sign} ` : sign;
}

function unit(text: string): string {
  return /^[^\s+\-−/=,]*$/.test(text) ? text : `(${text})`;
}
