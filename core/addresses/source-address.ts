// What somebody types for a source -> its kind and the address that is asked; pure.
import { sourceKindNames, sourceKinds, webKinds, type SourceKind } from '../source-kinds.ts';

export interface NamedSource {
  kind: SourceKind;
  url: string;
}

/**
 * The address to ask for a source of this kind, or undefined when what was typed is none: what the kind has short forms for
 * ("cs.CL+cs.LG", a channel's id), or any http address, also with the scheme of a feed reader or without one.
 */
export function sourceAddress(kind: SourceKind, typed: string): string | undefined {
  const { isLocal, addressOf } = sourceKinds[kind];
  if (isLocal) return undefined;
  const text = typed.trim();
  const address = withScheme(text);
  const own = addressOf?.(text) ?? addressOf?.(address);
  if (own !== undefined) return own;
  // The short form of one kind under another is a slip, though "cs.CL" could be a host in Chile.
  const isShort = !text.includes('/');
  if (isShort && (kindToldFrom(text) !== undefined || whyNoAddress(text) !== undefined)) return undefined;
  if (!URL.canParse(address)) return undefined;
  const { protocol, href, username } = new URL(address);
  return /^https?:$/.test(protocol) && username === '' ? href : undefined;
}

/** The source that what was typed is, told by its form and its host; any other address is one of a feed. */
export function recogniseSource(typed: string): NamedSource | undefined {
  const text = typed.trim();
  const kind = kindToldFrom(text) ?? kindToldFrom(withScheme(text)) ?? 'feed';
  const url = sourceAddress(kind, text);
  return url === undefined ? undefined : { kind, url };
}

/** Why what was typed is no address though it names a source; undefined when nothing is known of it. */
export function whyNoAddress(typed: string): string | undefined {
  for (const kind of sourceKindNames) {
    const reason = sourceKinds[kind].whyNot?.(typed.trim());
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function kindToldFrom(text: string): SourceKind | undefined {
  return webKinds.find((kind) => sourceKinds[kind].isTold?.(text));
}

/** Names of feed readers stand before addresses as if they were schemes: "feed:https://a.example/rss", "itpc://a.example/rss". */
const readerScheme = /^(?:feeds?|itpcs?|pcasts?|podcasts?|rss):(?:\/\/)?/i;
/** "www.a.example/rss" and "//a.example:8080/rss": a host with a dot, which no scheme has. */
const bareHost = /^(?:\/\/)?(?=[^/?#:]+\.)[\p{L}\p{N}][\p{L}\p{N}.-]*(?::\d{1,5})?(?:[/?#]|$)/u;

/** An address as browsers know it: without the scheme of a feed reader, and with https where it has none. */
function withScheme(address: string): string {
  const bare = address.replace(readerScheme, '');
  if (/^https?:/i.test(bare)) return bare;
  return bareHost.test(bare) ? `https://${bare.replace(/^\/\//, '')}` : address;
}
