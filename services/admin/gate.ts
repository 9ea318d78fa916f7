// The gate of an issue: what is known about it is put together, checked, and shown with its fixes and the reasons given.
import { Resolver } from 'node:dns/promises';
import { lookInThread } from '../../core/gate/look-in-thread.ts';
import { checkIssue, linksOf, type Finding, type MeasuredLetter } from '../../core/gate/check-issue.ts';
import { digest } from '../../core/digest.ts';
import { preheaderOf } from '../../core/letter.ts';
import { texToText } from '../../core/tex-to-text.ts';
import {
  gateReasons,
  linkChecks,
  repeatedStories,
  storiesWithWithdrawn,
  type GateReason,
} from '../../core/store/gate.ts';
import type { Card, IssueContent } from '../../core/store/issue-content.ts';
import type { Issue } from '../../core/store/issues.ts';
import { brandOf, loadSettings } from '../../core/store/settings.ts';
import type { QuotedSentence } from '../../core/store/summaries.ts';
import { storiesToSummarise } from '../../core/store/uncarried-stories.ts';
import { checkSender } from '../mailer/check-sender.ts';
import { rememberLast } from '../remember.ts';
import type { Room } from '../room.ts';
import type { PreviewLetter } from './preview.ts';

export interface GatedIssue {
  issue: Issue;
  content: IssueContent;
  hash: string;
  quoted: ReadonlyMap<number, readonly QuotedSentence[]>;
  /** Of the rows it was made of; without it they are read again. */
  version?: string;
}

/** A finding with the reason that was given for exactly it. */
export interface GateLine extends Finding {
  reason: string | null;
  givenBy: string | null;
}

export type RunGate = ReturnType<typeof createGate>;

/** The longest letter somebody may ask for: core/schema/0003_readers.sql. */
const longestLetter = 40;
/** How long a page waits for a letter that is not measured yet; an approval waits until it is. */
const patienceMs = 50;
/** What DNS said is asked again after that long. */
const dnsHoldsMs = 600_000;

/** Returns what runs the gate of an issue; letters are measured once for each content. */
export function createGate({ house }: Room, preview: PreviewLetter) {
  const { db } = house;
  const askDns = rememberLast<string[]>(2);
  const remember = rememberLast<MeasuredLetter>(4);
  // The texts of 300 stories take 50 ms to look through.
  const rememberUnfounded = rememberLast<{ storyId: number; text: string }[]>(2);

  async function measure(issue: Issue): Promise<MeasuredLetter> {
    const { html } = await preview(issue, { readerId: undefined, showsAddress: false, length: longestLetter });
    return { bytes: Buffer.byteLength(html), ...countNeeds(html), ...(await lookInThread(html)) };
  }

  return async function runGate(
    { issue, content, hash, quoted, version }: GatedIssue,
    waits: boolean,
  ): Promise<GateLine[]> {
    const settings = await loadSettings(db);
    const measured = remember(digest([issue.id, hash, brandOf(settings)]), () => measure(issue));
    const asked = askDns(String(Math.floor(house.now().getTime() / dnsHoldsMs)), () =>
      checkSender(house, new Resolver({ timeout: 2_000, tries: 1 })),
    );
    const patient = <Value>(value: Promise<Value>): Promise<Value | null> =>
      waits ? value : Promise.race([value, new Promise<null>((done) => setTimeout(done, patienceMs, null))]);
    const [checked, repeated, withdrawn, reasons, unfounded, letter, sender] = await Promise.all([
      linkChecks(
        db,
        content.cards.flatMap((card) => linksOf(card)),
      ),
      repeatedStories(db, issue.id),
      storiesWithWithdrawn(db, issue.id),
      gateReasons(db, issue.id),
      version === undefined
        ? findUnfounded(content.cards, quoted)
        : rememberUnfounded(version, () => findUnfounded(content.cards, quoted)),
      patient(measured),
      patient(asked),
    ]);
    const preheader = preheaderOf(content);
    const byUrl = new Map(checked.map((check) => [check.url, check]));
    const facts = { content, preheader, links: byUrl, repeated, withdrawn, unfounded, letter, sender, postalAddress: settings.postalAddress, lang: 'en' }; // prettier-ignore
    return checkIssue(facts).map((finding) => withReason(finding, reasons));
  };

  /** Sentences that are neither quoted from where they stand, nor a model's, nor the editor's, nor found anywhere in the story's items. */
  async function findUnfounded(cards: readonly Card[], known: GatedIssue['quoted']) {
    const open = cards.flatMap(({ storyId, summary }) =>
      summary.flatMap((text) => {
        const sentence = known.get(storyId)?.find((one) => one.text === text);
        return sentence && isFounded(sentence) ? [] : [{ storyId, text, isTyped: sentence?.by === 'desk' }];
      }),
    );
    if (open.length === 0) return [];
    const stories = await storiesToSummarise(db, [...new Set(open.map(({ storyId }) => storyId))]);
    const texts = new Map(stories.map(({ id, items }) => [id, items.map(({ title, text }) => oneSpace(`${title} ${text} ${texToText(text)}`)).join(' ')])); // prettier-ignore
    return open
      .filter(({ storyId, text, isTyped }) => isTyped || !(texts.get(storyId) ?? '').includes(oneSpace(text)))
      .map(({ storyId, text }) => ({ storyId, text }));
  }
}

/** Quoted from where it stands, checked when a model wrote it, or marked as the editor's. */
function isFounded({ by, isThere }: QuotedSentence): boolean {
  return isThere || by === 'model' || by === 'editor';
}

function oneSpace(text: string): string {
  return text.split(/\s+/).join(' ').trim();
}

/** What a reader needs that the letter's markup must have. */
function countNeeds(html: string): Pick<MeasuredLetter, 'imagesWithoutAlt' | 'hasUnsubscribe'> {
  const pictures = html.split('<img').slice(1);
  return {
    imagesWithoutAlt: pictures.filter((rest) => !rest.slice(0, rest.indexOf('>')).includes(' alt="')).length,
    hasUnsubscribe: html.includes('/unsubscribe/'),
  };
}

function withReason(finding: Finding, reasons: readonly GateReason[]): GateLine {
  const given = reasons.find((one) => one.checkName === finding.name && one.finding === finding.finding);
  return { ...finding, reason: given?.reason ?? null, givenBy: given?.givenBy ?? null };
}

/** What the page shows: what stands in the way first, and how much passes. */
export function showGate(lines: readonly GateLine[]) {
  const rank = { red: 0, amber: 1, waiting: 2, ok: 3 } as const;
  const passes = lines.filter(({ level, reason }) => level === 'ok' || (level === 'amber' && reason !== null)).length;
  return {
    lines: lines.toSorted((a, b) => rank[a.level] - rank[b.level]),
    passes,
    of: lines.length,
    reds: lines.filter(({ level }) => level === 'red').length,
  };
}

/** Sentences by their story. */
export function byStory(sentences: readonly QuotedSentence[]): Map<number, QuotedSentence[]> {
  const stories = new Map<number, QuotedSentence[]>();
  for (const one of sentences) stories.set(one.storyId, [...(stories.get(one.storyId) ?? []), one]);
  return stories;
}
