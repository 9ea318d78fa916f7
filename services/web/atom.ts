// Entries -> the body of an Atom feed (RFC 4287), the public ones and the private ones.
import type { FastifyReply } from 'fastify';
import type { Templates } from '../../core/templates.ts';
import type { WordsLang } from '../../core/words-langs.ts';

export interface FeedEntry {
  /** Its address, which also names it for ever. */
  url: string;
  title: string;
  /** Of title and summary; that of the feed when left out. What the content has in another language than the feed says so itself. */
  lang?: string;
  summary: string;
  published: string;
  updated: string;
  html: string;
}

export interface Feed {
  publication: string;
  title: string;
  id: string;
  self: string;
  /** The WebSub hub that is told when it changes. */
  hub?: string | null;
  /** The page it is the feed of. */
  page: string;
  entries: FeedEntry[];
}

/** Writes the feed. */
export async function writeAtom(templates: Templates, feed: Feed, lang: WordsLang): Promise<string> {
  // A feed needs a date even before its first entry; the installation is as old as nobody knows, so: the epoch.
  const updated = feed.entries[0]?.updated ?? new Date(0).toISOString();
  const entries = feed.entries.map((entry) => ({ ...entry, lang: entry.lang ?? lang }));
  return withoutControls(await templates.page('feed', { ...feed, entries, hub: feed.hub ?? null, updated }, lang));
}

/** Answers with a written feed; `cache` is its Cache-Control. */
export function sendAtom(reply: FastifyReply, { xml, cache }: { xml: string; cache: string }): FastifyReply {
  return reply.type('application/atom+xml; charset=utf-8').header('cache-control', cache).send(xml);
}

/** Only what XML 1.0 calls a Char (2.2): one control character in a title, even escaped, would break the whole feed. */
function withoutControls(xml: string): string {
  return xml.replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '');
}
