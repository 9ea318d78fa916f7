// The story in hand -> the middle pane of an issue's page: its summary, its items, its section and what may be done with it.
import type { House } from '../../core/house.ts';
import { safeHref } from '../../core/letter.ts';
import { pooledCards } from '../../core/store/issue-pool.ts';
import { storyMembers } from '../../core/store/story-members.ts';
import type { QuotedSentence } from '../../core/store/summaries.ts';
import type { StoryRole } from '../../core/store/issue-edits.ts';
import { sectionOf } from '../../core/sections.ts';
import { itemKindNames } from '../../core/item-kinds.ts';
import { texToText } from '../../core/tex-to-text.ts';
import { readableTime } from './desk-time.ts';
import { storyVersion } from './change-stories.ts';
import type { ListLine } from './issue-list.ts';
import { showSentence } from './show-sentence.ts';

/** What the pane shows of a story; null when the issue does not have it. */
export async function showStoryPane(
  { db, config }: House,
  { issueId, storyId, line, sentences }: PaneStory,
): Promise<Record<string, unknown> | null> {
  const told = line ? ofLine(line, sentences) : await ofPool(db, issueId, storyId);
  if (!told) return null;
  const members = await storyMembers(db, storyId);
  return {
    storyId,
    seen: told.isPooled ? '' : storyVersion({ role: told.role as StoryRole, section: told.section }),
    ...told,
    members: members.map(({ kind, title, url, source, publishedAt, isHeadline }) => ({
      kind: itemKindNames[kind],
      title: texToText(title),
      url: safeHref(url),
      source,
      isHeadline,
      at: readableTime(publishedAt, config.TIMEZONE),
    })),
  };
}

interface PaneStory {
  issueId: number;
  storyId: number;
  /** As the list has it; undefined for one of the pool. */
  line: ListLine | undefined;
  sentences: readonly QuotedSentence[];
}

function ofLine(line: ListLine, sentences: readonly QuotedSentence[]) {
  const { title, lang, topic, role, section, certainty, asks, marks, silencedBy, number } = line;
  const summary = sentences.map(showSentence);
  return { title, lang, topic, role, section, certainty, asks, marks, silencedBy, number, summary, isPooled: false };
}

async function ofPool(db: House['db'], issueId: number, storyId: number) {
  const [card] = await pooledCards(db, issueId, [storyId]);
  if (!card) return null;
  const summary = card.summary.map((text) => ({ text, href: null, place: '', isThere: true, model: null, overlap: null, refused: null, quote: null })); // prettier-ignore
  const { title, lang, topic, marks = [] } = card;
  const section = sectionOf(card.section).key;
  const unsaid = { certainty: null, asks: null, silencedBy: null, number: null };
  return { title, lang, topic, role: 'pool', section, marks, summary, isPooled: true, ...unsaid };
}
