// The templates of a letter's contents -> two parts: a row, and the line of what the issue has nothing on.
import { withoutControls } from '../html-text.ts';
import type { Templates } from '../templates.ts';
import type { SlotName } from './letter-slots.ts';

/** In plain text each is a line, which is filled as a whole. */
export function compileContents(templates: Templates, mark: (slot: SlotName) => string) {
  const row = { anchor: mark('anchor'), name: mark('name'), what: mark('what'), count: mark('count') };
  const compile = async (part: 'contents-row' | 'contents-unmet') => {
    return { part, html: withoutControls(await templates.mailFragment(part, row)), text: `${mark('what')}\n` };
  };
  return Promise.all([compile('contents-row'), compile('contents-unmet')]);
}
