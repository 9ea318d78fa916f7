// What a curator types for a source -> the address that is fetched.
export type DeskSourceKind = 'arxiv' | 'youtube' | 'feed' | 'deadlines';

/**
 * The address to fetch, or undefined when what was typed is none: an arXiv list ("cs.CL+cs.LG") or papers by number
 * ("1706.03762,1810.04805"), a YouTube channel (its id or its page), or any http address.
 */
export function sourceAddress(kind: DeskSourceKind, typed: string): string | undefined {
  const text = typed.trim();
  if (kind === 'arxiv' && /^[a-z-]+(\.[A-Za-z-]+)?(\+[a-z-]+(\.[A-Za-z-]+)?)*$/.test(text)) {
    return `https://rss.arxiv.org/rss/${text}`;
  }
  const papers = kind === 'arxiv' ? text.split(/[\s,]+/) : [];
  if (papers.length > 0 && papers.every((id) => /^(\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?\/\d{7})(v\d+)?$/.test(id))) {
    return `https://export.arxiv.org/api/query?id_list=${papers.join(',')}&max_results=${papers.length}`;
  }
  const channel = kind === 'youtube' ? /(?:^|\/channel\/)(UC[\w-]{22})\b/.exec(text)?.[1] : undefined;
  if (channel) return `https://www.youtube.com/feeds/videos.xml?channel_id=${channel}`;
  // The uploads of a channel (UU), a playlist of its own (PL) and the like; mixes (RD) have no feed.
  const playlist =
    kind === 'youtube' ? /(?:^|[?&]list=)((?:PL|UU|FL|OLAK5uy_)[\w-]{10,48})(?:&|#|$)/.exec(text)?.[1] : undefined;
  if (playlist) return `https://www.youtube.com/feeds/videos.xml?playlist_id=${playlist}`;
  if (!URL.canParse(text)) return undefined;
  const { protocol, href, username } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' ? href : undefined;
}
