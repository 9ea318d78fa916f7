// The deadlines of the weeks to come -> a part of the letter each, of which every reader gets those of their subjects.
import { withoutControls } from '../html-text.ts';
import type { Templates } from '../templates.ts';
import { foldText } from './fold-text.ts';
import { deadlinePart, type LetterDeadline } from './letter-deadlines.ts';
import { deadlineText } from './letter-text.ts';
import { safeHref } from './safe-href.ts';

/** Nothing where there are none. */
export function compileDeadlines(templates: Templates, deadlines: readonly LetterDeadline[] = []) {
  return Promise.all(
    deadlines.map(async (deadline, place) => {
      const shown = { ...deadline, href: deadline.href && safeHref(deadline.href) };
      const folded = { ...shown, title: foldText(shown.title), detail: foldText(shown.detail) };
      const html = withoutControls(await templates.mailFragment('deadline', folded));
      return { part: deadlinePart(place, deadline), html, text: deadlineText(shown) };
    }),
  );
}
