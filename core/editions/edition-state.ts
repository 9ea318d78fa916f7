// The sections of an issue and the texts there are in a language -> where each stands, and how many want a look; pure.
import type { EditionRow } from '../store/edition-texts.ts';
import { wordsToSay, type EditionSection } from './edition-sections.ts';

/**
 * same: said in this language anyway. missing: nothing there. refused: a machine draft was left out. behind: the issue says
 * something else by now. draft: by a machine, checked by nobody. done: checked, or by hand. original: a curator left it as it is.
 */
export type SectionState = 'same' | 'missing' | 'refused' | 'behind' | 'draft' | 'done' | 'original';

export interface StatedSection {
  section: EditionSection;
  row: EditionRow | undefined;
  state: SectionState;
}

/** Each section with its text; rows of stories that are not in the issue any more are left out. */
export function stateSections(
  sections: readonly EditionSection[],
  { rows, to, own }: { rows: readonly EditionRow[]; to: string; own: string },
): StatedSection[] {
  const byStory = new Map(rows.filter(({ lang }) => lang === to).map((row) => [row.storyId, row]));
  return sections.map((section) => {
    const row = byStory.get(section.storyId);
    return { section, row, state: stateOf(section, { row, to, own }) };
  });
}

function stateOf(
  section: EditionSection,
  { row, to, own }: { row: EditionRow | undefined; to: string; own: string },
): SectionState {
  const isSame = Object.keys(wordsToSay(section, { to, own })).length === 0;
  if (!row) return isSame ? 'same' : 'missing';
  // No text to be behind: what was decided of the section holds for whatever it says.
  if (row.words !== null && Object.keys(row.words).length === 0) return isSame ? 'same' : 'original';
  const isHeld = row.sourceHash === section.hash;
  if (row.words === null) return isHeld ? 'refused' : 'missing';
  if (!isHeld) return 'behind';
  return row.madeBy === 'machine' && row.checkedBy === null ? 'draft' : 'done';
}

/** Whether a machine is asked for it: nothing is there, or what a machine made is behind. What a curator wrote is theirs. */
export function wantsDraft({ state, row }: StatedSection): boolean {
  return state === 'missing' || (state === 'behind' && row?.madeBy === 'machine');
}

/** How many sections stand how, of one language. */
export function countStates(stated: readonly StatedSection[]): Record<SectionState, number> {
  const counts = { same: 0, missing: 0, refused: 0, behind: 0, draft: 0, done: 0, original: 0 };
  for (const { state } of stated) counts[state]++;
  return counts;
}
