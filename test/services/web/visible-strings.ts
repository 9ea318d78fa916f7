// What somebody sees or hears of a page: its texts, and the attributes that are read out.
import { parseHTML } from 'linkedom';

const heard = ['aria-label', 'alt', 'placeholder', 'title', 'data-says', 'data-slider'];

/** Each once, blanks folded. */
function visibleStrings(html: string): Set<string> {
  const { document } = parseHTML(html);
  const found = new Set<string>();
  const add = (text: string | null | undefined): void => {
    // What stands around a name is no word, and a number is the same everywhere.
    const folded = text?.replace(/\s+/g, ' ').replace(/^[\s:·]+|[\s:·]+$/g, '').replace(/\d+/g, '#'); // prettier-ignore
    if (folded) found.add(folded);
  };
  for (const element of document.querySelectorAll('*')) {
    if (['SCRIPT', 'STYLE', 'CODE'].includes(element.tagName)) continue;
    for (const name of heard) add(element.getAttribute(name));
    let text = '';
    for (const node of element.childNodes) {
      // A text is several nodes where it has entities.
      if (node.nodeType === 3) text += node.textContent;
      else {
        add(text);
        text = '';
      }
    }
    add(text);
  }
  return found;
}

/** Of two pages that say the same in two languages, what both say in the same words, unless it is content or has no word in it. */
export function leftovers(html: string, inEnglish: string, content: ReadonlySet<string>): string[] {
  const own = visibleStrings(html);
  const shared = [...visibleStrings(inEnglish)].filter((text) => own.has(text));
  return shared.filter((text) => /\p{L}{3}/u.test(text) && !text.split(' · ').every((part) => content.has(part)));
}
