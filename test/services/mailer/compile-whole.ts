// A content -> every part of its letter, whoever gets what: the frame and all cards.
import { hashContent } from '../../../core/content-hash.ts';
import { compileCards, compileFrame, type LetterOrigin, type LetterPart } from '../../../core/letter/letter.ts';
import type { IssueContent } from '../../../core/store/issue-content.ts';
import type { Templates } from '../../../core/templates.ts';

/** The parts of the content, marked by its own hash. */
export async function compileWhole(
  templates: Templates,
  content: IssueContent,
  origin: LetterOrigin,
): Promise<LetterPart[]> {
  const signed = { content, contentHash: hashContent(content) };
  return [
    ...(await compileFrame(templates, signed, origin)),
    ...(await compileCards(templates, { ...signed, cards: content.cards }, origin)),
  ];
}
