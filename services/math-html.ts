// Text with TeX formulas -> HTML with MathML, everything else escaped; the only place that knows Temml.
import { escapeUTF8 } from 'entities';
import sanitizeHtml from 'sanitize-html';
import temml from 'temml';
import { formulas, texToText } from '../core/tex-to-text.ts';

/** MathML Core, without what links, runs or embeds; no style and no class, which the content security policy would refuse. */
const allowedTags = [
  'math', 'mi', 'mn', 'mo', 'ms', 'mtext', 'mspace', 'mrow', 'mfrac', 'msqrt', 'mroot', 'msub', 'msup', 'msubsup',
  'munder', 'mover', 'munderover', 'mmultiscripts', 'mprescripts', 'mtable', 'mtr', 'mtd', 'mpadded', 'mphantom',
]; // prettier-ignore
const allowedAttributes = {
  '*': ['display', 'fence', 'form', 'stretchy', 'separator', 'lspace', 'rspace', 'width', 'linethickness', 'accent'],
};
/** A formula longer than this is no part of a sentence, and a macro in it may grow without end. */
const longest = 1_000;

/** Escaped text in which formulas are MathML; one that Temml cannot read is shown as `texToText` reads it. */
export function mathHtml(text: string): string {
  let html = '';
  let from = 0;
  for (const match of text.matchAll(formulas)) {
    html += escapeUTF8(texToText(text.slice(from, match.index)));
    html += formulaHtml(match[1]!) ?? escapeUTF8(texToText(match[0]));
    from = match.index + match[0].length;
  }
  return html + escapeUTF8(texToText(text.slice(from)));
}

function formulaHtml(tex: string): string | undefined {
  if (tex.length > longest) return undefined;
  try {
    const rendered = temml.renderToString(tex, { throwOnError: true, trust: false, maxExpand: 100 });
    // What Temml does not know it shows in red.
    if (rendered.includes('temml-error') || rendered.includes('#b22222')) return undefined;
    return sanitizeHtml(rendered, { allowedTags, allowedAttributes, disallowedTagsMode: 'discard' });
  } catch {
    return undefined;
  }
}
