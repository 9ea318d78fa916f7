// Runs in the thread: reads what somebody brings (BibTeX, RIS, CSL-JSON, Zotero, OPML, numbers or a name); errors return as values, since classes do not cross threads. The only importer of Citation.js.
import { plugins } from '@citation-js/core';
import { messageOf, PermanentError } from '../errors.ts';
import { doiKey } from '../addresses/keys.ts';
import { keysOfLine, namesIn } from '../addresses/keys-of-line.ts';
import { oneLine } from '../one-line.ts';
import { readOpml } from '../opml/read-opml.ts';
import { printedTeX, printedMarkup } from './printed-words.ts';
import { maxAbstractLength, maxTitleLength, maxWorks, type WorksRead, type Work } from './works.ts';

// They register themselves.
await Promise.all([import('@citation-js/plugin-bibtex'), import('@citation-js/plugin-ris')]);

/** What CSL-JSON and Zotero's own JSON say of a work, as far as it is used. */
interface CslEntry {
  title?: unknown;
  abstract?: unknown;
  abstractNote?: unknown;
  DOI?: unknown;
  URL?: unknown;
  url?: unknown;
  note?: unknown;
  number?: unknown;
  archive_location?: unknown;
  extra?: unknown;
  archiveID?: unknown;
  data?: unknown;
}

const none = { works: [], feeds: [], name: null, refused: [] as string[] } satisfies Omit<WorksRead, 'form'>;

/** Reads what it can; an entry that is broken is named and costs no other. Throws nothing: what is refused is a value. */
export function readWorks(text: string): { read: WorksRead } | { refused: string } {
  try {
    return { read: readAny(text.trim()) };
  } catch (error) {
    if (error instanceof PermanentError) return { refused: error.message };
    return { refused: `This could not be read: ${messageOf(error).split('\n')[0]!.slice(0, 200)}` };
  }
}

function readAny(text: string): WorksRead {
  if (text.startsWith('[') || text.startsWith('{')) return { ...none, form: 'csl', ...readCsl(text) };
  if (text.startsWith('<')) return { ...none, form: 'opml', feeds: readOpml(text).sources.map(({ url }) => url) };
  if (isBibtex(text)) return { ...none, form: 'bibtex', ...readEntries(bibtexChunks(text), '@biblatex/text') };
  if (text.includes('TY  -')) return { ...none, form: 'ris', ...readEntries(risChunks(text), '@ris/file') };
  return readLines(text);
}

/** An entry begins a line with @, a type and a brace. */
function isBibtex(text: string): boolean {
  return text.split('\n').some((line) => startsEntry(line));
}

function startsEntry(line: string): boolean {
  const start = line.trimStart();
  return start.startsWith('@') && (start.includes('{') || start.includes('('));
}

/** An entry by itself, and with what it takes to read it. */
interface Chunk {
  own: string;
  whole: string;
}

/** Entries apart, each behind the abbreviations (@string) of the file, so that one broken entry costs no other. */
function bibtexChunks(text: string): Chunk[] {
  const chunks: string[] = [];
  for (const line of text.split('\n')) {
    if (startsEntry(line)) chunks.push(line);
    else if (chunks.length > 0) chunks[chunks.length - 1] += `\n${line}`;
  }
  const isShort = (chunk: string): boolean => chunk.trimStart().slice(0, 7).toLowerCase() === '@string';
  const strings = chunks.filter(isShort).join('\n').slice(0, 4_000);
  return chunks.filter((chunk) => !isShort(chunk) && !chunk.trimStart().toLowerCase().startsWith('@comment')).map((own) => ({ own, whole: `${strings}\n${own}` })); // prettier-ignore
}

function risChunks(text: string): Chunk[] {
  const chunks: string[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('TY  -')) chunks.push(line);
    else if (chunks.length > 0) chunks[chunks.length - 1] += `\n${line}`;
  }
  return chunks.map((own) => ({ own, whole: own }));
}

function readEntries(chunks: readonly Chunk[], form: string): Pick<WorksRead, 'works' | 'refused'> {
  const works: Work[] = [];
  const refused: string[] = [];
  for (const { own, whole } of chunks.slice(0, maxWorks)) {
    const work = readEntry(whole, form);
    if (work) works.push(work);
    else refused.push(firstWords(own));
  }
  return { works: distinct(works), refused };
}

/** A line of a phone: of BibTeX its kind and its key. */
const longestName = 48;

