// What every parser makes of what a source published: as it was said, not yet cleaned, so hostile until `clean.ts`.
import type { DeadlineList } from '../../core/store/deadlines.ts';
import type { StoryItemKind } from '../../core/item-kinds.ts';
import type { ArxivAnnouncement, Segment, TranscriptLink } from '../../core/store/items.ts';
import type { RefreshHints } from '../../core/store/sources.ts';

export interface ParsedItem {
  kind: StoryItemKind;
  /** The source's own identifier, null when it gave none. */
  id: string | null;
  /** What it is called within its source, once the whole reading has been looked at: `name-items.ts`. */
  name?: string;
  /** Its address is told from that of another item by its fragment or a doubtful parameter alone. */
  isWhole?: boolean;
  title: string;
  /** Whether `title` may hold tags and entities (RSS) or is to be taken literally (Atom text, JSON Feed, arXiv). */
  titleType: 'text' | 'html';
  link: string | null;
  /** Of an episode: where it leads, the best first, when its link is that of the feed or of its home. */
  ownLinks?: string[];
  /** Where its recording lies, which tells it from others of the same page and title. */
  recording?: string;
  /** HTML. */
  summary: string | null;
  /** HTML. */
  content: string | null;
  /** Against what relative links in each of the two are meant, when the source says so itself. */
  bases?: { summary?: string | undefined; content?: string | undefined };
  authors: string[];
  published: Date | null;
  updated: Date | null;
  language: string | null;
  imageUrl: string | null;
  durationS: number | null;
  /** What it is, beyond its link: `arxiv:1706.03762`, `doi:10.1/x`, `video:dQw4w9WgXcQ`. */
  keys: string[];
  /** Addresses it speaks of outside its text, such as those in a comment. */
  links?: string[];
  /** Of a paper, as arXiv counts. */
  version?: number;
  /** The publisher's own, such as cs.CL. */
  categories?: string[];
  /** Taken back by its authors; undefined where nobody could know, as in a list that shows no comments. */
  withdrawn?: boolean;
  /** How a list of arXiv announced it. */
  announced?: ArxivAnnouncement;
  /** A change of something older, which is no news to whoever does not have it. */
  isRevision?: boolean;
  /** Of a transcript that came along, as in a folder. */
  segments?: Segment[];
  /** Transcripts that are offered elsewhere. */
  transcripts?: TranscriptLink[];
}

export interface ParsedFeed {
  /** HTML. */
  title: string | null;
  link: string | null;
  /** HTML. */
  description: string | null;
  language: string | null;
  id: string | null;
  /** The feed's own address, as it says. */
  self?: string | undefined;
  updated: Date | null;
  /** When the publisher asks to be left alone. */
  asked: RefreshHints;
  items: ParsedItem[];
  /** Of a folder, which shows all it has at every look. */
  files?: FileNotes;
  /** Of a list of deadlines, which has no items. */
  deadlines?: DeadlineList;
}

/** What there is to say of the files of a folder. */
export interface FileNotes {
  /** Those that could not be read, and why. */
  passedOver: FileNote[];
  /** Those whose author has not published them yet: what was stored of them is gone. */
  unpublished: FileNote[];
  /** Those of which a part was not what it should be, and was taken as it stands. */
  flawed: FileNote[];
  /** How many were dated back, since nothing says when they were published. */
  datedBack: number;
}

export interface FileNote {
  path: string;
  why: string;
}

/** A post with nothing known about it, for parsers to fill. */
export const blankItem: ParsedItem = {
  kind: 'post',
  id: null,
  title: '',
  titleType: 'html',
  link: null,
  summary: null,
  content: null,
  authors: [],
  published: null,
  updated: null,
  language: null,
  imageUrl: null,
  durationS: null,
  keys: [],
};

/** A feed that says nothing of itself. */
export const blankFeed: ParsedFeed = {
  title: null,
  link: null,
  description: null,
  language: null,
  id: null,
  updated: null,
  asked: {},
  items: [],
};
