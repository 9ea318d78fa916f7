// The cards of an issue that went out -> the same, with what became of a paper since: the content stays as it was approved.
import type { Queryable } from '../core/db.ts';
import { withdrawnMark } from '../core/letter/item-marks.ts';
import type { Card } from '../core/store/issue-content.ts';
import { withdrawnAmong } from '../core/store/withdrawals.ts';

/** Marks those whose paper was taken back by its authors. */
export async function markWithdrawn<Content extends { cards: Card[] }>(
  db: Queryable,
  content: Content,
): Promise<Content> {
  const ids = content.cards.map(({ storyId }) => storyId);
  return { ...content, cards: markCards(content.cards, await withdrawnAmong(db, ids)) };
}

/** The same for cards of which it is known already whose paper was taken back, by the ids of their stories. */
export function markCards(cards: readonly Card[], withdrawn: ReadonlySet<number>): Card[] {
  return cards.map((card) =>
    withdrawn.has(card.storyId) && !card.marks?.includes(withdrawnMark)
      ? { ...card, marks: [withdrawnMark, ...(card.marks ?? [])] }
      : card,
  );
}
