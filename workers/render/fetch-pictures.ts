// Pictures that curators described -> the same on our own host, fetched once: opening a letter tells no third party.
import { allowedAddresses } from '../../core/config.ts';
import { messageOf } from '../../core/errors.ts';
import { guardedFetch } from '../../core/http.ts';
import type { House } from '../../core/house.ts';
import { describedPicture } from '../../core/letter/described-picture.ts';
import { picturesToFetch, saveFetched } from '../../core/store/fetched-pictures.ts';
import type { Card } from '../../core/store/issue-content.ts';
import { savePicture } from '../../core/store/pictures.ts';
import { fitPicture, type FittedPicture } from './fit-picture.ts';

const maxBytes = 12_000_000;
const timeoutMs = 15_000;
/** A host that does not answer holds up one of them: of 40 pictures of slow hosts the last came after ten minutes. */
const fetchedAtOnce = 4;

/**
 * Fetches those that were not had yet and not tried since `triedBefore`. What cannot be had is left out of letters, and the log says why:
 * they read without it.
 */
export async function fetchPictures(
  house: House,
  { cards, triedBefore, stop }: { cards: readonly Card[]; triedBefore: Date; stop: AbortSignal },
): Promise<void> {
  const urls = cards.flatMap(describedPicture).map(({ url }) => url);
  if (urls.length === 0) return;
  const waiting = await picturesToFetch(house.db, { urls, triedBefore });
  const fit = oneByOne();
  const fetchRest = async (): Promise<void> => {
    for (let url = waiting.shift(); url && !stop.aborted; url = waiting.shift())
      await takePicture(house, url, { fit, stop });
  };
  await Promise.all(Array.from({ length: fetchedAtOnce }, fetchRest));
}

type Fit = (bytes: Buffer) => Promise<FittedPicture>;

async function takePicture(
  { db, config, log, now }: House,
  url: string,
  { fit, stop }: { fit: Fit; stop: AbortSignal },
): Promise<void> {
  try {
    const answer = await guardedFetch(url, { maxBytes, timeoutMs, accept: 'image/*', allow: allowedAddresses(config.ALLOW_ADDRESSES), stop, now }); // prettier-ignore
    if (answer.notModified) return;
    const { bytes, ...size } = await fit(answer.body);
    await saveFetched(db, {
      url,
      fetched: { picture: await savePicture(db, { bytes, at: now() }), ...size },
      at: now(),
    });
  } catch (error) {
    // Who is told to stop did not find out anything about it.
    if (stop.aborted) return;
    log.warn({ event: 'picture.left-out', url, message: messageOf(error) });
    await saveFetched(db, { url, fetched: null, at: now() });
  }
}

/** One after another: decoded they take up to 160 MB each. */
function oneByOne(): Fit {
  let last: Promise<unknown> = Promise.resolve();
  return (bytes) => {
    const fitted = last.then(() => fitPicture(bytes));
    last = fitted.catch(() => undefined);
    return fitted;
  };
}
