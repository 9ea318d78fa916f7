// Fields that stand before a document without a fence around them (Pelican, MultiMarkdown, Logseq, Pandoc, Hexo) -> the fields and the rest; pure.
import type { FrontFields } from './front-value.ts';

export interface BareFields {
  front: FrontFields;
  body: string;
}

/** More than any document says of itself. */
const mostLines = 60;
/** "Title: words" of Pelican and MultiMarkdown, "title:: words" of Logseq. */
const field = /^([A-Za-z][\w -]{0,30})::?[ \t]+(\S[^\n]*)$/;
/** What a field that names a document or says its day is called; a letter that begins with "Note: ..." has none of them. */
const telling = new Set(['title', 'date']);

/** Reads lines of fields up to the first empty one, or the "%" lines of Pandoc; undefined where the text begins with none. */
export function readBareFields(text: string): BareFields | undefined {
  return text.startsWith('%') ? readPandoc(text) : readNamed(text);
}

function readNamed(text: string): BareFields | undefined {
  const front: FrontFields = {};
  const lines = text.split('\n', mostLines);
  let last = '';
  let count = 0;
  for (const line of lines) {
    if (line.trim() === '') break;
    const [, name, value = ''] = field.exec(line) ?? [];
    const isMore = name === undefined && /^[ \t]/.test(line) && last !== '';
    if (name === undefined && !isMore) return undefined;
    if (name !== undefined) last = name;
    front[last] = isMore ? `${front[last] as string} ${line.trim()}` : value.trim();
    count++;
  }
  const isTold = Object.keys(front).some((name) => telling.has(name.toLowerCase()));
  return isTold && count < mostLines ? { front, body: afterLines(text, count) } : undefined;
}

/** "% title", "% authors; with semicolons", "% date", each of which may be empty and go on in lines that are indented. */
function readPandoc(text: string): BareFields | undefined {
  const parts: string[] = [];
  let count = 0;
  for (const line of text.split('\n', mostLines)) {
    const isNext = /^%(?:[ \t]|$)/.test(line) && parts.length < 3;
    if (!isNext && !(parts.length > 0 && /^[ \t]+\S/.test(line))) break;
    if (isNext) parts.push(line.slice(1).trim());
    else parts[parts.length - 1] += `${parts.length === 2 ? ';' : ''} ${line.trim()}`;
    count++;
  }
  const [title = '', authors = '', date = ''] = parts;
  if (title === '') return undefined;
  const names = authors.split(';').map((name) => name.trim()).filter((name) => name !== ''); // prettier-ignore
  return { front: { title, authors: names, ...(date === '' ? {} : { date }) }, body: afterLines(text, count) };
}

function afterLines(text: string, count: number): string {
  return text.split('\n').slice(count).join('\n');
}
