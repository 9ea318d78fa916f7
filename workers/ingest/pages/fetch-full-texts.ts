// Teasers whose page may be read -> the article itself as the item's text.
import { randomUUID } from 'node:crypto';
import { messageOf, PermanentError, TemporaryError } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import { guardedFetch } from '../../../core/http.ts';
import {
  dueFullTexts,
  isStillDue,
  saveFullText,
  type DueFullText,
  type FullText,
} from '../../../core/store/full-texts.ts';
import { passTurn, takeTurn } from '../../../core/store/turns.ts';
import { runInThread } from '../../../core/threads.ts';
import { linksIn } from '../clean/clean-html.ts';
import { digestMentions } from '../clean/digest.ts';
import { decodeText } from '../clean/decode.ts';
import { mentionsOf } from '../../../core/addresses/keys.ts';
import { createRobots } from '../politeness/robots.ts';
import { slowBackoffMs } from '../politeness/retry-schedule.ts';

interface Reading {
  mayRead: ReturnType<typeof createRobots>;
  allow: readonly string[];
  now: () => Date;
  stop: AbortSignal;
}

const hostsAtOnce = 4;
const maxPageBytes = 10_000_000;
/** A page that takes longer to understand is not meant to be read. */
const extractMs = 20_000;

/** Longer than robots.txt, the page and the reading of it may take together. */
const leaseMs = 120_000;

/** Answers `texts.fetch`: one page at a time from each host over all processes, four hosts at once. */
export function createFullTexts(house: House, allow: readonly string[]): (stop: AbortSignal) => Promise<void> {
  const mayRead = createRobots(house.now, { allow });
  return async (stop) => {
    const due = await dueFullTexts(house.db, house.now(), 200);
    const hosts = [...new Set(due.map(({ url }) => new URL(url).host))];
    let got = 0;
    const readHosts = async (): Promise<void> => {
      for (let host = hosts.shift(); host !== undefined; host = hosts.shift()) {
        for (const one of due.filter(({ url }) => new URL(url).host === host)) {
          if (stop.aborted) return;
          const state = await readInTurn(house, one, { mayRead, allow, now: house.now, stop });
          if (state === 'ok') got++;
          // Another process is reading pages of this host.
          if (state === 'busy') break;
        }
      }
    };
    await Promise.all(Array.from({ length: hostsAtOnce }, readHosts));
    if (got > 0) await house.queue.enqueue('items.embed', {});
  };
}

/** The turn is a row, so that processes on several machines ask a host one after the other too. */
async function readInTurn(
  house: House,
  due: DueFullText,
  reading: Reading,
): Promise<FullText['state'] | 'busy' | 'done'> {
  const turn = { name: `pages of ${new URL(due.url).host}`, holder: randomUUID() };
  if ((await takeTurn(house.db, { ...turn, leaseMs })) > 0) return 'busy';
  try {
    return (await isStillDue(house.db, due)) ? await readOne(house, due, reading) : 'done';
  } finally {
    await passTurn(house.db, { ...turn, pauseMs: 0 });
  }
}

async function readOne({ db, log, now }: House, due: DueFullText, reading: Reading): Promise<FullText['state']> {
  const result = await readPage(due, reading).catch((error: unknown) => failure(error, due, now()));
  if (reading.stop.aborted) return 'failed';
  await saveFullText(db, { due, result, at: now() });
  const reason = 'reason' in result ? { reason: result.reason } : {};
  log.info({ event: 'text.tried', itemId: due.itemId, state: result.state, ...reason });
  return result.state;
}

async function readPage(due: DueFullText, { mayRead, allow, now, stop }: Reading): Promise<FullText> {
  // The way there may lead to another host, which has rules of its own.
  const mayFollow = async (to: string): Promise<void> => {
    if (!(await mayRead(to, stop))) throw new PermanentError(`robots.txt of ${new URL(to).host} forbids it`);
  };
  await mayFollow(due.url);
  const accept = 'text/html, application/xhtml+xml';
  const response = await guardedFetch(due.url, { allow, now, stop, accept, maxBytes: maxPageBytes, mayFollow });
  if (response.notModified) throw new PermanentError(`${due.url} answered 304 to an unconditional request`);
  const { url, headers, body } = response;
  if (!/html/i.test(headers['content-type'] ?? 'text/html')) {
    return { state: 'none', reason: 'it is no web page', nextAt: null };
  }
  const article = await runInThread<typeof import('./extract-article.ts'), 'extractArticle'>({
    file: new URL('./extract-article.ts', import.meta.url),
    name: 'extractArticle',
    pool: 'reading',
    input: { page: decodeText(body, headers['content-type']), url },
    stop: AbortSignal.any([stop, AbortSignal.timeout(extractMs)]),
  });
  if (!article || article.text.length <= due.length) {
    return { state: 'none', reason: 'the page says no more than the teaser', nextAt: null };
  }
  const mentions = mentionsOf({ links: linksIn(article.html), text: article.text, keys: [] });
  return { state: 'ok', url, ...article, mentions, links: digestMentions(article.html) };
}

/** Tried again after 1, 3, 9 and 27 hours; what another try will not change, not again. */
function failure(error: unknown, { tries }: DueFullText, now: Date): FullText {
  if (error instanceof PermanentError) return { state: 'refused', reason: messageOf(error), nextAt: null };
  const isOverdue = error instanceof Error && error.name === 'AbortError';
  if (isOverdue) return { state: 'none', reason: `the page was not understood in ${extractMs} ms`, nextAt: null };
  if (!(error instanceof TemporaryError)) throw error;
  const nextAt = tries >= 4 ? null : new Date(now.getTime() + slowBackoffMs(tries));
  return { state: 'failed', reason: messageOf(error), nextAt };
}
