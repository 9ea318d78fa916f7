// What a curator types for a source -> the address that is fetched.
export type DeskSourceKind = 'arxiv' | 'youtube' | 'feed';

/**
 * The address to fetch, or undefined when what was typed is none: an arXiv list ("cs.CL"), a YouTube channel (its id
 * or its page), or any http address.
 */
export function sourceAddress(kind: DeskSourceKind, typed: string): string | undefined {
  const text = typed.trim();
  if (kind === 'arxiv' && /^[a-z-]+(\.[A-Za-z-]+)?(\+[a-z-]+(\.[A-Za-z-]+)?)*$/.test(text)) {
    return `https://rss.arxiv.org/rss/${text}`;
  }
  const channel = kind === 'youtube' ? /(?:^|\/channel\/)(UC[\w-]{22})\b/.exec(text)?.[1] : undefined;
  if (channel) return `https://www.youtube.com/feeds/videos.xml?channel_id=${channel}`;
  if (!URL.canParse(text)) return undefined;
  const { protocol, href, username } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' ? href : undefined;
}
