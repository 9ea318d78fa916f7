// A JSON Feed -> one ParsedFeed, by feedsmith; pure.
import { parseJsonFeed } from 'feedsmith';
import { PermanentError } from '../../core/errors.ts';
import { countJsonValues } from './count-json-values.ts';
import { escapeText } from './clean/escape-text.ts';
import { blankItem, type ParsedFeed, type ParsedItem } from './parsed-item.ts';
import { readDate } from './dates/read-date.ts';

/** Nobody reads on, as in XML. */
const maxItems = 100_000;
/** Twenty for each of so many items. */
const maxValues = 2_000_000;

/** Reads a feed; undefined when the text is something else. PermanentError when it has more values than a feed needs. */
export function readJsonFeed(text: string): ParsedFeed | undefined {
  if (countJsonValues(text, maxValues) >= maxValues) {
    throw new PermanentError(`this is JSON of more than ${maxValues} values, which is no feed anybody reads`);
  }
  const feed = parsed(text);
  if (!feed) return undefined;
  return {
    title: feed.title === undefined ? null : escapeText(feed.title),
    link: feed.home_page_url ?? null,
    description: feed.description === undefined ? null : escapeText(feed.description),
    language: feed.language ?? null,
    id: feed.feed_url ?? null,
    self: feed.feed_url,
    updated: null,
    asked: {},
    items: (feed.items ?? []).map((item) => ({
      ...blankItem,
      id: item.id ?? item.url ?? null,
      title: item.title ?? '',
      titleType: 'text',
      ...linkOf(item),
      summary: item.summary === undefined ? null : escapeText(item.summary),
      content: item.content_html ?? (item.content_text === undefined ? null : paragraphsOf(item.content_text)),
      authors: (item.authors ?? feed.authors ?? []).map(({ name }) => name?.trim() ?? '').filter((name) => name !== ''),
      published: readDate(item.date_published),
      updated: readDate(item.date_modified),
      language: item.language ?? null,
      imageUrl: item.image ?? item.banner_image ?? null,
      ...transcriptsOf(item.attachments),
      durationS: item.attachments?.find((part) => part.duration_in_seconds)?.duration_in_seconds ?? null,
    })),
  };
}

/** Of plain text the empty lines part paragraphs. */
function paragraphsOf(text: string): string {
  const paragraphs = text.split(/\n\s*\n/).map((one) => escapeText(one.trim()).replace(/\r?\n/g, '<br>'));
  return paragraphs.length === 1 ? paragraphs[0]! : paragraphs.map((one) => `<p>${one}</p>`).join('');
}

type Attachment = { url?: string; mime_type?: string };

/** An episode without a page of its own is its recording. */
function linkOf(item: {
  url?: string;
  external_url?: string;
  attachments?: Attachment[];
}): Pick<ParsedItem, 'link' | 'ownLinks'> {
  const recording = item.attachments?.find(({ mime_type: type }) => /^(?:audio|video)\//i.test(type ?? ''))?.url;
  const link = item.url ?? item.external_url ?? recording ?? null;
  return recording === undefined ? { link } : { link, ownLinks: [recording] };
}

/** JSON Feed has no word for them, but attachments with a type. */
function transcriptsOf(attachments: Attachment[] = []): Pick<ParsedItem, 'transcripts'> {
  const transcripts = attachments.flatMap(({ url, mime_type: type = '' }) =>
    url !== undefined && /^(?:text\/vtt|application\/(?:x-subrip|srt))$/i.test(type)
      ? [{ url, type, language: null }]
      : [],
  );
  return transcripts.length > 0 ? { transcripts } : {};
}

function parsed(text: string) {
  try {
    const json = JSON.parse(text) as { items?: unknown };
    return parseJsonFeed(Array.isArray(json.items) ? { ...json, items: json.items.slice(0, maxItems) } : json);
  } catch {
    // JSON that is broken, and JSON that is no feed, are both not one.
    return undefined;
  }
}
