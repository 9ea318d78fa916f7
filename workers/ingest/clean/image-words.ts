// Images that stand for words (emoji, formulas that a blog has drawn) -> those words; pure. All other images say nothing here.
import { decodeHTML } from 'entities';
import { readFormula } from '../../../core/tex/read-tex.ts';
import { escapeText } from './escape-text.ts';

const image = /<img\s[^<>]{1,2000}>/gi;
const emojiClass = /(?:^|[\s"'])(?:emoji|emojione|twemoji|wp-smiley)(?:[\s"']|$)/i;
/** The classes of WordPress, Wikipedia and others, and the services that draw. */
const formulaClass = /(?:^|[\s"'])(?:latex|tex|math|mwe-math\S{0,60})(?:[\s"']|$)/i;
const drawn =
  /^(?:https?:)?\/\/(?:[\w.-]{1,60}\/latex\.php|latex\.codecogs\.com\/|render\.githubusercontent\.com\/render\/math)/i;
const onlyEmoji = /^(?:\p{Extended_Pictographic}|\p{Emoji_Component}){1,12}$/u;

/** HTML in which such images are their words; one that repeats the MathML before it goes. */
export function imagesToWords(html: string): string {
  if (!/<img\s/i.test(html)) return html;
  return html.replace(image, (tag: string, at: number) => {
    const alt = attribute(tag, 'alt');
    if (alt === '') return tag;
    const kind = attribute(tag, 'class');
    if (emojiClass.test(kind) || (onlyEmoji.test(alt) && !/^[\d#*]+$/.test(alt))) return escapeText(alt);
    if (!formulaClass.test(kind) && !drawn.test(attribute(tag, 'src'))) return tag;
    const words = readFormula(alt.replace(/^\s*(?:\$|\\\(|\\\[)|(?:\$|\\\)|\\\])\s*$/g, ''));
    const before = html
      .slice(Math.max(0, at - 200), at)
      .replace(/<[^<>]{0,100}>/g, '')
      .trimEnd();
    return before.endsWith(words) && /mwe-math/i.test(kind) ? '' : escapeText(words);
  });
}

function attribute(tag: string, name: string): string {
  const found = new RegExp(`\\s${name}\\s?=\\s?(?:"([^"]*)"|'([^']*)')`, 'i').exec(tag);
  return decodeHTML(found?.[1] ?? found?.[2] ?? '').trim();
}
