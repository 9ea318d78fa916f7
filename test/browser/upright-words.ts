// Words whose letters stand below each other since their column is narrower than they are. Runs in the page itself, scrolling panes included.
import type { Page } from 'playwright-core';

/** One line for each such text of the page as it is shown now, ten at most. */
export async function uprightWordsOn(page: Page): Promise<string[]> {
  return page.evaluate(findUprightWords);
}

function findUprightWords(): string[] {
  /* eslint-disable @typescript-eslint/no-explicit-any -- the DOM has no types here */
  const { document, NodeFilter } = globalThis as any;
  const found: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement.checkVisibility()) continue;
    // Chinese and its kin may break anywhere.
    for (const { 0: word, index } of node.data.matchAll(
      /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]{3,}/gu,
    )) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const lines = new Set([...range.getClientRects()].map(({ top }: any) => Math.round(top))).size;
      // Fewer than three characters a line.
      if (lines > 1 && word.length < 3 * lines)
        found.push(`stands upright: "${word}" of "${node.data.trim().slice(0, 40)}"`);
    }
  }
  return found.slice(0, 10);
}
