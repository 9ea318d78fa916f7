// `/read/:token`: the archive as one reader got it, with what was chosen for them, why, and a button for each signal.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { inEdition } from '../../core/editions/in-edition.ts';
import { pickLine, unmetWords } from '../../core/letter/pick-words.ts';
import type { Words } from '../../core/words.ts';
import type { Card } from '../../core/store/issue-content.ts';
import { issueBySlug } from '../../core/store/issues.ts';
import { withPooled } from '../../core/store/letter-content.ts';
import { picksOf, unmetInterests, type Pick } from '../../core/store/picks.ts';
import { publishedHeads } from '../../core/store/published-issues.ts';
import { signalsOn } from '../../core/store/signals.ts';
import { markWithdrawn } from '../mark-withdrawn.ts';
import { notFound } from '../page-error.ts';
import type { Room } from '../room.ts';
import { showCard, showSections } from '../show-card.ts';
import { isPublished } from './archive.ts';
import { readerOf } from './reader-of.ts';
import { showButtons } from './signal-buttons.ts';

const params = z.object({ slug: z.string().regex(/^[\w-]{1,40}$/) });

/** Registers the list and the issues. */
export function readingRoom(app: FastifyInstance, { house, show, words: wordsOf }: Room): void {
  const { db, config } = house;

  app.get('/read/:token', async (request, reply) => {
    const { token } = await readerOf(db, request);
    const words = wordsOf(request);
    const issues = (await publishedHeads(db)).map(({ slug, title, stories, date }) => ({ slug, title, count: stories, date: words.date(date, 'UTC') })); // prettier-ignore
    return show(reply, 'reading', { title: words.say('reading.title'), isPersonal: true, token, issues });
  });

  app.get('/read/:token/:slug', async (request, reply) => {
    const { id: readerId, token } = await readerOf(db, request);
    const parsed = params.safeParse(request.params);
    const issue = parsed.success ? await issueBySlug(db, parsed.data.slug) : undefined;
    if (!issue || !isPublished(issue)) throw notFound({ key: 'issue.missing' });
    const words = wordsOf(request);
    const { id: issueId, contentHash, slug } = issue;
    const picks = (await picksOf(db, { issueId, contentHash, readerIds: [readerId] })).get(readerId) ?? [];
    const storyIds = picks.map(({ storyId }) => storyId);
    const original = await markWithdrawn(db, await withPooled(db, { issueId, content: issue.content, storyIds }));
    const content = inEdition(original, { lang: words.lang, own: config.SITE_LANGUAGE });
    const unmet = (await unmetInterests(db, { issueId, contentHash, readerIds: [readerId] })).get(readerId) ?? [];
    const given = await signalsOn(db, readerId, content.cards.map((card) => card.storyId)); // prettier-ignore
    const buttonsOf = (storyId: number) => showButtons(given.get(storyId) ?? [], words);
    const chosen = showChosen(picks, content.cards, words).map((card) => ({ ...card, buttons: buttonsOf(card.id) }));
    const isChosen = new Set(chosen.map(({ id }) => id));
    const sections = showSections(content, words).map((section) => ({
      ...section,
      cards: section.cards.filter(({ id }) => !isChosen.has(id)).map((card) => ({ ...card, line: null, buttons: buttonsOf(card.id) })), // prettier-ignore
    }));
    return show(reply, 'reading-issue', {
      title: content.title,
      isPersonal: true,
      token,
      slug,
      chosen,
      unmet: unmetWords(unmet, words),
      sections: sections.filter(({ cards }) => cards.length > 0),
    });
  });
}

/** The reader's picks in the order they were chosen, numbered as in no issue: best first. */
function showChosen(picks: readonly Pick[], cards: readonly Card[], words: Words) {
  const cardOf = new Map(cards.map((card) => [card.storyId, card]));
  return picks.flatMap((pick) => {
    const card = cardOf.get(pick.storyId);
    return card ? [{ ...showCard(card, words), line: pickLine(pick, words) }] : [];
  });
}
