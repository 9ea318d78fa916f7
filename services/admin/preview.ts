// An issue -> the letter one reader would get, before anything is approved or sent.
import { setTimeout } from 'node:timers/promises';
import { digest } from '../../core/digest.ts';
import { compileCards, compileFrame, type LetterPart } from '../../core/letter.ts';
import { loadIssueContent, type IssueContent } from '../../core/store/issue-content.ts';
import type { Issue } from '../../core/store/issues.ts';
import { withPooled } from '../../core/store/letter-content.ts';
import { picksOf, proofReaders, unmetInterests, type RankedContent, type Pick } from '../../core/store/picks.ts';
import { listActiveReaders } from '../../core/store/readers.ts';
import { loadSettings } from '../../core/store/settings.ts';
import type { LetterReader } from '../mailer/letter-values.ts';
import { preparePreview } from '../mailer/personal-letter.ts';
import type { ChosenStory } from '../mailer/reading-order.ts';
import type { Room } from '../room.ts';

/** How many stories somebody gets who has not said how many they want, as the readers table says. */
const newcomerLength = 12;

/** What shows the letter of a reader. */
export type PreviewLetter = ReturnType<typeof createPreview>;

/** Returns a function from an issue and a reader's id to their letter, with the picks that the ranker has for them now. */
export function createPreview({ house, links, templates }: Room) {
  const { db, config } = house;
  // MJML takes some hundred milliseconds, and a curator looks at the same content as many readers.
  let last: { contentHash: string; publication: string; frame: Promise<LetterPart[]> } | undefined;

  return async function previewLetter(
    issue: Issue,
    { readerId, showsAddress, length }: { readerId: number | undefined; showsAddress: boolean; length?: number },
  ): Promise<{ html: string; text: string }> {
    const content = issue.content ?? (await loadIssueContent(db, issue.id));
    const { publication, postalAddress } = await loadSettings(db);
    const contentHash = digest(content);
    const origin = { publication, links, direct: true };
    if (last?.contentHash !== contentHash || last.publication !== publication) {
      last = { contentHash, publication, frame: compileFrame(templates, { content, contentHash }, origin) };
    }
    const reader = await readerFor({ issueId: issue.id, content, contentHash, length }, readerId);
    const storyIds = new Set(reader.stories.map(({ storyId }) => storyId));
    const whole = await withPooled(db, { issueId: issue.id, content, storyIds: [...storyIds] });
    const cards = whole.cards.filter(({ storyId }) => storyIds.has(storyId));
    const parts = [...(await last.frame), ...(await compileCards(templates, { content, contentHash, cards }, origin))];
    const letterFor = preparePreview({ parts, content: whole, contentHash });
    const imprint = { publication, postalAddress, timezone: config.TIMEZONE };
    const shown = showsAddress ? reader : { ...reader, email: 'somebody@reader.example' };
    return letterFor(shown, imprint);
  };

  async function readerFor(
    { issueId, content, contentHash, length }: { issueId: number; content: IssueContent; contentHash: string; length: number | undefined }, // prettier-ignore
    readerId: number | undefined,
  ): Promise<LetterReader> {
    const reader = (await listActiveReaders(db, proofReaders)).find(({ id }) => id === readerId);
    // The links of a proof lead nowhere: a curator must not change what a reader wants.
    const token = 'proof-only';
    if (!reader) {
      const stories = chooseUnranked(content, length ?? newcomerLength);
      return { email: 'new@reader.example', token, confirmedAt: house.now(), stories };
    }
    const stories = (await rankedPicks({ issueId, contentHash }, reader.id)) ?? chooseUnranked(content, reader.length);
    const unmet = (await unmetInterests(db, { issueId, contentHash, readerIds: [reader.id] })).get(reader.id) ?? [];
    return { email: reader.email, token, confirmedAt: reader.confirmedAt, stories, unmet };
  }

  /** Every change enqueues `issue.rank`, which takes well under a second for the readers of proofs; a proof waits that long. */
  async function rankedPicks(issue: RankedContent, readerId: number): Promise<Pick[] | undefined> {
    for (let look = 0; look < 10; look++) {
      if (look > 0) await setTimeout(200);
      const picks = (await picksOf(db, { ...issue, readerIds: [readerId] })).get(readerId);
      if (picks) return picks;
    }
    return undefined;
  }
}

/** What the ranker gives a reader it knows nothing about: the editors' picks, then the pool in the curators' order. */
export function chooseUnranked({ cards }: IssueContent, length: number): ChosenStory[] {
  const picks = cards.filter(({ role }) => role === 'pick');
  const pool = cards.filter(({ role }) => role === 'pool').slice(0, Math.max(0, length - picks.length));
  return [
    ...picks.map(({ storyId }) => ({ storyId, kind: 'editor' as const, reason: { code: 'suggested' } as const })),
    ...pool.map(({ storyId }) => ({ storyId, kind: 'personal' as const, reason: { code: 'news' } as const })),
  ];
}
