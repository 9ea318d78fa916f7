// THE KINDS OF SOURCES: one row each. Desk, command line, OPML, schedule and the schema's checks derive from it; how a kind is
// asked and read is its file in workers/ingest/kinds.

export interface SourceKindRow {
  /** What a curator chooses it by. */
  words: string;
  /** What may be typed for its address: "https://example.org/feed.xml". */
  example: string;
  /** Short forms and pages of this kind -> the address that is asked; undefined for others, which are addresses as they stand. */
  addressOf?: (typed: string) => string | undefined;
  /** Whether what was typed is of this kind, though nobody says so. */
  isTold?: (typed: string) => boolean;
  /** What names a source of this kind and is no address, in a sentence on what to type instead. */
  whyNot?: (typed: string) => string | undefined;
  /** On this machine's disk: added by the command line alone, and in no list for others. */
  isLocal?: true;
  /** Its mails come to a secret address of its own, so it is in no list for others; what is typed is its page. */
  hasMailbox?: true;
  /** OPML 2.0: `rss` is read by every reader of feeds, a `link` is none. */
  opmlType: 'rss' | 'link';
  /** The least time between two looks, where neither curator nor publisher says another. */
  everyMinutes: number;
  /** Looked at that often, however seldom it publishes: a look costs nobody anything. */
  isSteady?: true;
  /** It publishes no items, so it has no rhythm and is never quiet or late. */
  hasNoItems?: true;
  /** Its posts may be teasers, whose pages an operator may have read. */
  mayTease?: true;
  /** What it announced while it was not read can be asked for later. */
  canCatchUp?: true;
}

const rows = {
  feed: {
    words: 'feed (RSS, Atom, JSON)',
    example: 'https://example.org/feed.xml',
    opmlType: 'rss',
    everyMinutes: 60,
    mayTease: true,
  },
  arxiv: {
    words: 'arXiv list',
    example: 'an arXiv list (cs.CL) or papers (1706.03762)',
    addressOf: arxivAddress,
    isTold: isArxiv,
    whyNot: (typed) =>
      /^[a-z-]+(?:\.[A-Z]{2}){2,}$/.test(typed)
        ? `"${typed}" is no list of arXiv: a list has one dot, such as cs.CL; several are cs.CL+cs.LG.`
        : undefined,
    opmlType: 'rss',
    // It announces once a day.
    everyMinutes: 360,
    canCatchUp: true,
  },
  youtube: {
    words: 'YouTube channel',
    example: "a YouTube channel's page, handle (@…) or id (UC…)",
    addressOf: youtubeAddress,
    isTold: isYoutube,
    opmlType: 'rss',
    everyMinutes: 120,
  },
  deadlines: {
    words: 'list of deadlines (YAML)',
    example: "a list of deadlines' YAML",
    opmlType: 'link',
    everyMinutes: 720,
    hasNoItems: true,
  },
  mail: {
    words: 'newsletter by e-mail',
    example: "a newsletter's page, which then gets an address to send to",
    hasMailbox: true,
    opmlType: 'link',
    everyMinutes: 360,
  },
  folder: {
    words: 'folder',
    example: 'the path of a directory',
    isLocal: true,
    opmlType: 'link',
    everyMinutes: 5,
    isSteady: true,
  },
} satisfies Record<string, SourceKindRow>;

export type SourceKind = keyof typeof rows;
export const sourceKinds: Readonly<Record<SourceKind, SourceKindRow>> = rows;
export const sourceKindNames = Object.keys(rows) as readonly SourceKind[];
/** Those that have an address anybody can read, so that anybody who may add sources may name one. */
export const webKinds: readonly SourceKind[] = sourceKindNames.filter((kind) => !sourceKinds[kind].isLocal);

/** Whether a word names a kind. */
export function isSourceKind(word: string): word is SourceKind {
  return Object.hasOwn(sourceKinds, word);
}

/** The kinds of which something holds, for statements of the store. */
export function kindsThat(holds: (row: SourceKindRow) => boolean): SourceKind[] {
  return sourceKindNames.filter((kind) => holds(sourceKinds[kind]));
}

/** A list ("cs.CL+cs.LG", also as old readers and arXiv's own pages write it) or papers ("1706.03762,1810.04805"). */
function arxivAddress(typed: string): string | undefined {
  const page =
    /^https?:\/\/(?:(?:www|export|rss)\.)?arxiv\.org\/(?:rss|list)\/([\w.+-]+)(?:\/(?:recent|new|pastweek)?)?$/;
  const list = page.exec(typed)?.[1] ?? typed;
  if (isList(list)) return `https://rss.arxiv.org/rss/${list}`;
  const paper = /^https?:\/\/(?:(?:www|export)\.)?arxiv\.org\/(?:abs|pdf|html)\/([\w./-]+?)(?:\.pdf)?$/.exec(
    typed,
  )?.[1];
  const papers = (paper ?? typed).split(/[\s,]+/);
  return papers.every(isPaper)
    ? `https://export.arxiv.org/api/query?id_list=${papers.join(',')}&max_results=${papers.length}`
    : undefined;
}

function isList(text: string): boolean {
  return text.split('+').every((part) => /^[a-z-]+(\.[A-Za-z-]+)?$/.test(part));
}

function isPaper(text: string): boolean {
  return /^(\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?\/\d{7})(v\d+)?$/.test(text);
}

/** A word may be anything, but no host ends as subjects do: two capitals, or as those of physics in small letters. */
const surelyList = /^[a-z-]+\.[A-Z]{2}$|^(?:cond-mat|physics)\.(?:[a-z]+-[a-z]+|optics|other|soft)$/;

function isArxiv(typed: string): boolean {
  if (/^https?:\/\/(?:rss|export|oaipmh)\.arxiv\.org\//.test(typed)) return true;
  const isShort = !/^https?:/i.test(typed);
  if (isShort && isList(typed)) return typed.split('+').some((part) => surelyList.test(part));
  return arxivAddress(typed) !== undefined;
}

/** A channel (its id, its handle, its page, its feed), or a playlist: uploads of a channel (UU), one of its own (PL); mixes (RD) have no feed. */
function youtubeAddress(typed: string): string | undefined {
  const feed = /^https?:\/\/(?:www\.|m\.)?youtube\.com\/(feeds\/videos\.xml\?.*)$/.exec(typed)?.[1];
  if (feed) return `https://www.youtube.com/${feed}`;
  // Its page names its feed.
  if (/^@[\p{L}\p{N}._·-]{3,30}$/u.test(typed)) return `https://www.youtube.com/${typed}`;
  const channel = /(?:^|\/channel\/)(UC[\w-]{22})\b/.exec(typed)?.[1];
  if (channel) return `https://www.youtube.com/feeds/videos.xml?channel_id=${channel}`;
  const playlist = /(?:^|[?&]list=)((?:PL|UU|FL|OLAK5uy_)[\w-]{10,48})(?:&|#|$)/.exec(typed)?.[1];
  return playlist && `https://www.youtube.com/feeds/videos.xml?playlist_id=${playlist}`;
}

function isYoutube(typed: string): boolean {
  if (/^https?:/i.test(typed)) return /^https?:\/\/(?:www\.|m\.)?youtube\.com\//i.test(typed);
  return youtubeAddress(typed) !== undefined;
}
