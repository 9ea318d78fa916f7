// What is pressed and smaller than 24 by 24 px (WCAG 2.2, 2.5.8), without the criterion's exception for space around it: a desk is full. Runs in the page itself.
import type { Page } from 'playwright-core';

/** One line for each; links within a sentence have the height of its line, points of a map their list beside it. */
export async function smallTargetsOn(page: Page): Promise<string[]> {
  return page.evaluate(findSmall);
}

function findSmall(): string[] {
  /* eslint-disable @typescript-eslint/no-explicit-any -- the DOM has no types here */
  const { document, getComputedStyle } = globalThis as any;
  const least = 23.5;
  /** A box that is ticked is ticked by its label, too. */
  const sizeOf = (target: any): { width: number; height: number } => {
    const own = target.getBoundingClientRect();
    const label = target.matches('[type="checkbox"], [type="radio"]') ? target.labels[0]?.getBoundingClientRect() : undefined; // prettier-ignore
    return label ? { width: Math.max(own.width, label.width), height: Math.max(own.height, label.height) } : own;
  };
  const isInline = (element: any): boolean => getComputedStyle(element).display === 'inline';
  const hasWords = (node: any): boolean => {
    if (node.nodeType === 3) return /\p{L}/u.test(node.data);
    return node.nodeType === 1 && isInline(node) && !node.matches('a, button, form, .visually-hidden') && [...node.childNodes].some(hasWords); // prettier-ignore
  };
  const isInSentence = (target: any): boolean => {
    if (target.localName !== 'a' || !isInline(target)) return false;
    let block = target.parentElement;
    while (isInline(block)) block = block.parentElement;
    return [...block.childNodes].some(hasWords);
  };
  return [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
    .filter((target) => target.checkVisibility({ visibilityProperty: true }))
    .filter((target) => !target.matches('.skip, .visually-hidden, :disabled, svg *'))
    .filter((target) => {
      const { width, height } = sizeOf(target);
      return (width < least || height < least) && !isInSentence(target);
    })
    .map((target) => {
      const { width, height } = sizeOf(target);
      return `${Math.round(width)} by ${Math.round(height)} px <${target.localName} class="${target.className}"> "${(target.textContent.trim() || target.name).slice(0, 40)}"`;
    });
}
