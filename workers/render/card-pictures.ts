// Cards whose picture a curator described -> the same pictures on our own host: opening a letter tells no third party.
import { allowedAddresses } from '../../core/config.ts';
import { messageOf } from '../../core/errors.ts';
import { guardedFetch } from '../../core/http.ts';
import type { House } from '../../core/house.ts';
import type { CardPicture } from '../../core/letter/letter-data.ts';
import { safeHref } from '../../core/letter/letter.ts';
import type { Links } from '../../core/links.ts';
import type { Card } from '../../core/store/issue-content.ts';
import { savePicture } from '../../core/store/pictures.ts';
import type { SharePicture } from '../../core/store/share-pictures.ts';
import { fitPicture, type FittedPicture } from './fit-picture.ts';

const maxBytes = 12_000_000;
const timeoutMs = 15_000;
/** A host that does not answer holds up one of them: of 40 pictures of slow hosts the last came after ten minutes. */
const fetchedAtOnce = 4;

/** With what is kept of it for who shares the story. */
export type SharedPicture = CardPicture & { kept: SharePicture };

/** By story. A picture that cannot be had is left out, and the log says why: the letter reads without it. */
export async function cardPictures(
  house: House,
  { cards, links, stop }: { cards: readonly Card[]; links: Links; stop: AbortSignal },
): Promise<Map<number, SharedPicture>> {
  const pictures = new Map<number, SharedPicture>();
  const fit = oneByOne();
  const waiting = cards.flatMap(pictureOf);
  const fetchRest = async (): Promise<void> => {
    for (let next = waiting.shift(); next && !stop.aborted; next = waiting.shift()) {
      const picture = await takePicture(house, next, { fit, links, stop });
      if (picture) pictures.set(next.storyId, picture);
    }
  };
  await Promise.all(Array.from({ length: fetchedAtOnce }, fetchRest));
  return pictures;
}

interface Described {
  storyId: number;
  url: string;
  alt: string;
}

/** What there is to fetch for a card: nothing where nobody said what it shows. */
function pictureOf({ storyId, imageUrl, imageAlt: alt }: Card): Described[] {
  const url = imageUrl && safeHref(imageUrl);
  return url?.startsWith('http') && alt ? [{ storyId, url, alt }] : [];
}

type Fit = (bytes: Buffer) => Promise<FittedPicture>;

async function takePicture(
  { db, config, log, now }: House,
  { storyId, url, alt }: Described,
  { fit, links, stop }: { fit: Fit; links: Links; stop: AbortSignal },
): Promise<SharedPicture | undefined> {
  try {
    const answer = await guardedFetch(url, { maxBytes, timeoutMs, accept: 'image/*', allow: allowedAddresses(config.ALLOW_ADDRESSES), stop, now }); // prettier-ignore
    if (answer.notModified) return undefined;
    const { bytes, width, height, pixels } = await fit(answer.body);
    const picture = await savePicture(db, { bytes, at: now() });
    const kept = { picture, type: 'jpg' as const, ...pixels, alt };
    return { src: links.picture(picture, 'jpg'), width, height, alt, kept };
  } catch (error) {
    log.warn({ event: 'picture.left-out', storyId, url, message: messageOf(error) });
    return undefined;
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
