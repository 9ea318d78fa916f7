// The picture to share of an issue or a story -> what the head of its page says of it (ogp.me).
import type { House } from '../../core/house.ts';
import type { Links } from '../../core/links.ts';
import { sharePicture } from '../../core/store/share-pictures.ts';

/** Null while none was drawn. */
export async function showShare({ db }: Pick<House, 'db'>, links: Links, of: { slug: string; storyId?: number }) {
  const found = await sharePicture(db, of);
  if (!found) return null;
  const { picture, type, ...shown } = found;
  return { src: links.picture(picture, type), ...shown };
}
