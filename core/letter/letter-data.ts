// What the templates of a letter, and its plain text, are given: every value a string, or the mark of a slot.
import type { Accent, Logo } from '../brand.ts';

import type { WordsLang } from '../words-langs.ts';

/** What the templates of head and foot are given. */
export interface LetterFrame {
  lang: WordsLang;
  subject: string;
  preheader: string;
  /** Nothing to see, as long as mail programs look ahead: no text of the letter leaks behind the preheader. */
  padding: string;
  publication: string;
  dateline: string;
  /** HTML a paragraph, made by core/letter/intro.ts. */
  intro: string[];
  /** Where the opening is in another language than the letter. */
  introLang: string | null;
  introText: string[];
  counts: string;
  contents: string;
  /** The contents lead to the `key`; `says` stands before the rows; null where nothing does. */
  sections: { begin: string; key: string; name: string | null; says: string | null; rows: string }[];
  end: string;
  why: string;
  address: string;
  /** Seen by no person; null in a proof, where no click is counted. */
  trap: string | null;
  /** `map` is null when no story has a point on it. */
  links: {
    online: string;
    map: string | null;
    preferences: string;
    unsubscribe: string;
    subscribe: string;
    forward: string;
  };
  accent: Accent;
  /** In place of the name; null where there is none. */
  logo: LogoPicture | null;
  /** The map drawn; null where there is none. */
  map: MapPicture | null;
}

/** The logo on our own host. */
export interface LogoPicture extends Omit<Logo, 'hash'> {
  src: string;
}

/** A picture on our own host. */
export interface CardPicture {
  src: string;
  width: number;
  height: number;
  alt: string;
}

export interface MapPicture extends CardPicture {
  /** What the numbers on it stand for, in one line. */
  legend: string;
}

/** What the template of a card is given. */
export interface LetterCard {
  lead: boolean;
  number: string;
  title: string;
  href: string | null;
  /** Where `href` leads in the end; the plain text says it as it is. */
  url: string | null;
  lang: string;
  /** True when the story is in another language than the letter, so that a screen reader changes its voice. */
  foreign: boolean;
  meta: string;
  also: { label: string; href: string | null; url: string | null }[];
  /** Null where nobody described one. */
  picture: CardPicture | null;
  summary: string;
  /** The editors' remark, or nothing. */
  note: string;
  /** Where it is in another language than the letter. */
  noteLang: string | null;
  reason: string;
  /** Of the signals a reader may give. */
  buttons: { words: string; href: string }[];
}
