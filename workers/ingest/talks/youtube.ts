// A channel's feed -> videos, whose transcripts are fetched later; pure.
import { PermanentError } from '../../../core/errors.ts';
import { parseFeed } from '../feed.ts';
import type { ParsedFeed } from '../parsed-item.ts';

/** Parses `feeds/videos.xml`; the id of an item is its video's id. */
export async function parseYoutube(text: string, url: string): Promise<ParsedFeed> {
  const feed = await parseFeed(text, url);
  const items = feed.items.flatMap((item) => {
    const id = item.keys.find((key) => key.startsWith('video:'))?.slice('video:'.length);
    if (id === undefined) return [];
    return [{ ...item, kind: 'video' as const, id, link: item.link ?? `https://www.youtube.com/watch?v=${id}` }];
  });
  if (items.length === 0 && feed.items.length > 0) {
    throw new PermanentError(
      'this feed has no videos; a channel is at https://www.youtube.com/feeds/videos.xml?channel_id=UC...',
    );
  }
  return { ...feed, items };
}
