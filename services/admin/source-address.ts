// What a curator types for a source -> the address that is fetched.
export type DeskSourceKind = 'arxiv' | 'youtube' | 'feed' | 'deadlines';

/**
 * The address to fetch, or undefined when what was typed is none: an arXiv list ("cs.CL+cs.LG") or papers by number
 * ("1706.03762,1810.04805"), a YouTube channel (its id or its page), or any http address, also with the scheme of a feed
 * reader or without one.
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
  // The name of an arXiv list under another kind is a slip, though "cs.CL" could be a host in Chile.
  if (/^[a-z-]+(?:\.[A-Z]{2})+$/.test(text)) return undefined;
  const address = withScheme(text);
  if (!URL.canParse(address)) return undefined;
  const { protocol, href, username } = new URL(address);
  return /^https?:$/.test(protocol) && username === '' ? href : undefined;
}

/** Names of feed readers stand before addresses as if they were schemes: "feed:https://a.example/rss", "itpc://a.example/rss". */
const readerScheme = /^(?:feeds?|itpcs?|pcasts?|podcasts?|rss):(?:\/\/)?/i;
/** "www.a.example/rss" and "//a.example:8080/rss": a host with a dot, which no scheme has. */
const bareHost = /^(?:\/\/)?(?=[^/?#:]+\.)[\p{L}\p{N}][\p{L}\p{N}.-]*(?::\d{1,5})?(?:[/?#]|$)/u;

/** An address as browsers know it: without the scheme of a feed reader, and with https where it has none. */
export function withScheme(address: string): string {
  const bare = address.replace(readerScheme, '');
  if (/^https?:/i.test(bare)) return bare;
  return bareHost.test(bare) ? `https://${bare.replace(/^\/\//, '')}` : address;
}
