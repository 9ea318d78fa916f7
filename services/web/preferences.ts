// `/preferences/:token`: a reader's own page: what they get, how much of it, and what is kept about them.
import type { FastifyInstance } from 'fastify';
import type { House } from '../../core/house.ts';
import { pickLine } from '../../core/letter/pick-words.ts';
import { signalButtons } from '../../core/signal-kinds.ts';
import { broughtWorks } from '../../core/store/brought-works.ts';
import { changeUnderway } from '../../core/store/address-changes.ts';
import { fullWeight, leastWeight, maxInterests, weighedInterests } from '../../core/store/interests.ts';
import { lastPicksOf } from '../../core/store/last-picks.ts';
import { feedTokenOf } from '../../core/store/reader-feeds.ts';
import type { Reader } from '../../core/store/readers.ts';
import { savedStories } from '../../core/store/saved-stories.ts';
import { countSignals, listSignals } from '../../core/store/signals.ts';
import { signalWord } from '../../core/signal-words.ts';
import { texToText } from '../../core/tex/tex-to-text.ts';
import { nextTime } from '../../core/week.ts';
import type { Words } from '../../core/words.ts';
import type { Room } from '../room.ts';
import { amountOf, takeAmount } from './amount.ts';
import { takeInterests } from './interests.ts';
import type { NewestIssue } from './newest-issue.ts';
import { ownShortlists } from './own-shortlists.ts';
import { pairRoom } from './pair.ts';
import { takeLinks } from './reader-links.ts';
import { readerOf } from './reader-of.ts';
import { rulesRoom } from './rules.ts';
import { saidOf } from './said.ts';
import { showSignals } from './show-profile.ts';
import { undoForm } from './undo-form.ts';
import { followedNamesRoom } from './followed-names.ts';

/** The newest are those that count most. */
const shownSignals = 20;
const shownSaved = 20;

/** Registers the page and its forms; each form shows the page again with what changed. */
export function preferencesRoom(app: FastifyInstance, room: Room, newestIssue: NewestIssue): void {
  const { house, links, show, words: wordsOf } = room;
  const { db, now } = house;
  const showRules = rulesRoom(app, room);
  const showFollowedNames = followedNamesRoom(app, house);
  const showShortlists = ownShortlists(app, house);
  const showAnswers = pairRoom(app, room);
  app.get('/preferences/:token', async (request, reply) => {
    const reader = await readerOf(db, request);
    const feedToken = await feedTokenOf(db, reader.id);
    const words = wordsOf(request);
    const zone = reader.timezone ?? house.config.TIMEZONE;
    return show(reply, 'preferences', {
      title: words.say('mine.title'),
      isPersonal: true,
      reader,
      said: saidOf(request.query, words),
      undo: undoForm(request.query, reader.token),
      next: nextLetter(house, reader, words),
      ...(await showInterests(house, { reader, newestIssue, words })),
      ...(await showRules(reader.id, request.query, words)),
      ...(await showFollowedNames(reader.id)),
      ...(await showShortlists(reader, words)),
      signals: showSignals(await listSignals(db, reader.id, shownSignals), now(), words),
      buttons: words.list(signalButtons.map(({ kind }) => words.say('search.quoted', { word: signalWord(kind, 'words', words) }))), // prettier-ignore
      answers: await showAnswers(reader.id, words),
      brought: (await broughtWorks(db, reader.id)).map((work) => ({ ...work, title: texToText(work.title) })),
      signalCount: await countSignals(db, reader.id),
      amount: amountOf(house, reader, words),
      ...(await showSaved(house, { reader, zone, words })),
      moving: (await changeUnderway(db, { readerId: reader.id, now: now() })) ?? null,
      feed: feedToken ? { address: links.privateFeed(feedToken), saved: links.savedFeed(feedToken) } : null,
      picks: (await lastPicksOf(db, reader.id)).map((pick) => ({
        ...pick,
        title: texToText(pick.title),
        reason: pickLine(pick, words),
      })),
    });
  });
  takeInterests(app, house);
  takeAmount(app, house);
  takeLinks(app, house);
}

/** When the next letter comes; null while none does. */
function nextLetter({ config, now }: House, { status, timezone }: Reader, words: Words): string | null {
  if (status !== 'active') return null;
  return words.date(nextTime(config.SEND_AT, now(), config.TIMEZONE), timezone ?? config.TIMEZONE);
}

async function showInterests(
  { db }: House,
  { reader, newestIssue, words: say }: { reader: Reader; newestIssue: NewestIssue; words: Words },
) {
  const foundWords = (count: number): string =>
    count === 0 ? say.say('mine.foundNone') : say.say('mine.found', { n: count });
  const interests = await weighedInterests(db, reader.id);
  const issue = await newestIssue();
  return {
    interests: interests.map(({ words, weight }) => ({ words, weight, found: issue ? foundWords(issue.peek.count(words)) : '' })), // prettier-ignore
    peek: issue?.peek.picks(interests, say) ?? [],
    unmet: issue?.peek.unmet(interests, say) ?? '',
    maxInterests,
    leastWeight,
    fullWeight,
  };
}

async function showSaved({ db }: House, { reader, zone, words }: { reader: Reader; zone: string; words: Words }) {
  const saved = await savedStories(db, { readerId: reader.id, limit: shownSaved + 1 });
  return {
    saved: saved.slice(0, shownSaved).map(({ storyId, title, lang, savedAt }) => ({
      storyId,
      title: texToText(title),
      lang,
      date: words.date(savedAt, zone),
    })),
    hasMoreSaved: saved.length > shownSaved,
  };
}
