// Edits of an issue -> what the desk says of them: who, what, before and after; pure.
import { sectionOf } from '../../../core/sections.ts';
import type { LoggedEdit } from '../../../core/store/edit-log.ts';
import type { StoryOutline } from '../../../core/store/story-outline.ts';
import type { IssueSide } from '../../../core/issue-diff.ts';
import { deskTime } from '../desk-time.ts';
import { roleAct, roleNames, sectionAct } from './act-words.ts';

interface Change {
  label: string;
  before: string;
  after: string;
}

type Value = (value: unknown) => string;
const plain: Value = (value) => (typeof value === 'string' ? value : '');
/** The fields that people change, in the order they are shown. */
const fields: Readonly<Record<string, readonly [label: string, value: Value]>> = {
  role: ['Role', (value) => roleNames[plain(value)] ?? ''],
  section: ['Section', (value) => (typeof value === 'string' ? sectionOf(value).name : '')],
  summary: ['Summary', (value) => (Array.isArray(value) ? value.join(' ') : '')],
  note: ['Note', plain],
  alt_text: ['What the picture shows', plain],
  title: ['Subject', plain],
  intro: ['Intro', plain],
};

/** The history of a story, newest first. */
export function showEdits(edits: readonly LoggedEdit[], storyId: number, timezone: string) {
  return edits.map((edit) => ({
    at: deskTime(edit.at, timezone),
    actor: edit.actor,
    // In its own history a story needs no name.
    words: editWords(edit).replace(/ of$/, ''),
    changes: [
      ...changesOf(edit.before.stories?.[storyId], edit.after.stories?.[storyId]),
      ...outlineChanges(edit.before.outline, edit.after.outline),
    ],
    undoneBy: edit.undoneBy,
  }));
}

/** An edit in a few words: "picked", "rejected", "put into Tools"; of several stories with their number. */
export function editWords({
  action,
  storyIds,
  before,
  after,
  decisionId,
}: Pick<LoggedEdit, 'action' | 'storyIds' | 'before' | 'after' | 'decisionId'>): string {
  // prettier-ignore
  if (decisionId !== null) return action;
  const words = wordsOf(before, after, storyIds[0]);
  return storyIds.length > 1 ? `${words} ${storyIds.length} stories` : words;
}

function wordsOf(before: IssueSide, after: IssueSide, storyId: number | undefined): string {
  const opening = after.opening?.issue;
  if (opening && 'lead_story_id' in opening) return 'made the lead';
  if (storyId === undefined) return 'wrote the opening';
  if (after.editions) return 'translated';
  const changed = after.stories?.[storyId];
  if (!changed) return 'moved';
  const role = before.stories?.[storyId] === null ? changed.role : 'role' in changed && changed.role;
  if (typeof role === 'string') return roleAct(role);
  if (typeof changed.section === 'string') return sectionAct(changed.section);
  if ('summary' in changed || 'sentences' in changed) return 'wrote the summary of';
  if ('note' in changed || 'alt_text' in changed) return 'wrote the note of';
  // The sentences that were chosen are those that a machine chose by then.
  return 'edited_by' in changed ? 'wrote the summary of' : 'moved';
}

/** What a decision made of the story it was made on. */
function outlineChanges(was: StoryOutline | null | undefined, is: StoryOutline | null | undefined): Change[] {
  const items = (outline: StoryOutline | null | undefined): string => outline?.items.join('; ') ?? '';
  return [
    { label: 'Headline', before: was?.headline ?? '', after: is?.headline ?? '' },
    { label: 'Made of', before: items(was), after: items(is) },
  ].filter(({ before, after }) => before !== after);
}

function changesOf(
  was: Record<string, unknown> | null | undefined,
  is: Record<string, unknown> | null | undefined,
): Change[] {
  // prettier-ignore
  return Object.entries(fields).flatMap(([field, [label, valueOf]]) => {
    const [before, after] = [valueOf(was?.[field]), valueOf(is?.[field])];
    return before === after ? [] : [{ label, before, after }];
  });
}
