// Sources -> a list that other readers understand (OPML 2.0).
import { generateOpml, type Opml } from 'feedsmith';
import { recogniseSource } from '../addresses/source-address.ts';
import { sections } from '../sections.ts';
import { sourceKinds } from '../source-kinds.ts';
import type { Source } from '../store/sources.ts';

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

/**
 * Lists sources for another reader, those of a section in a folder of its name, with what a curator has set as
 * attributes of our own. What lies on this machine and sources that have ended are left out; headers and secrets stay here.
 */
export function writeOpml(sources: readonly Source[], { title, at }: { title: string; at: Date }): string {
  const wanted = sources.filter(
    ({ kind, url, status }) => !url.startsWith('file:') && !sourceKinds[kind].hasMailbox && status !== 'gone',
  );
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
