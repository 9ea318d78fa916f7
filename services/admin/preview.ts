// An issue -> the letter one reader would get, before anything is approved or sent.
import { setTimeout } from 'node:timers/promises';
import { digest } from '../../core/digest.ts';
import { pickLine } from '../../core/pick-words.ts';
import { compileCards, compileFrame, type LetterPart } from '../../core/letter.ts';
import { loadIssueContent, type IssueContent } from '../../core/store/issue-content.ts';
import type { Issue } from '../../core/store/issues.ts';
import { withPooled } from '../../core/store/letter-content.ts';
import { picksOf, unmetInterests, type RankedContent } from '../../core/store/picks.ts';
import { askForProof, newcomerLength, proofOf, type Proof, type ProofOf } from '../../core/store/proofs.ts';
import { readerById } from '../../core/store/readers.ts';
import { loadSettings } from '../../core/store/settings.ts';
import type { LetterReader } from '../mailer/letter-values.ts';
import { preparePreview } from '../mailer/personal-letter.ts';
import type { ChosenStory } from '../mailer/reading-order.ts';
import type { Room } from '../room.ts';

/** Whose letter: of a reader, of somebody made up by their interests, of somebody new. */
interface PreviewOf {
  readerId: number | undefined;
  words?: readonly string[];
  showsAddress: boolean;
  length?: number;
}

interface PreviewedLetter {
  html: string;
  text: string;
  /** False while the ranker has not chosen for them: then it is the letter of somebody new. */
  isRanked: boolean;
  /** Why each story is in it. */
  why: { title: string; source: string; reason: string }[];
}

/** What shows the letter of a reader. */
export type PreviewLetter = ReturnType<typeof createPreview>;

/** Returns a function from an issue and a reader's id to their letter, with the picks that the ranker has for them now. */
export function createPreview({ house, links, templates }: Room) {
  const { db, config } = house;
  // MJML takes some hundred milliseconds, and a curator looks at the same content as many readers.
  let last: { contentHash: string; publication: string; frame: Promise<LetterPart[]> } | undefined;

  return async function previewLetter(
    issue: Issue,
    { readerId, words = [], showsAddress, length }: PreviewOf,
  ): Promise<PreviewedLetter> {
    const content = issue.content ?? (await loadIssueContent(db, issue.id));
    const { publication, postalAddress } = await loadSettings(db);
    const contentHash = digest(content);
    const origin = { publication, links, direct: true };
    if (last?.contentHash !== contentHash || last.publication !== publication) {
      last = { contentHash, publication, frame: compileFrame(templates, { content, contentHash }, origin) };
    }
    const { isRanked, ...reader } = await readerFor(
      { issueId: issue.id, content, contentHash, length },
      { readerId, words },
    );
    const storyIds = new Set(reader.stories.map(({ storyId }) => storyId));
    const whole = await withPooled(db, { issueId: issue.id, content, storyIds: [...storyIds] });
    const cards = whole.cards.filter(({ storyId }) => storyIds.has(storyId));
    const parts = [...(await last.frame), ...(await compileCards(templates, { content, contentHash, cards }, origin))];
    const letterFor = preparePreview({ parts, content: whole, contentHash });
    const imprint = { publication, postalAddress, timezone: config.TIMEZONE };
    const shown = showsAddress ? reader : { ...reader, email: 'somebody@reader.example' };
    const { html, text } = letterFor(shown, imprint);
    return { html, text, isRanked, why: explain(reader.stories, whole) };
  };

  async function readerFor(
    { issueId, content, contentHash, length }: { issueId: number; content: IssueContent; contentHash: string; length: number | undefined }, // prettier-ignore
    { readerId, words }: { readerId: number | undefined; words: readonly string[] },
  ): Promise<LetterReader & { isRanked: boolean }> {
    const reader = readerId === undefined ? undefined : await readerById(db, readerId);
    // The links of a proof lead nowhere: a curator must not change what a reader wants.
    const [token, ranked] = ['proof-only', { issueId, contentHash }];
    if (!reader) {
      const nobody = { email: 'new@reader.example', token, confirmedAt: house.now() };
      const unranked = { ...nobody, stories: chooseUnranked(content, length ?? newcomerLength) };
      if (words.length === 0) return { ...unranked, isRanked: true };
      const proof = await waitForProof(ranked, { words });
      return proof ? { ...nobody, ...proof, isRanked: true } : { ...unranked, isRanked: false };
    }
    const { email, confirmedAt } = reader;
    const proof = await waitForProof(ranked, { readerId: reader.id });
    const stories = proof?.stories ?? chooseUnranked(content, reader.length);
    return { email, token, confirmedAt, stories, unmet: proof?.unmet ?? [], isRanked: proof !== undefined };
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
    return { stories, unmet: (await unmetInterests(db, { ...issue, readerIds: [readerId] })).get(readerId) ?? [] };
  }
}

/** The stories in the order they were chosen, each with the line that stands under it, or would. */
function explain(stories: readonly ChosenStory[], { cards }: IssueContent): PreviewedLetter['why'] {
  const byId = new Map(cards.map((card) => [card.storyId, card]));
  return stories.flatMap((story) => {
    const card = byId.get(story.storyId);
    return card ? [{ title: card.title, source: card.source, reason: pickLine(story) ?? 'new this week' }] : [];
  });
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
