// HTML of words, emphasis and links, which is most of what feeds say -> the same as the sanitiser makes of it, ten times as fast; pure.

/** Text, an escaped character, a tag without attributes, or a link: nothing else is taken this way. */
const token = /[^<>&\r]+|&(?:amp|lt|gt);|<(\/?)(p|b|strong|i|em|a)>|<a href="([^"<>&]*)">|<br ?\/?>/y;
/** Far below the sanitiser's limit, and deeper than words are emphasised. */
const maxOpen = 8;

/**
 * The clean form of HTML in which every tag is known, closed in order, and a paragraph is never inside another element;
 * undefined for any other. `cleanLink` gives the address of a link, or undefined for one that may not stay.
 */
export function cleanPlainHtml(html: string, cleanLink: (href: string) => string | undefined): string | undefined {
  const open: string[] = [];
  let clean = '';
  let kept = 0;
  token.lastIndex = 0;
  while (token.lastIndex < html.length) {
    const at = token.lastIndex;
    const found = token.exec(html);
    if (!found) return undefined;
    const [whole, slash, simple, href] = found;
    const name = href === undefined ? simple : 'a';
    if (slash) {
      if (open.pop() !== name) return undefined;
    } else if (name !== undefined) {
      if (open.length >= maxOpen || (open.length > 0 && (name === 'p' || open.includes(name)))) return undefined;
      open.push(name);
    }
    const rewritten = href === undefined ? (whole.startsWith('<br') ? '<br />' : whole) : linkTo(cleanLink(href));
    if (rewritten === whole) continue;
    if (rewritten === undefined) return undefined;
    clean += html.slice(kept, at) + rewritten;
    kept = token.lastIndex;
  }
  return open.length > 0 ? undefined : clean + html.slice(kept);
}

function linkTo(address: string | undefined): string | undefined {
  if (address === undefined) return '<a>';
  // What would have to be escaped is left to whoever knows how.
  return /["<>&]/.test(address) ? undefined : `<a href="${address}">`;
}
