// The cards of an issue that went out -> the same, with what became of a paper since: the content stays as it was approved.
import type { Queryable } from '../core/db.ts';
import { withdrawnMark } from '../core/item-marks.ts';
import type { Card } from '../core/store/issue-content.ts';
import { withdrawnAmong } from '../core/store/withdrawals.ts';

/** Marks those whose paper was taken back by its authors. */
export async function markWithdrawn<Content extends { cards: Card[] }>(
  db: Queryable,
  content: Content,
): Promise<Content> {
  const ids = content.cards.map(({ storyId }) => storyId);
  const withdrawn = await withdrawnAmong(db, ids);
  const cards = content.cards.map((card) =>
    withdrawn.has(card.storyId) ? { ...card, marks: [withdrawnMark, ...(card.marks ?? [])] } : card,
  );
  return { ...content, cards };
}
