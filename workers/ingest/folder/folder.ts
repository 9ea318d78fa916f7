// A file dropped in a directory (Markdown, text, HTML, captions) -> one item; pure.
import { extname } from 'node:path';
import { describeUnread, parseCaptions } from '../talks/captions.ts';
import { escapeText } from '../clean/escape-text.ts';
import { readPath } from './file-name.ts';
import { foldTranscript } from '../talks/fold-transcript.ts';
import { draftMark, namesField, plainFields, plannedAway, publishedField, textField, updatedField, withGroups } from './front-fields.ts'; // prettier-ignore
import { splitFrontMatter } from './front-matter.ts';
import type { FrontFields } from './front-value.ts';
import { readMarkdown, wordsOfLine } from './markdown.ts';
import { repairMojibake } from '../clean/mojibake.ts';
import { readPageHead, type PageHead } from './page-head.ts';
import { blankItem, type ParsedItem } from '../parsed-item.ts';
import { segmentCues } from '../talks/segment-cues.ts';

export interface DroppedFile {
  /** Relative to the directory, with slashes. */
  path: string;
  text: string;
  /** The date of a file that states none. */
  modified: Date;
  /** Against which is held what an author planned; left out, nothing is. */
  now?: Date;
}

/** An item, or why its author has not published it; and what was not as it should be. */
export type FileReading = ({ item: ParsedItem; isDated: boolean } | { draft: string }) & { flaw?: string };

type Body = Pick<ParsedItem, 'kind' | 'content' | 'segments'> & {
  title?: string | undefined;
  flaw?: string | undefined;
  /** What a page says in its head. */
  head?: PageHead;
};

const captionTypes: ReadonlySet<string> = new Set(['.vtt', '.srt', '.sbv']);
export const droppedTypes: readonly string[] = ['.md', '.markdown', '.mdx', '.txt', '.html', '.htm', ...captionTypes];

/**
 * Reads one file; its path is its identity, its front matter (title, date, author, url, lang) wins over what is guessed. It
 * was published when it says so, else when its name says so, else when it says it was changed, else when the file was:
 * an edit of an old post is no news.
 */
export function parseFile({ path, text, modified, now }: DroppedFile): FileReading {
  const type = extname(path).toLowerCase();
  const {
    front: given,
    body,
    repaired,
    isOpen,
  } = captionTypes.has(type)
    ? { front: {}, body: text, repaired: [], isOpen: false }
    : splitFrontMatter(repairMojibake(text));
  const own = plainFields(given);
  const front = withGroups(own);
  const [, drafts] = /(?:^|\/)(_?drafts?)\//i.exec(path) ?? [];
  const draft = drafts === undefined ? (draftMark(own) ?? (now ? plannedAway(front, now) : undefined)) : `in ${drafts}`;
  if (draft !== undefined) return { draft };
  const named = readPath(path);
  const { title, flaw, head, ...content } = readBody(type, foldTranscript(body));
  const stated = publishedField(front) ?? head?.published ?? named.date ?? updatedField(front) ?? head?.updated ?? null;
  const authors = namesField(front, 'authors', 'author', 'byline', 'creator', 'by');
  const ownTitle = textField(front, 'title');
  const item: ParsedItem = {
    ...blankItem,
    ...content,
    id: path,
    link: webLink(front) ?? encodeURI(path).replace(/[?#]/g, encodeURIComponent),
    title: (ownTitle && wordsOfLine(ownTitle)) ?? title ?? named.title,
    titleType: 'text',
    authors: authors.length > 0 ? authors : (head?.authors ?? []),
    published: stated ?? modified,
    language: textField(front, 'lang', 'language', 'locale') ?? head?.language ?? null,
  };
  const flaws = [
    ...(isOpen ? ['its front matter has no end'] : []),
    ...(repaired.length > 0 ? [`${repaired.join(', ')} taken as text`] : []),
    ...(flaw ? [flaw] : []),
  ];
  return { item, isDated: stated !== null, ...(flaws.length > 0 ? { flaw: flaws.join(', ') } : {}) };
}

/** A permalink such as "/blog/:title" is the site's, whose address nobody says. */
function webLink(front: FrontFields): string | undefined {
  const links = ['url', 'link', 'permalink', 'canonicalUrl', 'canonical', 'externalUrl'];
  return links.map((name) => textField(front, name)).find((link) => link !== undefined && /^https?:\/\//i.test(link));
}

function readBody(type: string, body: string): Body {
  if (captionTypes.has(type)) {
    const captions = parseCaptions(body);
    const segments = segmentCues(captions.cues);
    const content = segments.map(({ text }) => `<p>${escapeText(text)}</p>`).join('\n');
    return { kind: 'video', content, segments, flaw: describeUnread(captions) };
  }
  if (type.startsWith('.htm')) {
    const head = readPageHead(body);
    return { kind: 'post', content: body, title: head.title, head };
  }
  const { html, heading } = readMarkdown(type === '.mdx' ? body.replace(/^(?:import|export)\b[^\n]*$/gm, '') : body);
  return { kind: 'post', content: html, title: heading ?? (type === '.txt' ? firstLine(body) : undefined) };
}

function firstLine(text: string): string | undefined {
  return /^[^\S\n]*(\S[^\n]{0,200})$/m.exec(text)?.[1]?.trim();
}
