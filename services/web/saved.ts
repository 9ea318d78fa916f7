// What a reader saved, to take along: as BibTeX and RIS from their own page, and as a feed at the address of their private feed.
import type { FastifyInstance } from 'fastify';
import { escapeUTF8 } from 'entities';
import { itemKindNames } from '../../core/item-kinds.ts';
import { safeHref } from '../../core/letter.ts';
import { savedStories, type SavedStory } from '../../core/store/saved-stories.ts';
import { loadSettings } from '../../core/store/settings.ts';
import { texToText } from '../../core/tex-to-text.ts';
import type { Room } from '../room.ts';
import { sendAtom, writeAtom, type FeedEntry } from './atom.ts';
import { toBibtex, toRis } from './bibliography.ts';
import { feedReaderOf, readerOf } from './reader-of.ts';

/** More than anybody reads; a file of them has some 3 MB. */
const mostSaved = 5_000;
const entriesInFeed = 50;

const forms = [
  { end: 'bib', type: 'application/x-bibtex; charset=utf-8', write: toBibtex },
  { end: 'ris', type: 'application/x-research-info-systems; charset=utf-8', write: toRis },
] as const;

/** Registers the files and the feed. */
export function savedRoom(app: FastifyInstance, { house, links, templates }: Room): void {
  const { db } = house;
  for (const { end, type, write } of forms) {
    app.get(`/preferences/:token/saved.${end}`, async (request, reply) => {
      const { id } = await readerOf(db, request);
      const saved = await savedStories(db, { readerId: id, limit: mostSaved });
      return reply
        .type(type)
        .header('content-disposition', `attachment; filename="saved.${end}"`)
        .header('cache-control', 'no-store')
        .send(write(saved));
    });
  }

  app.get('/private/:token/saved.xml', async (request, reply) => {
    const { id: readerId, feedToken } = await feedReaderOf(db, request);
    const { publication } = await loadSettings(db);
    const saved = await savedStories(db, { readerId, limit: entriesInFeed });
    const self = links.savedFeed(feedToken);
    const entries = saved.map((story) => toEntry(story, links.story(story.storyId)));
    const xml = await writeAtom(templates, { publication, title: `${publication}, saved by you`, id: self, self, page: links.archive, entries }); // prettier-ignore
    return sendAtom(reply.header('x-robots-tag', 'noindex'), { xml, cache: 'private, max-age=300' });
  });
}

function toEntry({ title, text, kind, source, url, savedAt }: SavedStory, href: string): FeedEntry {
  const begins = texToText(text);
  const away = safeHref(url);
  const link = away ? `<p><a href="${escapeUTF8(away)}">${escapeUTF8(away)}</a></p>` : '';
  const at = savedAt.toISOString();
  return {
    url: href,
    title: texToText(title),
    summary: begins,
    published: at,
    updated: at,
    html: `<p><small>${escapeUTF8(`${itemKindNames[kind]}, ${source}`)}</small></p><p>${escapeUTF8(begins)}</p>${link}`,
  };
}
