// What a reader saved, to take along: as BibTeX and RIS from their own page, and as a feed at the address of their private feed.
import type { FastifyInstance } from 'fastify';
import { savedStories } from '../../core/store/saved-stories.ts';
import { loadSettings } from '../../core/store/settings.ts';
import { wordsIn } from '../../core/words.ts';
import type { Room } from '../room.ts';
import { sendAtom, writeAtom } from './atom.ts';
import { referenceForms } from './bibliography.ts';
import { saidIn, textsOfStories } from './edition-texts.ts';
import { storyEntry } from './listed-stories.ts';
import { feedReaderOf, readerOf } from './reader-of.ts';

/** More than anybody reads; a file of them has some 3 MB. */
const mostSaved = 5_000;
const entriesInFeed = 50;

/** Registers the files and the feed. */
export function savedRoom(app: FastifyInstance, { house, links, templates }: Room): void {
  const { db } = house;
  for (const { end, type, write } of referenceForms) {
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
    const { id: readerId, feedToken, lang } = await feedReaderOf(db, request);
    const { publication } = await loadSettings(db);
    const saved = await savedStories(db, { readerId, limit: entriesInFeed });
    const words = wordsIn(lang ?? house.config.SITE_LANGUAGE);
    const texts = await textsOfStories(db, saved.map(({ storyId }) => storyId), words.lang); // prettier-ignore
    const self = links.savedFeed(feedToken);
    const entries = saved.map((story) =>
      storyEntry(
        { ...saidIn(story, story.storyId, texts), told: story.source, before: '', at: story.savedAt },
        links.story(story.storyId),
        words,
      ),
    );
    const xml = await writeAtom(templates, { publication, title: words.say('feed.saved', { publication }), id: self, self, page: links.archive, entries }, words.lang); // prettier-ignore
    return sendAtom(reply.header('x-robots-tag', 'noindex'), { xml, cache: 'private, max-age=300' });
  });
}
