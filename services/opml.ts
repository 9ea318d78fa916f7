// A list of feeds as other readers keep it (OPML 2.0) <-> sources.
import { XMLValidator } from 'fast-xml-parser';
import { generateOpml, parseOpml, type Opml } from 'feedsmith';
import type { Queryable } from '../core/db.ts';
import { PermanentError } from '../core/errors.ts';
import { sections } from '../core/sections.ts';
import { addSources, listSources, type NewSource, type Source, type SourceKind } from '../core/store/sources.ts';
import { sourceAddress, type DeskSourceKind } from './admin/source-address.ts';

type Outline = Opml.Outline<string> & Partial<Record<OwnAttribute, string>>;

/** What a curator has set beside name and folder; other readers pass it over (OPML 2.0: a namespace of one's own). */
const ownAttributes = [
  'courant:section',
  'courant:weight',
  'courant:language',
  'courant:interval',
  'courant:muted',
  'courant:paused',
] as const;
type OwnAttribute = (typeof ownAttributes)[number];
const options = { extraOutlineAttributes: [...ownAttributes] };

/** What other readers can read too. */
const feedKinds = new Set<SourceKind>(['arxiv', 'youtube', 'feed']);

export interface OpmlList {
  sources: (NewSource & { kind: DeskSourceKind })[];
  /** The names of entries whose address cannot be read. */
  refused: string[];
}

/** What came of an import: how many were new, how many were here already, and what could not be read. */
export interface Imported {
  added: number;
  known: number;
  refused: string[];
}

/** Adds the sources of a list that are not here yet, in one statement; they are due at once. */
export async function importOpml(db: Queryable, text: string): Promise<Imported> {
  const { sources, refused } = readOpml(text);
  const here = new Set((await listSources(db)).map(({ url }) => spellingOf(url)));
  const fresh = sources.filter(({ url }) => !here.has(spellingOf(url)));
  const added = fresh.length > 0 ? await addSources(db, fresh) : 0;
  return { added, known: sources.length - added, refused };
}

/**
 * Reads a list, folders within folders too; each address once. A folder named as a section of the issue gives its
 * sources that section, any other is only a folder; what Courant has written itself gives weight, language and so on. Throws PermanentError with what is wrong and where.
 */
export function readOpml(text: string): OpmlList {
  const found = new Map<string, OpmlList['sources'][number]>();
  const refused: string[] = [];
  const visit = (outline: Outline, section: string | undefined): void => {
    const name = nameOf(outline);
    const address = outline.xmlUrl ?? (outline.type?.toLowerCase() === 'rss' ? (outline.url ?? '') : undefined);
    if (address !== undefined) {
      const source = toSource({ name, address, homeUrl: outline.htmlUrl, ...settingsOf(outline, section) });
      if (!source) refused.push(name || address);
      else if (!found.has(spellingOf(source.url))) found.set(spellingOf(source.url), source);
    }
    const own = sectionNamed(name) ?? section;
    for (const child of outline.outlines ?? []) visit(child, own);
  };
  for (const outline of parseOutlines(text)) visit(outline, undefined);
  return { sources: [...found.values()], refused };
}

function parseOutlines(text: string): Outline[] {
  const wellFormed = XMLValidator.validate(text, { allowBooleanAttributes: true });
  if (wellFormed !== true) {
    const { msg, line, col } = wellFormed.err;
    throw new PermanentError(`This is no OPML file: line ${line}, column ${col}: ${msg} Export it again.`);
  }
  try {
    const document: Opml.Document<string> = parseOpml(text, options);
    return document.body?.outlines ?? [];
  } catch (error) {
    const what = 'This is no OPML file: it has no <opml> with outlines in its body. Export it again.';
    throw new PermanentError(what, { cause: error });
  }
}

function nameOf({ title, text }: Outline): string {
  return (title || text || '').replace(/\s+/g, ' ').trim().slice(0, 200);
}

function sectionNamed(name: string): string | undefined {
  const wanted = name.toLowerCase();
  return sections.find((section) => section.key === wanted || section.name.toLowerCase() === wanted)?.key;
}

type Settings = Pick<NewSource, 'section' | 'weight' | 'language' | 'intervalMinutes' | 'muted' | 'isPaused'>;

/** What does not fit is passed over: the list may come from anybody. */
function settingsOf(outline: Outline, folder: string | undefined): Settings {
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
  };
}

interface Entry extends Settings {
  name: string;
  address: string;
  homeUrl: string | undefined;
}

function toSource({ name, address, homeUrl, ...settings }: Entry): OpmlList['sources'][number] | undefined {
  const [kind, better] = kindOf(address.trim());
  const url = sourceAddress(kind, better);
  if (!url || url.length > 2000) return undefined;
  const home = homeUrl && /^https?:/.test(homeUrl) && URL.canParse(homeUrl) ? homeUrl : undefined;
  return { kind, title: name || new URL(url).hostname, url, homeUrl: home, ...settings };
}

/** Old readers list arXiv and YouTube as plain feeds, arXiv at addresses that only redirect today. */
function kindOf(address: string): [kind: DeskSourceKind, address: string] {
  const list = /^https?:\/\/(?:(?:www|export|rss)\.)?arxiv\.org\/rss\/([\w.+-]+?)\/?$/.exec(address)?.[1];
  if (list) return ['arxiv', list];
  if (/^https?:\/\/(?:www\.)?youtube\.com\/feeds\/videos\.xml\?/.test(address)) {
    return ['youtube', address.replace(/^https?:\/\/(?:www\.)?/, 'https://www.')];
  }
  return ['feed', address];
}

/** One spelling for addresses that only differ in http or https and a slash at their end. */
function spellingOf(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/\/$/, '');
}

/**
 * Lists sources for another reader, those of a section in a folder of its name, with what a curator has set as
 * attributes of our own. What is no feed and sources that have ended are left out; headers and secrets stay here.
 */
export function writeOpml(sources: readonly Source[], { title, at }: { title: string; at: Date }): string {
  const wanted = sources.filter(({ kind, status }) => feedKinds.has(kind) && status !== 'gone');
  const folders = sections.flatMap(({ key, name }) => {
    const own = wanted.filter(({ section }) => section === key);
    return own.length > 0 ? [{ text: name, title: name, outlines: own.map(toOutline) }] : [];
  });
  const loose = wanted.filter(({ section }) => !sections.some(({ key }) => key === section));
  const list = generateOpml(
    { head: { title, dateCreated: at }, body: { outlines: [...folders, ...loose.map(toOutline)] } },
    options,
  );
  return list.replace('<opml ', '<opml xmlns:courant="urn:courant:source" ');
}

function toOutline(source: Source): Outline {
  const { title, url, homeUrl, section, weight, language, intervalMinutes, muted, status } = source;
  return {
    text: title,
    title,
    type: 'rss',
    xmlUrl: url,
    ...(homeUrl ? { htmlUrl: homeUrl } : {}),
    ...(section ? { 'courant:section': section } : {}),
    // A weight is stored with four bytes.
    ...(weight === 1 ? {} : { 'courant:weight': String(Number(weight.toFixed(2))) }),
    ...(language ? { 'courant:language': language } : {}),
    ...(intervalMinutes === null ? {} : { 'courant:interval': String(intervalMinutes) }),
    ...(muted ? { 'courant:muted': 'true' } : {}),
    ...(status === 'paused' ? { 'courant:paused': 'true' } : {}),
  };
}
