// The HTML of a letter -> what a reader could not read or name in it: contrast (WCAG 2, 1.4.3), names (4.1.2), alternative texts; pure.
import { parseHTML } from 'linkedom';
import { contrast } from '../contrast.ts';

/** What is used of an element; the types of linkedom want those of a browser. */
interface Element {
  textContent: string | null;
  parentElement: Element | null;
  childNodes: Iterable<{ nodeType: number; textContent: string | null }>;
  getAttribute: (name: string) => string | null;
  matches: (selector: string) => boolean;
  querySelectorAll: (selector: string) => Iterable<Element>;
}

/** What stands in the way of readers, each said once. */
export interface LetterTroubles {
  /** "#777777 on #ffffff (4.48): Words" */
  pale: string[];
  /** Links and pictures that nothing names. */
  nameless: string[];
}

/** Of large words less contrast is asked: from 24 px, or 18.66 px in bold. */
const [leastContrast, leastOfLarge, largePx, largeBoldPx] = [4.5, 3, 24, 18.66];

/** Looks at every word and link. Colours are what the letter's own styles say, as mail readers take them; in the dark classes say others. */
export function lookThrough(html: string): LetterTroubles {
  const { document } = parseHTML(html) as unknown as { document: Element };
  const pale = new Set<string>();
  const nameless = new Set<string>();
  for (const element of document.querySelectorAll('body *')) {
    if (isHidden(element)) continue;
    if (element.matches('a[href]') && nameOf(element) === '') nameless.add(element.getAttribute('href') ?? '');
    const words = [...element.childNodes].filter(({ nodeType }) => nodeType === 3).map(({ textContent }) => textContent ?? '').join(' ').trim(); // prettier-ignore
    const found = words === '' || element.matches('style, script, title') ? undefined : contrastOf(element);
    if (found && found.contrast < found.least) pale.add(`${found.ink} on ${found.paper} (${found.contrast.toFixed(2)}): ${words.slice(0, 40)}`); // prettier-ignore
  }
  return { pale: [...pale], nameless: [...nameless] };
}

function nameOf(element: Element): string {
  const pictures = [...element.querySelectorAll('img[alt]')].map((picture) => picture.getAttribute('alt') ?? '');
  return [element.textContent ?? '', element.getAttribute('aria-label') ?? '', ...pictures].join('').trim();
}

/** Itself or what it stands in: preheaders and traps are there for programs. */
function isHidden(element: Element): boolean {
  return nearest(element, (one) => (hiding.some((how) => `;${styleOf(one)}`.includes(how)) ? '' : undefined)) !== undefined; // prettier-ignore
}

const hiding = [';display:none', ';font-size:0', ';max-height:0'];

function contrastOf(element: Element) {
  const ink = nearest(element, (one) => colourOf(one, 'color')) ?? '#000000';
  const paper = nearest(element, (one) => colourOf(one, 'background-color') ?? colourOf(one, 'background') ?? one.getAttribute('bgcolor') ?? undefined) ?? '#ffffff'; // prettier-ignore
  const px = Number.parseFloat(nearest(element, (one) => valueOf(one, 'font-size')) ?? '16');
  const isBold = Number(nearest(element, (one) => valueOf(one, 'font-weight')) ?? (element.matches('b, strong, th') ? 700 : 400)) >= 700; // prettier-ignore
  const least = px >= largePx || (isBold && px >= largeBoldPx) ? leastOfLarge : leastContrast;
  return { ink, paper, least, contrast: contrast(ink, paper) };
}

function nearest(element: Element, find: (one: Element) => string | undefined): string | undefined {
  for (let one: Element | null = element; one; one = one.parentElement) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Each style is read by everything that stands in its element. */
const styles = new WeakMap<Element, string>();

function styleOf(element: Element): string {
  const known = styles.get(element) ?? (element.getAttribute('style') ?? '').split(' ').join('').toLowerCase();
  styles.set(element, known);
  return known;
}

function valueOf(element: Element, name: string): string | undefined {
  const found = styleOf(element).split(';').find((one) => one.startsWith(`${name}:`)); // prettier-ignore
  return found?.slice(name.length + 1);
}

/** Six or three hexadecimal digits; names and the like are not in our letters. */
function colourOf(element: Element, name: string): string | undefined {
  const value = valueOf(element, name);
  if (!value?.startsWith('#')) return undefined;
  const digits = value.slice(1).split('!')[0]!;
  return digits.length === 3 ? `#${digits.split('').map((digit) => digit + digit).join('')}` : `#${digits.slice(0, 6)}`; // prettier-ignore
}
