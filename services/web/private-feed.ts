// `/private/:token/feed.xml`: what was chosen for one reader, each story an entry with its reason and its signal links.
import type { FastifyInstance } from 'fastify';
import { cardIn } from '../../core/editions/in-edition.ts';
import { pickLine } from '../../core/letter/pick-words.ts';
import { signalButtons } from '../../core/signal-kinds.ts';
import { signalWord } from '../../core/signal-words.ts';
import { logFeedExposures, sentPicks, type SentPick } from '../../core/store/reader-feeds.ts';
import { loadSettings } from '../../core/store/settings.ts';
import { wordsIn, type Words } from '../../core/words.ts';
import type { Room } from '../room.ts';
import { showCard } from '../show-card.ts';
import { sendAtom, writeAtom, type FeedEntry } from './atom.ts';
import { feedReaderOf } from './reader-of.ts';

const issuesInFeed = 4;

/** Registers the feed. Its links lead to pages with a button: a feed reader that follows them changes nothing. */
export function privateFeedRoom(app: FastifyInstance, { house, links, templates }: Room): void {
  const { db } = house;
  app.get('/private/:token/feed.xml', async (request, reply) => {
    const { id: readerId, feedToken, lang } = await feedReaderOf(db, request);
    const { publication } = await loadSettings(db);
    const words = wordsIn(lang ?? house.config.SITE_LANGUAGE);
    const picks = await sentPicks(db, { readerId, issues: issuesInFeed, lang: words.lang });
    // Nobody reads the answer to a HEAD.
    if (request.method === 'GET') await logFeedExposures(db, { readerId, picks, at: house.now() });
    const self = links.privateFeed(feedToken);
    const entries = await Promise.all(picks.map((pick) => showEntry(pick, feedToken, words)));
    const feed = {
      publication,
      title: words.say('feed.chosen', { publication }),
      id: self,
      self,
      page: links.archive,
      entries,
    };
    const xml = await writeAtom(templates, feed, words.lang);
    return sendAtom(reply.header('x-robots-tag', 'noindex'), { xml, cache: 'private, max-age=300' });
  });

  async function showEntry(
    { slug, at, pick, card: approved, text }: SentPick,
    token: string,
    words: Words,
  ): Promise<FeedEntry> {
    const card = cardIn(approved, { text, lang: words.lang });
    const shown = showCard(card, words);
    const line = pickLine(pick, words);
    const buttons = signalButtons.map(({ kind }) => ({
      words: signalWord(kind, 'words', words),
      href: links.signal(token, card.storyId, kind),
    }));
    return {
      url: `${links.issue(slug)}#story-${card.storyId}`,
      title: card.title,
      lang: card.lang,
      summary: shown.summary,
      published: at.toISOString(),
      updated: at.toISOString(),
      html: await templates.page('feed-pick', { card: shown, line, story: links.story(card.storyId), buttons }, words.lang), // prettier-ignore
    };
  }
}
