// An edition of an issue -> what its page shows: each section with original, text, where it stands and who said so.
import { readEditions } from '../../../core/editions/edition-langs.ts';
import { hashContent } from '../../../core/content-hash.ts';
import { editionSections, openingId, wordsToSay, type SectionField } from '../../../core/editions/edition-sections.ts';
import { countStates, stateSections, type SectionState, type StatedSection } from '../../../core/editions/edition-state.ts'; // prettier-ignore
import type { House } from '../../../core/house.ts';
import { editionFailures, editionRows, type EditionRow } from '../../../core/store/edition-texts.ts';
import { loadIssueContent, type IssueContent } from '../../../core/store/issue-content.ts';
import type { Issue } from '../../../core/store/issues.ts';
import { isWordsLang, langNames, languageName, wordsLangs, type WordsLang } from '../../../core/words-langs.ts';
import { deskTime } from '../desk-time.ts';
import { plural } from '../../../core/plural.ts';

export const fieldLabels: readonly (readonly [SectionField, string])[] = [
  ['title', 'Headline'],
  ['preheader', 'Preheader'],
  ['intro', 'Intro'],
  ['summary', 'Summary'],
  ['note', 'Note'],
];
const stateWords: Readonly<Record<SectionState, string>> = {
  same: 'in this language already',
  missing: 'not translated: readers get the original',
  refused: 'a machine draft was left out: readers get the original',
  behind: 'behind: the original changed since, and readers get that',
  draft: 'machine draft',
  done: '',
  original: 'left as it is: readers get the original, and no machine drafts it',
};

/** What a form saw of a text, and of whether it was checked. */
export function editionVersion(row: EditionRow | undefined): string {
  return row ? hashContent([row.words, row.sourceHash, row.checkedBy]).slice(0, 16) : 'none';
}

/** The page of one edition. */
export async function showEdition({ db, config }: House, { issue, lang }: { issue: Issue; lang: WordsLang }) {
  const content = await loadIssueContent(db, issue.id);
  const own = config.SITE_LANGUAGE;
  const stated = stateSections(editionSections(content), { rows: await editionRows(db, issue.id), to: lang, own });
  const failure = (await editionFailures(db, issue.id)).find((one) => one.lang === lang);
  const show = (one: StatedSection) => showSection(one, { lang, own, timezone: config.TIMEZONE });
  return {
    issue: { id: issue.id, number: issue.number, title: issue.title },
    isOpen: issue.status !== 'sending' && issue.status !== 'sent',
    edition: { lang, name: languageName(lang), ownName: langNames[lang] },
    counts: countWords(countStates(stated)),
    isDrafted: config.TRANSLATE_URL !== undefined && readEditions(config.EDITIONS).includes(lang),
    failure: failure ? { message: failure.message, again: deskTime(failure.tryAgainAt, config.TIMEZONE) } : null,
    sections: stated.map(show),
  };
}

function showSection(
  { section, row, state }: StatedSection,
  { lang, own, timezone }: { lang: string; own: string; timezone: string },
) {
  // prettier-ignore
  const toSay = wordsToSay(section, { to: lang, own });
  const by = row && row.words !== null ? `${row.madeBy === 'machine' ? 'made by' : 'by'} ${row.madeName}, ${deskTime(row.madeAt, timezone)}` : null; // prettier-ignore
  const checked = row?.checkedBy ? `checked by ${row.checkedBy}` : null;
  return {
    storyId: section.storyId,
    title: section.storyId === openingId ? 'The opening' : (section.words.title ?? `Story ${section.storyId}`),
    state,
    stands: [stateWords[state], checked, by].filter(Boolean).join(' · '),
    refused: state === 'refused' ? (row?.refused ?? null) : null,
    source: section.hash,
    seen: editionVersion(row),
    fields: fieldLabels.flatMap(([name, label]) => {
      const original = toSay[name];
      if (original === undefined) return [];
      const text = row?.words?.[name] ?? '';
      return [{ name, label, original, text, isLong: name !== 'title' && name !== 'preheader', lang: name === 'note' ? own : (section.lang ?? own) }]; // prettier-ignore
    }),
  };
}

/** "3 machine drafts unchecked, 1 section behind, 12 done" */
function countWords(counts: Record<SectionState, number>): string {
  const { draft, behind, refused, missing, done, original } = counts;
  const parts = [
    draft > 0 ? `${plural(draft, 'machine draft', 'machine drafts')} unchecked` : '',
    behind > 0 ? `${behind} behind` : '',
    refused > 0 ? `${refused} left out` : '',
    missing > 0 ? `${missing} not translated` : '',
    original > 0 ? `${original} left as the original` : '',
    done > 0 ? `${done} done` : '',
  ].filter(Boolean);
  return parts.length === 0 ? 'nothing to translate' : parts.join(', ');
}

/** The editions of an issue for its own page: those that are set or have texts, and the languages in which one may be begun. */
export async function listEditions({ db, config }: House, { issue, content }: { issue: Issue; content: IssueContent }) {
  const rows = await editionRows(db, issue.id);
  const langs = [...new Set([...readEditions(config.EDITIONS), ...rows.map(({ lang }) => lang).filter(isWordsLang)])];
  const failures = new Set((await editionFailures(db, issue.id)).map(({ lang }) => lang));
  const sections = editionSections(content);
  const own = config.SITE_LANGUAGE;
  const wayTo = (lang: WordsLang) => ({ name: languageName(lang), href: `/desk/issues/${issue.id}/editions/${lang}` });
  return {
    editions: langs.map((lang) => ({
      ...wayTo(lang),
      counts: countWords(countStates(stateSections(sections, { rows, to: lang, own }))),
      hasFailed: failures.has(lang),
    })),
    otherLangs: wordsLangs.filter((lang) => lang !== own && !langs.includes(lang)).map(wayTo),
  };
}
