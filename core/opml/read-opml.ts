// A list of feeds as other readers keep it (OPML 2.0) -> sources; pure, and light, since a thread that starts for it loads this file.
import { oneLine } from '../one-line.ts';
import { readOutlines, type Outline } from './opml-outlines.ts';
import { sections } from '../sections.ts';
import { recogniseSource, sourceAddress } from '../addresses/source-address.ts';
import { isSourceKind, type SourceKind } from '../source-kinds.ts';
import type { NewSource, SourceOptions } from '../store/sources.ts';

export interface OpmlList {
  sources: NewSource[];
  /** The entries whose address cannot be read. */
  refused: Refused[];
  /** How many entries name an address that stands above them already. */
  repeated: number;
}

interface Refused {
  /** As the list calls it, else its address. */
  name: string;
  /** Where it begins, from 1. */
  line: number;
}

/**
 * Reads a list, folders within folders too; each address once. A folder named as a section of the issue gives its
 * sources that section, any other is only a folder, whatever type it has; what Courant has written itself gives weight,
 * language and so on. Takes what can be read of a broken list; throws PermanentError where nothing can.
 */
export function readOpml(text: string): OpmlList {
  const found = new Map<string, OpmlList['sources'][number]>();
  const refused: Refused[] = [];
  let repeated = 0;
  const visit = (outline: Outline, section: string | undefined): void => {
    const { attributes, children, line } = outline;
    const name = nameOf(attributes);
    const address = addressOf(outline);
    if (address !== undefined) {
      const source = toSource(
        { name, address, homeUrl: attributes['htmlurl'], ...settingsOf(attributes, section) },
        attributes,
      );
      if (!source) refused.push({ name: name || address, line });
      else if (found.has(spellingOf(source.url))) repeated++;
      else found.set(spellingOf(source.url), source);
    }
    const own = sectionNamed(name) ?? section;
    for (const child of children) visit(child, own);
  };
  for (const outline of readOutlines(text)) visit(outline, undefined);
  return { sources: [...found.values()], refused, repeated };
}

/** Empty where a feed names none; some readers write folders as feeds, with others in them. */
function addressOf({ attributes, children }: Outline): string | undefined {
  const isFeed = attributes['type']?.toLowerCase() === 'rss' || attributes['courant:kind'] !== undefined;
  const address = attributes['xmlurl'] ?? (isFeed ? (attributes['url'] ?? '') : undefined);
  return address?.trim() === '' && children.length > 0 ? undefined : address;
}

type Attributes = Outline['attributes'];

function nameOf({ title, text }: Attributes): string {
  return oneLine(title || text || '').slice(0, 200);
}

function sectionNamed(name: string): string | undefined {
  const wanted = name.toLowerCase();
  return sections.find((section) => section.key === wanted || section.name.toLowerCase() === wanted)?.key;
}

type Settings = Pick<
  NewSource,
  'section' | 'weight' | 'language' | 'intervalMinutes' | 'muted' | 'isPaused' | 'options'
>;

/** What does not fit is passed over: the list may come from anybody. */
function settingsOf(outline: Attributes, folder: string | undefined): Settings {
  const weight = Number(outline['courant:weight'] ?? Number.NaN);
  const language = /^[a-z]{2}$/.exec(outline['courant:language'] ?? '')?.[0];
  const interval = Number(/^\d{1,5}$/.exec(outline['courant:interval'] ?? '')?.[0] ?? 0);
  return {
    section: sectionNamed(outline['courant:section'] ?? '') ?? folder,
    ...(weight >= 0.1 && weight <= 10 ? { weight } : {}),
    ...(language ? { language } : {}),
    ...(interval > 0 ? { intervalMinutes: Math.max(5, interval) } : {}),
    ...(outline['courant:muted'] === 'true' ? { muted: true } : {}),
    ...(outline['courant:paused'] === 'true' ? { isPaused: true } : {}),
    ...optionsOf(outline),
  };
}

function optionsOf(outline: Attributes): Pick<NewSource, 'options'> {
  const captions = outline['courant:captions'] ?? '';
  const found: SourceOptions = {
    ...(/^https?:\/\//.test(captions) && captions.includes('{id}') ? { captionsUrl: captions } : {}),
    ...(outline['courant:captions-only'] === 'true' ? { captionsOnly: true } : {}),
    ...(outline['courant:full-text'] === 'true' ? { fullText: true } : {}),
  };
  return Object.keys(found).length > 0 ? { options: found } : {};
}

interface Entry extends Settings {
  name: string;
  address: string;
  homeUrl: string | undefined;
}

function toSource(
  { name, address, homeUrl, ...settings }: Entry,
  attributes: Attributes,
): OpmlList['sources'][number] | undefined {
  const found = namedSource(address, attributes['courant:kind']);
  if (!found || found.url.length > 2000) return undefined;
  const home = homeUrl && /^https?:/.test(homeUrl) && URL.canParse(homeUrl) ? homeUrl : undefined;
  return { ...found, title: name || new URL(found.url).hostname, homeUrl: home, ...settings };
}

/** The kind a list of our own says, else the one its address tells: old readers list arXiv and YouTube as plain feeds. */
function namedSource(address: string, said: string | undefined): { kind: SourceKind; url: string } | undefined {
  if (said === undefined || !isSourceKind(said)) return recogniseSource(address);
  const url = sourceAddress(said, address);
  return url === undefined ? undefined : { kind: said, url };
}

/** One spelling for addresses that only differ in http or https and a slash at their end. */
export function spellingOf(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/\/$/, '');
}
