// What a parser found, hostile until here -> cleaned once, an item that may be stored, shown and mailed; pure.
import { hashContent } from '../../../core/content-hash.ts';
import { oneLine } from '../../../core/one-line.ts';
import type { ItemKind } from '../../../core/item-kinds.ts';
import type { NewItem } from '../../../core/store/items.ts';
import { cleanHtml, linksIn, textOf } from './clean-html.ts';
import { cleanTitle, clip, firstLine, tidy } from './clean-title.ts';
import { takeCommunityLines } from './community-lines.ts';
import { detectLanguage } from './detect-language.ts';
import { escapeText } from './escape-text.ts';
import { rankTranscripts } from '../talks/offered-transcripts.ts';
import { digestMentions, isDigest } from './digest.ts';
import { keysOf, mentionsOf } from '../../../core/addresses/keys.ts';
import { repairMojibake } from './mojibake.ts';
import { withOwnName } from './own-name.ts';
import { parseUrl } from '../../../core/addresses/parse-url.ts';
import type { ParsedItem } from '../parsed-item.ts';
import { dayMs } from '../../../core/time.ts';

const maxTitle = 500;
const maxText = 200_000;
const maxHtml = 400_000;
const maxAuthors = 100;

export interface CleaningContext {
  /** Where the source is: against it relative links are resolved. */
  url: string;
  /** The page of the source, to which an item leads that has none of its own. */
  home?: string | null;
  /** The language the source declares. */
  language: string | null;
  /** The language a curator says it is in, whatever anything else says. */
  fixedLanguage?: string | null;
  /** First seen: the date of an item that has none, or one that cannot be. */
  now: Date;
}

/** Cleans one item; undefined for one with neither title nor words, or that leads nowhere. */
export function cleanItem(item: ParsedItem, context: CleaningContext): NewItem | undefined {
  const own = ownAddress(item, context);
  const url = own ?? webAddress(context.home ?? null, context.url);
  const given = bodyOf(item);
  const raw = tidy(given.html).slice(0, maxHtml * 4);
  // A base may itself be relative: to where the document was found (RFC 3986, 5.1.3).
  const base = webAddress(given.base ?? null, context.url) ?? url ?? context.url;
  // Tidied again, since a reference may have hidden what was tidied before.
  const body = takeCommunityLines(tidy(cleanHtml(repairMojibake(raw), base)).slice(0, maxHtml));
  const heading = cleanTitle(item);
  const html = item.kind === 'paper' ? withOwnName(body.html, heading) : body.html;
  const text = clip(textOf(html), maxText);
  const title = clip(heading || firstLine(text), maxTitle);
  if (title === '' || url === undefined) return undefined;
  const keys = keysOf(item.keys.map(tidy), own);
  const kind: ItemKind =
    item.kind === 'post' && !isEpisode(item) && isDigest({ title, url, text, html }) ? 'digest' : item.kind;
  // In the order of the alphabet, in which it is hashed.
  const cleaned = {
    authors: cleanNames(item.authors),
    durationS:
      item.durationS !== null && item.durationS > 0 && item.durationS < 1e6 ? Math.round(item.durationS) : null,
    html: html.length < maxHtml ? html : `<p>${escapeText(text.slice(0, 20_000))}</p>`,
    imageUrl: webAddress(item.imageUrl, context.url) ?? null,
    keys,
    kind,
    lang: context.fixedLanguage ?? detectLanguage(languageSample(title, text), item.language ?? context.language),
    mentions: mentionsOf({
      links: [...linksIn(html), ...(item.links ?? []), ...(own === undefined ? [] : [own])],
      text,
      keys,
    }),
    ...(item.segments
      ? { segments: item.segments.map(({ startS, text: words }) => ({ startS, text: tidy(words) })) }
      : {}),
    text,
    title,
    url,
  };
  const links = linksOf(item, { language: cleaned.lang, base: context.url });
  const publishedAt = plausibleDate(item.published ?? item.updated, context.now);
  return {
    guid: item.name ?? clip(tidy(item.id ?? '') || (keys[0] ?? hashContent({ title, text })), 1000),
    ...cleaned,
    // Not what is hashed, which would be another in a reading without its like.
    ...(kind === 'digest' ? { links: digestMentions(html) } : {}),
    ...(item.isWhole && own !== undefined ? { keys: keysOf(item.keys.map(tidy), own, 'whole') } : {}),
    ...(item.published ? {} : { isUndated: true }),
    ...(isDatedByUpdate(item, publishedAt) ? { isDatedByUpdate: true } : {}),
    publishedAt,
    ...(body.points === null ? {} : { points: body.points }),
    transcriptState: item.segments ? 'ok' : item.kind === 'video' || links.length > 0 ? 'pending' : null,
    ...(links.length > 0 ? { transcriptLinks: links } : {}),
    // What is known of a paper depends on who was asked; what it says does not.
    contentHash: hashContent(item.kind === 'paper' ? { title, text } : cleaned),
    ...paperFacts(item),
  };
}

