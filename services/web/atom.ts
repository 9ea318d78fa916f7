// Entries -> the body of an Atom feed (RFC 4287), the public one and the private ones.
import type { FastifyReply } from 'fastify';
import type { Templates } from '../../core/templates.ts';

export interface AtomEntry {
  /** Its address, which also names it for ever. */
  url: string;
  title: string;
  summary: string;
  published: string;
  updated: string;
  html: string;
}

export interface AtomFeed {
  publication: string;
  title: string;
  id: string;
  self: string;
  /** The page it is the feed of. */
  page: string;
  entries: AtomEntry[];
}

/** Writes the feed. */
export async function writeAtom(templates: Templates, feed: AtomFeed): Promise<string> {
  // A feed needs a date even before its first entry; the installation is as old as nobody knows, so: the epoch.
  const updated = feed.entries[0]?.updated ?? new Date(0).toISOString();
  return withoutControls(await templates.page('feed', { ...feed, updated }));
}

/** Answers with a written feed; `cache` is its Cache-Control. */
export function sendAtom(reply: FastifyReply, { xml, cache }: { xml: string; cache: string }): FastifyReply {
  return reply.type('application/atom+xml; charset=utf-8').header('cache-control', cache).send(xml);
}

/** XML 1.0 forbids most control characters even when they are escaped; one in a title would break the whole feed. */
function withoutControls(xml: string): string {
  // eslint-disable-next-line no-control-regex
  return xml.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '');
}