function firstWords(entry: string): string {
  const words = oneLine(entry.slice(0, 10 * longestName));
  return words.length <= longestName ? words : `${oneLine(words.slice(0, longestName - 1))}…`;
}

/** Three thousand authors are 60,000 characters; Citation.js takes 40 s for an entry of 400,000, and four times as long for twice that. */
const longestEntry = 100_000;

function readEntry(chunk: string, form: string): Work | undefined {
  if (chunk.length > longestEntry) return undefined;
  try {
    const [entry] = plugins.input.chain(form === '@ris/file' ? chunk : printedTeX(chunk), {
      forceType: form,
      generateGraph: false,
    }) as CslEntry[];
    // Citation.js hands on no eprint; numbers and addresses anywhere in the entry name it, too.
    return entry && toWork(entry, eprintIn(chunk));
  } catch {
    return undefined;
  }
}

const eprintField = /\beprint\s*=\s*[{"]\s*([^\s"}]{4,40})/i;

function eprintIn(chunk: string): string[] {
  const eprint = eprintField.exec(chunk)?.[1];
  return namesIn(eprint === undefined ? '' : `arXiv:${eprint.toLowerCase().startsWith('arxiv:') ? eprint.slice(6) : eprint}`); // prettier-ignore
}

function readCsl(text: string): Pick<WorksRead, 'works' | 'refused'> {
  const json = parseJson(text) as { items?: unknown } | unknown[];
  const list = Array.isArray(json) ? json : Array.isArray(json.items) ? json.items : [json];
  const entries = list.slice(0, maxWorks);
  const works = entries.map((entry) => {
    if (typeof entry !== 'object' || entry === null) return undefined;
    const { data } = entry as CslEntry;
    return toWork((typeof data === 'object' && data !== null ? data : entry) as CslEntry);
  });
  const refused = entries.filter((_, at) => works[at] === undefined).map((entry) => firstWords(JSON.stringify(entry)));
  return { works: distinct(works.filter((work) => work !== undefined)), refused };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PermanentError('This begins like JSON and is none. Export it once more, and paste all of it.', { cause });
  }
}

function toWork(entry: CslEntry, known: string[] = []): Work | undefined {
  const { title, abstract, abstractNote, DOI, URL, url, note, number, extra, archiveID } = entry;
  const said = [URL, url, note, number, extra, archiveID, entry.archive_location].filter(
    (one) => typeof one === 'string',
  );
  const doi = typeof DOI === 'string' && DOI.includes('10.') ? [doiKey(DOI.slice(DOI.indexOf('10.')))] : [];
  const spelled = plain(title).slice(0, maxTitleLength);
  const printed = printedMarkup(spelled);
  const work: Work = {
    title: printed,
    ...(printed === spelled ? {} : { spelled }),
    text: printedMarkup(plain(abstract ?? abstractNote)).slice(0, maxAbstractLength),
    keys: [...new Set([...known, ...doi, ...namesIn(said.join('\n'))])].slice(0, 10),
  };
  return work.title === '' && work.keys.length === 0 ? undefined : work;
}

function plain(text: unknown): string {
  return typeof text === 'string' ? oneLine(text) : '';
}

/** A number or an address a line; a single line without either is a name. */
function readLines(text: string): WorksRead {
  const lines = text.split('\n').flatMap((line) => line.split(',')).map(oneLine).filter(Boolean); // prettier-ignore
  const works = lines.flatMap((line) => keysOfLine(line).map((keys) => ({ line, keys }))).slice(0, maxWorks);
  const found = works.flatMap(({ keys }) => (keys.length > 0 ? [{ title: '', text: '', keys }] : []));
  if (found.length === 0 && !text.includes('\n') && text.length > 0) return { ...none, form: 'name', name: oneLine(text).slice(0, 100) }; // prettier-ignore
  return { ...none, form: 'list', works: distinct(found), refused: works.flatMap(({ line, keys }) => (keys.length > 0 ? [] : [firstWords(line)])) }; // prettier-ignore
}

/** Of two that share a name or a title the first. */
function distinct(works: readonly Work[]): Work[] {
  const seen = new Set<string>();
  return works.filter(({ title, keys }) => {
    const names = [...keys, ...(title === '' ? [] : [title.toLowerCase()])];
    const isNew = !names.some((name) => seen.has(name));
    for (const name of names) seen.add(name);
    return isNew;
  });
}
