// The story in hand -> the middle pane of an issue's page: its words, its items, its section and what may be done with it.
import type { House } from '../../../core/house.ts';
import { safeHref } from '../../../core/letter/safe-href.ts';
import { editsOfStory } from '../../../core/store/edit-log.ts';
import { pooledCards } from '../../../core/store/issue-pool.ts';
import { listDecisions } from '../../../core/store/story-decisions.ts';
import { storiesBeside, storyMembers } from '../../../core/store/story-members.ts';
import { storyWords } from '../../../core/store/story-words.ts';
import type { QuotedSentence } from '../../../core/store/summaries.ts';
import type { StoryRole } from '../../../core/store/issue-edits.ts';
import { sectionOf } from '../../../core/sections.ts';
import { itemKindNames } from '../../../core/item-kinds.ts';
import { texToText } from '../../../core/tex/tex-to-text.ts';
import { deskTime } from '../desk-time.ts';
import { storyVersion } from './change-stories.ts';
import { showEdits } from './edit-words.ts';
import type { ListLine } from './issue-list.ts';
import type { View } from './issue-view.ts';
import { offerSentences } from './offer-sentences.ts';
import { bareSentence, showSentence } from './show-sentence.ts';
import { noteVersion, summaryVersion } from './story-words.ts';

const mostBeside = 60;

interface PaneStory {
  issueId: number;
  storyId: number;
  /** As the list has it; undefined for one of the pool. */
  line: ListLine | undefined;
  sentences: readonly QuotedSentence[];
  part: View['part'];
  /** The one after it in the list as it is shown. */
  next: number | null;
}

/** What the pane shows of a story; null when the issue does not have it. */
export async function showStoryPane(
  { db, config }: House,
  { issueId, storyId, line, sentences, part, next }: PaneStory,
): Promise<Record<string, unknown> | null> {
  const standing = line ? ofLine(line, sentences) : await ofPool(db, issueId, storyId);
  if (!standing) return null;
  const members = await storyMembers(db, storyId);
  const words = await storyWords(db, { issueId, storyId });
  return {
    storyId,
    next,
    seen: standing.isPooled ? '' : storyVersion({ role: standing.role as StoryRole, section: standing.section }),
    ...standing,
    note: words?.note ?? '',
    alt: words?.altText ?? '',
    imageUrl: words?.imageUrl ? safeHref(words.imageUrl) : null,
    summarySeen: summaryVersion(words?.summary ?? standing.summary.map(({ text }) => text)),
    noteSeen: noteVersion({ note: words?.note ?? '', altText: words?.altText ?? '' }),
    isEdited: words?.editedBy ?? null,
    isBare: words?.isBare ?? false,
    members: members.map(({ kind, title, url, publishedAt, headlineBy, ...item }) => ({
      ...item,
      kind: itemKindNames[kind],
      title: texToText(title),
      url: safeHref(url),
      at: deskTime(publishedAt, config.TIMEZONE),
      chosen: item.isHeadline && headlineBy ? `${headlineBy} chose it` : null,
    })),
    ...(part === 'summary' ? { offered: await offerSentences(db, storyId, standing.summary) } : {}),
    ...(part === 'sources' ? { beside: await offerStories(db, storyId) } : {}),
    ...(part === 'history' ? await tellHistory(db, { issueId, storyId, timezone: config.TIMEZONE }) : {}),
  };
}

function ofLine(line: ListLine, sentences: readonly QuotedSentence[]) {
  const { title, lang, topic, role, section, certainty, asks, marks, silencedBy, number } = line;
  const summary = sentences.map(showSentence);
  return { title, lang, topic, role, section, certainty, asks, marks, silencedBy, number, summary, isPooled: false };
}

async function ofPool(db: House['db'], issueId: number, storyId: number) {
  const [card] = await pooledCards(db, issueId, [storyId]);
  if (!card) return null;
  const { title, lang, topic, marks = [] } = card;
  const section = sectionOf(card.section).key;
  const unsaid = { certainty: null, asks: null, silencedBy: null, number: null };
  return { title, lang, topic, role: 'pool', section, marks, summary: card.summary.map(bareSentence), isPooled: true, ...unsaid }; // prettier-ignore
}

async function offerStories(db: House['db'], storyId: number) {
  const beside = await storiesBeside(db, storyId);
  return beside.slice(0, mostBeside).map(({ id, title }) => ({ id, title: texToText(title).slice(0, 90) }));
}

async function tellHistory(
  db: House['db'],
  { issueId, storyId, timezone }: { issueId: number; storyId: number; timezone: string },
) {
  const edits = await editsOfStory(db, { issueId, storyId });
  // Those made while the issue was open stand among its edits.
  const logged = new Set(edits.map(({ decisionId }) => decisionId));
  const decisions = (await listDecisions(db, storyId)).filter(({ id }) => !logged.has(id));
  return {
    edits: showEdits(edits, storyId, timezone),
    decisions: decisions.map(({ at, ...decision }) => ({ ...decision, at: deskTime(at, timezone) })),
  };
}
