// Works that a reader brings along: a bibliography or a list of numbers, read into one shape; pure.

export interface Work {
  /** Empty where only a number was given. */
  title: string;
  /** The title with its TeX, where it has some: items keep theirs, too. */
  spelled?: string;
  /** The beginning of the abstract. */
  text: string;
  /** `arxiv:1706.03762`, `doi:10.1000/182` or an address, as items spell them. */
  keys: string[];
}

export interface WorksRead {
  /** What the text was taken for. */
  form: 'bibtex' | 'ris' | 'csl' | 'opml' | 'list' | 'name';
  works: Work[];
  /** Of OPML: addresses of feeds. */
  feeds: string[];
  /** What looks like the name of somebody. */
  name: string | null;
  /** Entries that could not be read, each by its first words. */
  refused: string[];
}

/** Of one text; what is more is left out. */
export const maxWorks = 200;
export const maxTitleLength = 300;
export const maxAbstractLength = 1_000;
