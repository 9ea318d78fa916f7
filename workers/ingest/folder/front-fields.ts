// The fields of a document, in the spellings of Jekyll, Hugo, Astro, Eleventy and Obsidian -> what is asked of them; pure.
import type { FrontFields, FrontValue } from './front-value.ts';
import { readDate } from '../dates/read-date.ts';

/** What says when a document was published, the surest first. */
const published = `date publishDate pubDate published created
  publishedDate publishedAt publishedOn publishedTime publicationDate publication pubDateTime datePublished datePublish postDate
  posted postedAt createdAt createdOn createdDate createdTime creationDate dateCreated issued`.split(/\s+/);
const updated =
  `updated updatedAt updatedDate updatedOn dateUpdated modified modifiedAt modifiedDate dateModified lastmod
  lastModified lastModifiedAt lastUpdated`.split(/\s+/);

const plainName = (name: string): string => name.toLowerCase().replace(/[\s_.-]/g, '');

/** The fields with names in one spelling: "Publish_Date" and "publishDate" are "publishdate". The first of a name counts. */
export function plainFields(front: FrontFields): FrontFields {
  const entries = Object.entries(front).map(([name, value]) => [plainName(name), value] as const);
  return Object.fromEntries(entries.toReversed());
}

/** The same with what Hugo, Zola and Eleventy keep in groups, where nothing of its name stands outside. */
export function withGroups(front: FrontFields): FrontFields {
  const inside = groups.map((group) => front[group]).filter((fields) => typeof fields === 'object');
  const maps = inside.filter((fields): fields is FrontFields => !Array.isArray(fields));
  return Object.assign({}, ...maps.toReversed().map(plainFields), front) as FrontFields;
}

/** The first of these fields that is a text, or a list of one; YAML writes "~" and "null" for none. */
export function textField(front: FrontFields, ...names: string[]): string | undefined {
  const values = names.map((name) => front[plainName(name)]);
  const texts = values.map((value) => (Array.isArray(value) && value.length === 1 ? value[0] : value));
  const text = texts.find((value) => typeof value === 'string' && !/^(?:~|null)?$/i.test(value.trim()));
  return text === undefined ? undefined : (text as string).trim();
}

/** The names in the first of these fields that has some: a text, a list, or people as maps with a name. */
export function namesField(front: FrontFields, ...names: string[]): string[] {
  const lists = names.map((name) => {
    const value = front[plainName(name)];
    return typeof value === 'string' && name.endsWith('s') ? namesInLine(value) : namesIn(value);
  });
  return lists.find((list) => list.length > 0) ?? [];
}

/** "Ada Roe, Bo Li" and "Roe, Ada; Li, Bo" are two people, "Roe, Ada" is one. */
function namesInLine(line: string): string[] {
  const mark = line.includes(';') ? ';' : ',';
  const parts = line.split(mark).map((part) => part.trim());
  const isList = mark === ';' || parts.every((part) => part.includes(' '));
  return (isList ? parts : [line]).flatMap(namesIn);
}

function namesIn(value: FrontValue | undefined): string[] {
  if (value === undefined) return [];
  if (typeof value === 'string') return /^(?:~|null)?$/i.test(value.trim()) ? [] : [value.trim()];
  if (Array.isArray(value)) return value.flatMap(namesIn);
  const person = plainFields(value);
  const name = textField(person, 'name', 'fullName', 'displayName', 'title');
  const parts = [
    textField(person, 'firstName', 'given', 'givenName', 'first'),
    textField(person, 'lastName', 'family', 'familyName', 'last'),
  ];
  const joined = parts.filter((part) => part !== undefined).join(' ');
  if (name !== undefined || joined !== '') return [name ?? joined];
  // People by their keys: `authors: {ada: {name: Ada Roe}}`.
  return Object.values(value).flatMap((one) => (typeof one === 'object' ? namesIn(one) : []));
}

/** When a document says that it was published; null when it does not. */
export function publishedField(front: FrontFields): Date | null {
  return dateField(front, published);
}

/** When a document says that it was changed last; null when it does not. */
export function updatedField(front: FrontFields): Date | null {
  return dateField(front, updated);
}

function dateField(front: FrontFields, names: readonly string[]): Date | null {
  for (const name of names) {
    const value = front[plainName(name)];
    // `date: {created: ..., updated: ...}`, as MkDocs has it.
    const isMap = typeof value === 'object' && !Array.isArray(value);
    const date = isMap ? dateField(plainFields(value), names) : readDate(textField(front, name));
    if (date) return date;
  }
  return null;
}

/** Why a document is not to be read today, as its author planned it; undefined when nothing says so. */
export function plannedAway(front: FrontFields, now: Date): string | undefined {
  const from = dateField(front, ['publishDate', 'scheduledDate', 'scheduledAt', 'scheduled']);
  const until = dateField(front, ['expiryDate', 'unpublishDate', 'expires', 'expirationDate']);
  if (from && from > now) return `from ${from.toISOString().slice(0, 10)}`;
  return until && until <= now ? `until ${until.toISOString().slice(0, 10)}` : undefined;
}

const yes = /^(?:true|yes|on|y|1)$/i;
const no = /^(?:false|no|off|n|0)$/i;
const unpublished = /^(?:drafts?|unpublished|private|pending|hidden|scheduled|wip|work in progress|in[ -]progress)$/i;

const draftMarks: [name: string, isSet: RegExp][] = [
  ['draft', yes],
  ['isDraft', yes],
  ['published', no],
  ['publish', no],
  ['isPublished', no],
  ['dgPublish', no],
  ['private', yes],
  ['hidden', yes],
  ['unlisted', yes],
  ['eleventyExcludeFromCollections', yes],
  ['status', unpublished],
  ['state', unpublished],
  ['visibility', unpublished],
];
/** Where Hugo, Zola and Eleventy keep what is an author's own. */
const groups = ['params', 'extra', 'data', 'meta', 'metadata', 'taxonomies'];

/** Why a document is not published yet, as its author wrote it ("draft: true", "status: draft"); undefined when it is. */
export function draftMark(front: FrontFields): string | undefined {
  for (const [name, isSet] of draftMarks) {
    const found = wordsIn(front[plainName(name)]).find((word) => isSet.test(word));
    if (found !== undefined) return `${name}: ${found}`;
  }
  for (const group of groups) {
    const fields = front[group];
    const mark = typeof fields === 'object' && !Array.isArray(fields) ? draftMark(plainFields(fields)) : undefined;
    if (mark !== undefined) return `${group}.${mark}`;
  }
  return undefined;
}

/** A text, or the texts of a list. */
function wordsIn(value: FrontValue | undefined): string[] {
  if (typeof value === 'string') return [value.trim()];
  return Array.isArray(value) ? value.flatMap(wordsIn) : [];
}
