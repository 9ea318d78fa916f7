// A list of feeds as other readers keep it (OPML 2.0) <-> sources.
import { generateOpml, type Opml } from 'feedsmith';
import type { Queryable } from './db.ts';
import { oneLine } from './one-line.ts';
import { sections } from './sections.ts';
import { recogniseSource, sourceAddress } from './source-address.ts';
import { isSourceKind, sourceKinds, type SourceKind } from './source-kinds.ts';
import { addSources, listSources, type NewSource, type Source, type SourceOptions } from './store/sources.ts';
import { readOutlines, type Outline } from './opml-outlines.ts';

/** What a curator has set beside name and folder; other readers pass it over (OPML 2.0: a namespace of one's own). */
const ownAttributes = [
  'courant:kind',
  'courant:section',
  'courant:weight',
  'courant:language',
  'courant:interval',
  'courant:muted',
  'courant:paused',
  'courant:captions',
  'courant:captions-only',
  'courant:full-text',
] as const;
type Written = Opml.Outline<string> & Partial<Record<(typeof ownAttributes)[number], string>>;
const options = { extraOutlineAttributes: [...ownAttributes] };

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

/** What came of an import: how many were new, how many were here already, what could not be read, and what the list has twice. */
export interface Imported extends Omit<OpmlList, 'sources'> {
  added: number;
  known: number;
}

/** Adds the sources of a list that are not here yet, in one statement; they are due at once. */
export async function importOpml(db: Queryable, { sources, ...rest }: OpmlList): Promise<Imported> {
  const here = new Set((await listSources(db)).map(({ url }) => spellingOf(url)));
  const fresh = sources.filter(({ url }) => !here.has(spellingOf(url)));
  const added = fresh.length > 0 ? await addSources(db, fresh) : 0;
  return { added, known: sources.length - added, ...rest };
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
function spellingOf(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/\/$/, '');
}

/**
 * Lists sources for another reader, those of a section in a folder of its name, with what a curator has set as
 * attributes of our own. What lies on this machine and sources that have ended are left out; headers and secrets stay here.
 */
export function writeOpml(sources: readonly Source[], { title, at }: { title: string; at: Date }): string {
  const wanted = sources.filter(({ url, status }) => !url.startsWith('file:') && status !== 'gone');
  const folders = sections.flatMap(({ key, name }) => {
    const own = wanted.filter(({ section }) => section === key);
    return own.length > 0 ? [{ text: name, title: name, outlines: own.map(toOutline) }] : [];
  });
  const loose = wanted.filter(({ section }) => !sections.some(({ key }) => key === section));
  const outlines = [...folders, ...loose.map(toOutline)];
  // A body has one outline at least (OPML 2.0): without a source an empty folder.
  const body = { outlines: outlines.length > 0 ? outlines : [{ text: title }] };
  const list = generateOpml({ head: { title, dateCreated: at }, body }, options);
  return list.replace('<opml ', '<opml xmlns:courant="urn:courant:source" ');
}

/** Its kind is said where its address alone does not tell it. */
function addressOutline({ kind, url }: Source): Partial<Written> {
  const { opmlType } = sourceKinds[kind];
  return {
    type: opmlType,
    ...(opmlType === 'rss' ? { xmlUrl: url } : { url }),
    ...(recogniseSource(url)?.kind === kind ? {} : { 'courant:kind': kind }),
  };
}

function toOutline(source: Source): Written {
  const { title, homeUrl, section, weight, language, intervalMinutes, muted, status } = source;
  const { captionsUrl, captionsOnly, fullText } = source.options;
  return {
    text: title,
    title,
    ...addressOutline(source),
    ...(homeUrl ? { htmlUrl: homeUrl } : {}),
    ...(section ? { 'courant:section': section } : {}),
    // A weight is stored with four bytes.
    ...(weight === 1 ? {} : { 'courant:weight': String(Number(weight.toFixed(2))) }),
    ...(language ? { 'courant:language': language } : {}),
    ...(intervalMinutes === null ? {} : { 'courant:interval': String(intervalMinutes) }),
    ...(muted ? { 'courant:muted': 'true' } : {}),
    ...(status === 'paused' ? { 'courant:paused': 'true' } : {}),
    ...(captionsUrl ? { 'courant:captions': captionsUrl } : {}),
    ...(captionsOnly ? { 'courant:captions-only': 'true' } : {}),
    ...(fullText ? { 'courant:full-text': 'true' } : {}),
  };
}
