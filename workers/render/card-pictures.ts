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
import { fitPicture } from './fit-picture.ts';

const maxBytes = 12_000_000;
const timeoutMs = 15_000;

/** By story, each with what is kept of it for who shares the story. A picture that cannot be had is left out, and the log says why: the letter reads without it. */
export async function cardPictures(
  { db, config, log, now }: House,
  { cards, links, stop }: { cards: readonly Card[]; links: Links; stop: AbortSignal },
): Promise<Map<number, CardPicture & { kept: SharePicture }>> {
  const pictures = new Map<number, CardPicture & { kept: SharePicture }>();
  // One after another: decoded they are large.
  for (const { storyId, imageUrl, imageAlt } of cards) {
    const url = imageUrl && safeHref(imageUrl);
    if (!url || !imageAlt || !url.startsWith('http')) continue;
    try {
      const answer = await guardedFetch(url, { maxBytes, timeoutMs, accept: 'image/*', allow: allowedAddresses(config.ALLOW_ADDRESSES), stop, now }); // prettier-ignore
      if (answer.notModified) continue;
      const { bytes, width, height, pixels } = await fitPicture(answer.body);
      const picture = await savePicture(db, { bytes, at: now() });
      const kept = { picture, type: 'jpg' as const, ...pixels, alt: imageAlt };
      pictures.set(storyId, { src: links.picture(picture, 'jpg'), width, height, alt: imageAlt, kept });
    } catch (error) {
      log.warn({ event: 'picture.left-out', storyId, url, message: messageOf(error) });
    }
  }
  return pictures;
}
