// A file dropped in a directory (Markdown, text, HTML, captions) -> one item; pure.
import { extname } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { parseCaptions } from './captions.ts';
import { escapeText } from './escape-text.ts';
import { foldTranscript } from './fold-transcript.ts';
import { markdownToHtml } from './markdown.ts';
import { repairMojibake } from './mojibake.ts';
import { blankItem, type ParsedItem } from './parsed-item.ts';
import { readDate } from './read-date.ts';
import { segmentCues } from './segment-cues.ts';

export interface DroppedFile {
  /** Relative to the directory, with slashes. */
  path: string;
  text: string;
  modified: Date;
}

export const droppedTypes: readonly string[] = ['.md', '.markdown', '.txt', '.html', '.htm', '.vtt', '.srt'];

/** Reads one file; its path is its identity, its front matter (title, date, author, url, lang) wins over what is guessed. */
export function parseFile({ path, text, modified }: DroppedFile): ParsedItem {
  const { front, body } = splitFrontMatter(repairMojibake(text));
  const { title, ...content } = readBody(extname(path).toLowerCase(), foldTranscript(body));
  return {
    ...blankItem,
    ...content,
    id: path,
    link: textField(front, 'url', 'link', 'permalink') ?? encodeURI(path),
    title: textField(front, 'title') ?? title ?? path.replace(/^.*\//, '').replace(/\.\w+$/, ''),
    titleType: 'text',
    authors: listField(front, 'authors', 'author'),
    published: dateField(front) ?? modified,
    language: textField(front, 'lang', 'language') ?? null,
  };
}

function readBody(type: string, body: string): Pick<ParsedItem, 'kind' | 'content' | 'segments'> & { title?: string } {
  if (type === '.vtt' || type === '.srt') {
    const segments = segmentCues(parseCaptions(body).cues);
    return { kind: 'video', content: segments.map(({ text }) => `<p>${escapeText(text)}</p>`).join('\n'), segments };
  }
  if (type.startsWith('.htm')) {
    const title = /<title[^>]*>([^<]*)/i.exec(body)?.[1]?.trim();
    return { kind: 'post', content: body, ...(title ? { title } : {}) };
  }
  const heading = /^#\s+(.+)$/m.exec(body)?.[1]?.trim() ?? (type === '.txt' ? firstLine(body) : undefined);
  return { kind: 'post', content: markdownToHtml(body), ...(heading ? { title: heading } : {}) };
}

function firstLine(text: string): string | undefined {
  return /^\s*(\S[^\n]{0,200})$/m.exec(text)?.[1]?.trim();
}

function splitFrontMatter(text: string): { front: Record<string, unknown>; body: string } {
  const [whole, yaml] = /^\ufeff?---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(text) ?? [];
  if (whole === undefined || yaml === undefined) return { front: {}, body: text };
  try {
    const front: unknown = parseYaml(yaml);
    const isMap = typeof front === 'object' && front !== null && !Array.isArray(front);
    return { front: isMap ? (front as Record<string, unknown>) : {}, body: text.slice(whole.length) };
  } catch {
    // A title with a colon in it is no reason to lose the post.
    return { front: {}, body: text.slice(whole.length) };
  }
}

function textField(front: Record<string, unknown>, ...names: string[]): string | undefined {
  const value = names.map((name) => front[name]).find((found) => typeof found === 'string' && found.trim() !== '');
  return value as string | undefined;
}

function listField(front: Record<string, unknown>, ...names: string[]): string[] {
  const value = names.map((name) => front[name]).find((found) => found !== undefined && found !== null);
  return (Array.isArray(value) ? value : [value]).filter((name) => typeof name === 'string');
}

function dateField(front: Record<string, unknown>): Date | null {
  const { date } = front;
  return date instanceof Date ? date : readDate(typeof date === 'string' ? date : undefined);
}