/** Something to listen to, whose notes are a list of links. */
function isEpisode({ durationS, transcripts, recording }: ParsedItem): boolean {
  return durationS !== null || transcripts !== undefined || recording !== undefined;
}

/** Of what came with its words nothing else is fetched. */
function linksOf({ transcripts, segments }: ParsedItem, { language, base }: { language: string; base: string }) {
  if (!transcripts || segments) return [];
  return rankTranscripts(transcripts, { language, webAddress: (link) => webAddress(link, base) });
}

/** Where an item leads by itself. An id such as "12345" is no address below the feed's. */
export function ownAddress({ link, id }: ParsedItem, { url }: Pick<CleaningContext, 'url'>): string | undefined {
  return webAddress(link, url) ?? (/^https?:/i.test(id ?? '') ? webAddress(id, url) : undefined);
}

function paperFacts({ version, categories, announced, isRevision, withdrawn }: ParsedItem) {
  return {
    ...(version !== undefined && version > 0 && version < 10_000 ? { version } : {}),
    ...(categories ? { categories: cleanNames(categories).slice(0, 30) } : {}),
    ...(announced ? { announced } : {}),
    ...(isRevision ? { isRevision } : {}),
    ...(withdrawn === undefined ? {} : { withdrawn }),
  };
}

/**
 * The content: what is called so is the article (RSS Profile, content:encoded; RFC 4287, 4.1.3), and a longer summary
 * beside it is navigation or a blurb. Content without words, or that is the summary's beginning, gives way.
 */
function bodyOf({ content, summary, bases }: ParsedItem): { html: string; base: string | undefined } {
  const [long, short] = [(content ?? '').trim(), (summary ?? '').trim()];
  return isStub(long, short)
    ? { html: summary ?? '', base: bases?.summary }
    : { html: content ?? '', base: bases?.content };
}

function isStub(content: string, summary: string): boolean {
  if (content.length >= summary.length) return false;
  // Most feeds have one of the two only.
  if (content === '') return true;
  const [words, others] = [wordsIn(content), wordsIn(summary)];
  return (
    words === '' ||
    (others.length > words.length && others.startsWith(words.replace(/(?:…|\.{3}|\[…\])$/, '').trimEnd()))
  );
}

/** As far as they tell a text from its beginning. */
function wordsIn(html: string): string {
  return textOf(cleanHtml(html.slice(0, 20_000), 'about:blank')).replace(/\s+/g, ' ');
}

function cleanNames(names: string[]): string[] {
  const cleaned = names.map((name) => oneLine(repairMojibake(tidy(name.slice(0, 5000).replace(/<[^<>]*>/g, '')))));
  return [...new Set(cleaned.filter((name) => name !== '').map((name) => clip(name, 200)))].slice(0, maxAuthors);
}

function webAddress(link: string | null, base: string): string | undefined {
  const bare = link?.trim();
  const url = !bare || bare.length > 2000 ? undefined : parseUrl(bare, base);
  if (!url) return undefined;
  const { protocol, href } = url;
  // A file is where it is only when the source itself is a directory.
  const isFile = protocol === 'file:' && base.startsWith('file:') && href.startsWith(base);
  return protocol === 'http:' || protocol === 'https:' || isFile ? href : undefined;
}

/** Clocks of publishers run wild: a date before the web, or after tomorrow, is none. */
function plausibleDate(date: Date | null, now: Date): Date {
  if (!date || date.getUTCFullYear() < 1990 || date.getTime() > now.getTime() + dayMs) return now;
  return date;
}

/** The words themselves where there are enough: a talk is in the language it is held in, not in that of its heading. */
function languageSample(title: string, text: string): string {
  const body = text.startsWith(title) ? text.slice(title.length).trim() : text;
  return body.length >= 200 ? body : `${title}\n${body}`;
}

/** Atom asks for `updated` and leaves `published` to the publisher, and forges write no other (releases, discussions). */
function isDatedByUpdate({ published, updated }: ParsedItem, publishedAt: Date): boolean {
  return !published && updated?.getTime() === publishedAt.getTime();
}
