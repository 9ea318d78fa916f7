// The editions of an issue -> which of their texts nobody checked or are behind, and what the gate says of it.
import type { Queryable } from '../db.ts';
import { editionSections, openingId } from '../editions/edition-sections.ts';
import { stateSections, type SectionState } from '../editions/edition-state.ts';
import { editionRows } from '../store/edition-texts.ts';
import type { IssueContent } from '../store/issue-content.ts';
import { isWordsLang, languageName } from '../words-langs.ts';
import type { GateFacts, GatedEdition } from './gate-facts.ts';
import { ok, type Verdict } from './verdict.ts';
import { plural } from '../plural.ts';

/** Of each language with a text the sections that want a look. */
export async function openEditions(
  db: Queryable,
  { issueId, content }: { issueId: number; content: IssueContent },
): Promise<GatedEdition[]> {
  const rows = await editionRows(db, issueId);
  const sections = editionSections(content);
  const langs = new Set(rows.filter(({ words }) => Object.keys(words ?? {}).length > 0).map(({ lang }) => lang));
  return [...langs].map((lang) => {
    const stated = stateSections(sections, { rows, to: lang, own: lang });
    const storiesIn = (wanted: SectionState): number[] => stated.flatMap(({ state, section }) => (state === wanted ? [section.storyId] : [])); // prettier-ignore
    return { lang: isWordsLang(lang) ? languageName(lang) : lang, code: lang, unchecked: storiesIn('draft'), behind: storiesIn('behind') }; // prettier-ignore
  });
}

/** Amber: machine drafts that nobody checked, and sections whose original changed, by language. */
export function checkEditions({ editions = [] }: GateFacts): Verdict {
  const open = editions.filter(({ unchecked, behind }) => unchecked.length + behind.length > 0);
  if (open.length === 0) return ok(editions.length === 0 ? 'No edition in another language' : `${plural(editions.length, 'edition', 'editions')} in other languages, every text checked`); // prettier-ignore
  const about = open
    .flatMap(({ unchecked, behind }) => [...unchecked, ...behind])
    .filter((storyId) => storyId !== openingId);
  const langs = new Map(open.toReversed().flatMap(({ code, unchecked, behind }) => [...unchecked, ...behind].map((storyId) => [storyId, code] as const))); // prettier-ignore
  return { level: 'amber', says: open.map(tell).join('; '), about, langs, lang: open[0]!.code, facts: open };
}

/** "German: 2 machine drafts nobody checked, 1 section behind" */
function tell({ lang, unchecked, behind }: GatedEdition): string {
  const says = [
    ...(unchecked.length > 0 ? [`${plural(unchecked.length, 'machine draft', 'machine drafts')} nobody checked`] : []),
    ...(behind.length > 0 ? [`${plural(behind.length, 'section', 'sections')} behind`] : []),
  ];
  return `${lang}: ${says.join(', ')}`;
}
