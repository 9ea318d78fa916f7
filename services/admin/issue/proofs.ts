// An issue and whose letter it is -> the reader with the stories chosen for them, asked of the ranker where it has not chosen yet.
import { setTimeout } from 'node:timers/promises';
import type { House } from '../../../core/house.ts';
import type { IssueContent } from '../../../core/store/issue-content.ts';
import { listInterests } from '../../../core/store/interests.ts';
import { picksOf, unmetInterests, type RankedContent } from '../../../core/store/picks.ts';
import { pairFor } from '../../../core/store/pairs.ts';
import { askForProof, newcomerLength, proofOf, type Proof, type ProofOf } from '../../../core/store/proofs.ts';
import { readerById } from '../../../core/store/readers.ts';
import { storiesChosenBy } from '../../../core/store/tastes.ts';
import type { LetterReader } from '../../mailer/letter-values.ts';
import type { ChosenStory } from '../../mailer/reading-order.ts';

/** Returns what finds who a proof is for. */
export function createProofs(house: House) {
  const { db } = house;
  return readerFor;

  async function readerFor(
    { issueId, content, contentHash, length }: { issueId: number; content: IssueContent; contentHash: string; length: number | undefined }, // prettier-ignore
    { readerId, words }: { readerId: number | undefined; words: readonly string[] },
  ): Promise<LetterReader & { isRanked: boolean; interests: readonly string[] }> {
    const chosen = new Set(await storiesChosenBy(db, issueId));
    const reader = readerId === undefined ? undefined : await readerById(db, readerId);
    // The links of a proof lead nowhere: a curator must not change what a reader wants.
    const [token, ranked] = ['proof-only', { issueId, contentHash }];
    if (!reader) {
      const nobody = { email: 'new@reader.example', token, confirmedAt: house.now(), interests: words };
      const unranked = { ...nobody, stories: chooseUnranked(content, { length: length ?? newcomerLength, chosen }) };
      if (words.length === 0) return { ...unranked, isRanked: true };
      const proof = await waitForProof(ranked, { words });
      return proof ? { ...nobody, ...proof, isRanked: true } : { ...unranked, isRanked: false };
    }
    const { email, confirmedAt } = reader;
    const proof = await waitForProof(ranked, { readerId: reader.id });
    const stories = proof?.stories ?? chooseUnranked(content, { length: reader.length, chosen });
    return {
      email,
      token,
      confirmedAt,
      interests: await listInterests(db, reader.id),
      stories,
      unmet: proof?.unmet ?? [],
      pair: proof?.pair ?? null,
      isRanked: proof !== undefined,
    };
  }

  /** What the ranker chose for them already, else what it answers when it is asked, which takes well under a second. */
  async function waitForProof(issue: RankedContent, of: ProofOf): Promise<Proof | undefined> {
    for (let look = 0; look < 10; look++) {
      if (look > 0) await setTimeout(200);
      const proof =
        ('readerId' in of && (await pickedFor(issue, of.readerId))) || (await proofOf(db, { ...issue, of }));
      if (proof) return proof;
      if (look > 0) continue;
      await askForProof(db, { ...issue, of, at: house.now() });
      await house.queue.enqueue('issue.rank', { issueId: issue.issueId });
    }
    return undefined;
  }

  async function pickedFor(issue: RankedContent, readerId: number): Promise<Proof | undefined> {
    const stories = (await picksOf(db, { ...issue, readerIds: [readerId] })).get(readerId);
    if (!stories) return undefined;
    const unmet = (await unmetInterests(db, { ...issue, readerIds: [readerId] })).get(readerId) ?? [];
    return { stories, unmet, pair: await pairFor(db, { ...issue, readerId }) };
  }
}

/**
 * What the ranker gives a reader it knows nothing about: the picks, then the pool in the curators' order, up to `length` in all.
 * `chosen` are those that a curator decided about; the other picks are suggested.
 */
export function chooseUnranked(
  { cards }: IssueContent,
  { length, chosen }: { length: number; chosen: ReadonlySet<number> },
): ChosenStory[] {
  const picks = cards.filter(({ role }) => role === 'pick');
  const pool = cards.filter(({ role }) => role === 'pool').slice(0, Math.max(0, length - picks.length));
  return [
    ...picks.map(({ storyId }): ChosenStory => ({
      storyId,
      kind: 'editor',
      reason: { code: chosen.has(storyId) ? 'editor' : 'suggested' },
    })),
    ...pool.map(({ storyId }) => ({ storyId, kind: 'personal' as const, reason: { code: 'news' } as const })),
  ];
}
