// What does not fit on a page: what makes it scroll sideways, text outside its window or its box, text on text, and words without room. Runs in the page itself.
import type { Page } from 'playwright-core';
import { uprightWordsOn } from './upright-words.ts';

/** One line for each fault of the page as it is shown now, ten of a kind at most. */
export async function faultsOn(page: Page): Promise<string[]> {
  return [...(await page.evaluate(findFaults)), ...(await uprightWordsOn(page))];
}

/** What is used of the page's globals; types of the DOM are not among those of Node. */
interface Shown {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function findFaults(): string[] {
  /* eslint-disable @typescript-eslint/no-explicit-any -- the DOM has no types here */
  const { document, innerWidth, getComputedStyle, NodeFilter } = globalThis as any;
  const faults: string[] = [];
  const excess = document.documentElement.scrollWidth - innerWidth;
  if (excess > 0) faults.push(`scrolls ${excess} px sideways`);
  const named = (element: any): string => `<${element.localName} class="${element.className}"> "${String(element.textContent).trim().slice(0, 40)}"`; // prettier-ignore
  const isHidden = (element: any): boolean => {
    // Of closed details too, whose text has a place all the same.
    if (!element.checkVisibility()) return true;
    for (let one = element; one; one = one.parentElement) {
      const { clipPath, clip, visibility, overflowX, position } = getComputedStyle(one);
      if (visibility === 'hidden' || clipPath !== 'none' || clip !== 'auto' || one.localName === 'svg' || one.localName === 'math') return true; // prettier-ignore
      // What scrolls or is cut by itself may be wider; what lies over the page is meant to.
      if (one !== document.body && one !== document.documentElement && (overflowX !== 'visible' || position === 'absolute' || position === 'fixed' || position === 'sticky')) return true; // prettier-ignore
    }
    return false;
  };
  const texts: { element: any; rects: Shown[] }[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (node.data.trim() === '' || ['SCRIPT', 'STYLE', 'OPTION', 'TEXTAREA'].includes(element.tagName) || isHidden(element)) continue; // prettier-ignore
    const range = document.createRange();
    range.selectNodeContents(node);
    texts.push({ element, rects: [...range.getClientRects()].filter(({ width, height }: any) => width > 1 && height > 1) }); // prettier-ignore
  }
  for (const { element, rects } of texts) {
    const block = element.closest('p, li, h1, h2, h3, h4, td, th, dd, dt, label, button, figure, div') ?? element;
    const box = block.getBoundingClientRect();
    if (rects.some(({ left, right }) => left < -1 || right > innerWidth + 1))
      faults.push(`beside the window: ${named(element)}`); // prettier-ignore
    else if (rects.some(({ right }) => right > box.right + 2)) faults.push(`wider than its box: ${named(element)}`);
  }
  const all = texts.flatMap(({ element, rects }) => rects.map((rect) => ({ element, rect }))).toSorted((a, b) => a.rect.top - b.rect.top); // prettier-ignore
  for (let at = 0; at < all.length; at++) {
    const one = all[at]!;
    for (let next = at + 1; next < all.length && all[next]!.rect.top < one.rect.bottom - 3; next++) {
      const other = all[next]!;
      const across = Math.min(one.rect.right, other.rect.right) - Math.max(one.rect.left, other.rect.left);
      const down = Math.min(one.rect.bottom, other.rect.bottom) - Math.max(one.rect.top, other.rect.top);
      // Lines of one text may touch where its marks reach up and down.
      const least = 0.5 * Math.min(one.rect.bottom - one.rect.top, other.rect.bottom - other.rect.top);
      if (across > 3 && down > least) faults.push(`on each other: ${named(one.element)} and ${named(other.element)}`);
    }
  }
  return faults.slice(0, 10);
}
