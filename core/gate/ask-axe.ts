// The letter and the page of an issue -> what axe-core finds against them, without a browser; for a thread: it takes a second and 40 MB.
import axe from 'axe-core';
import { Window } from 'happy-dom';

/** What one rule found. */
export interface AxeFinding {
  where: 'letter' | 'page';
  /** "heading-order", by which its page at dequeuniversity.com is found. */
  rule: string;
  /** What the rule asks, in its own words. */
  asks: string;
  /** The first element that breaks it, cut, and how many there are. */
  first: string;
  count: number;
}

/** What can be said of markup that nobody laid out. Contrast is looked at by `lookThrough`, links of the letter too. */
const rules = [
  'image-alt', 'input-image-alt', 'role-img-alt', 'svg-img-alt', 'object-alt', 'area-alt', 'frame-title', 'link-name', 'button-name', 'label',
  'document-title', 'html-has-lang', 'html-lang-valid', 'valid-lang', 'heading-order', 'empty-heading', 'list', 'listitem', 'dlitem',
  'definition-list', 'th-has-data-cells', 'td-headers-attr', 'aria-allowed-attr', 'aria-roles', 'aria-required-attr', 'aria-valid-attr',
  'aria-valid-attr-value', 'aria-hidden-focus', 'duplicate-id-aria', 'nested-interactive',
]; // prettier-ignore
const shownCharacters = 120;

/** Looks at both, one after the other: axe-core does one document at a time. Neither runs a script or loads anything. */
export async function askAxe(documents: Record<AxeFinding['where'], string>): Promise<AxeFinding[]> {
  return [...(await look('letter', documents.letter)), ...(await look('page', documents.page))];
}

async function look(where: AxeFinding['where'], html: string): Promise<AxeFinding[]> {
  const settings = { disableJavaScriptFileLoading: true, disableCSSFileLoading: true, disableIframePageLoading: true };
  const window = new Window({ settings });
  try {
    window.document.write(html);
    const root = window.document.documentElement as unknown as axe.ElementContext;
    const options = { resultTypes: ['violations' as const], iframes: false, preload: false };
    const { violations } = await axe.run(root, { ...options, runOnly: { type: 'rule', values: rules } });
    return violations.map(({ id, help, nodes }) => ({ where, rule: id, asks: help, first: nodes[0]?.html.slice(0, shownCharacters) ?? '', count: nodes.length })); // prettier-ignore
  } finally {
    await window.happyDOM.close();
  }
}
