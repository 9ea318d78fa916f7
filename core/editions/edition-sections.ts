// An issue -> the sections of its editions, the opening and each story: what they say, in which language, and a hash of it; pure.
import { hashContent } from '../content-hash.ts';
import { introSource } from '../letter/intro.ts';

/** The order in which a section is read. */
export const sectionFields = ['title', 'preheader', 'intro', 'summary', 'note'] as const;
export type SectionField = (typeof sectionFields)[number];
/** TeX as its source wrote it, the intro as Markdown; what is empty is left out. */
export type SectionWords = { [Field in SectionField]?: string };

/** What of the content of an issue is said in another language. */
export interface SectionSource {
  title: string;
  preheader?: string;
  intro: string;
  introIsMarkdown?: true;
  cards: readonly {
    storyId: number;
    lang: string;
    title: string;
    summary: readonly string[];
    note?: string;
    tex?: { title: string; summary: readonly string[] };
  }[];
}

/** The story of an opening: no story has this id. */
export const openingId = 0;

export interface EditionSection {
  storyId: number;
  /** Of title and summary; null where it is the publication's own, as it is of every note. */
  lang: string | null;
  words: SectionWords;
  /** Of the words, 16 hexadecimal digits: a translation holds as long as they stay. */
  hash: string;
}

/** Of 300 stories they take 5 ms to hash, and the page of a draft asks twice. */
const known = new WeakMap<SectionSource, readonly EditionSection[]>();

/** The opening, then the stories in the order of the issue. */
export function editionSections(content: SectionSource): readonly EditionSection[] {
  const sections = known.get(content) ?? makeSections(content);
  known.set(content, sections);
  return sections;
}

function makeSections(content: SectionSource): EditionSection[] {
  const opening = { title: content.title, preheader: content.preheader ?? '', intro: introSource(content) };
  return [
    sectionOf({ storyId: openingId, lang: null, words: opening }),
    ...content.cards.map(
      ({ storyId, lang, title, summary, note = '', tex }) =>
      sectionOf({ storyId, lang, words: { title: tex?.title ?? title, summary: joined(tex?.summary ?? summary, lang), note } }), // prettier-ignore
    ),
  ];
}

function sectionOf({ storyId, lang, words }: Omit<EditionSection, 'hash'>): EditionSection {
  const said = Object.fromEntries(Object.entries(words).filter(([, text]) => text.trim() !== ''));
  return { storyId, lang, words: said, hash: hashContent(said).slice(0, 16) };
}

/** As `summaryText` joins sentences. */
function joined(sentences: readonly string[], lang: string): string {
  return sentences.join(lang === 'zh' || lang === 'ja' ? '' : ' ');
}

/** What of a section is not said in a language yet; `own` is the publication's. */
export function wordsToSay({ words, lang }: EditionSection, { to, own }: { to: string; own: string }): SectionWords {
  const isForeign = (field: SectionField): boolean => (field === 'note' ? own : (lang ?? own)) !== to;
  return Object.fromEntries(sectionFields.flatMap((field) => (words[field] !== undefined && isForeign(field) ? [[field, words[field]]] : []))); // prettier-ignore
}
