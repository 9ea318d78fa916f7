// The transcripts an item offers (podcast:transcript, media:subTitle) -> those that may be fetched, the best first; pure.
import type { TranscriptLink } from '../../../core/store/items.ts';
import type { XmlElement } from '../xml/xml-tree.ts';
import { addressOf, childrenOf } from '../xml/xml-value.ts';

/** More than any item offers: three types in a few languages. */
const mostLinks = 8;

/** By their extensions, where no type is given. */
const typesByName: Record<string, string> = {
  vtt: 'text/vtt',
  srt: 'application/x-subrip',
  json: 'application/json',
  html: 'text/html',
  htm: 'text/html',
  txt: 'text/plain',
};

/** Those with times first; what is of another type, or says none, before those that surely have no times. */
const preferred = [/vtt/, /srt|subrip/, /json/, /^(?!text\/(?:html|plain))/, /html/, /plain/];

/** https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/transcript.md and Media RSS 1.5.1, media:subTitle. */
export function transcriptsIn(item: XmlElement): TranscriptLink[] {
  return childrenOf(item, 'podcast:transcript', 'media:subtitle').flatMap((element) => {
    const url = addressOf(element);
    const { type, language, lang } = element.attributes;
    return url === undefined ? [] : [{ url, type: type ?? null, language: language ?? lang ?? null }];
  });
}

/**
 * One link of each address, at most eight: in the item's own language first (a link that names none is in it), and of those
 * the ones with times. `webAddress` gives the whole address of a link, or undefined for one that leads nowhere.
 */
export function rankTranscripts(
  offered: readonly TranscriptLink[],
  { language, webAddress }: { language: string; webAddress: (link: string) => string | undefined },
): TranscriptLink[] {
  const links = offered.flatMap((link) => {
    const url = webAddress(link.url);
    return url === undefined ? [] : [{ url, type: typeOf(link), language: tidyWord(link.language) }];
  });
  const rank = (link: TranscriptLink): number =>
    (isIn(language, link) ? 0 : 100) + preferred.findIndex((type) => type.test(link.type ?? ''));
  const single = new Map(links.toReversed().map((link) => [link.url, link]));
  return [...single.values()]
    .toReversed()
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, mostLinks);
}

function typeOf({ url, type }: TranscriptLink): string | null {
  const said = tidyWord(type?.split(';')[0] ?? null);
  return said ?? typesByName[/\.(\w{3,4})(?:[?#]|$)/.exec(url)?.[1]?.toLowerCase() ?? ''] ?? null;
}

/** Lower case, and short: what is longer is no type and no language. */
function tidyWord(word: string | null): string | null {
  const tidy = word?.trim().toLowerCase() ?? '';
  return /^[\w.+/-]{1,60}$/.test(tidy) ? tidy : null;
}

/** "en" is the language of "en-GB" too. */
function isIn(language: string, { language: other }: TranscriptLink): boolean {
  return other === null || other.split(/[-_]/)[0] === language.toLowerCase().split(/[-_]/)[0];
}
