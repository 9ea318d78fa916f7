// What was typed behind `courant ingest` -> sources: addresses, directories, feed files, and the entries of OPML files.
import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { messageOf, PermanentError } from '../../core/errors.ts';
import { recogniseSource, sourceAddress, whyNoAddress } from '../../core/addresses/source-address.ts';
import { isSourceKind, sourceKindNames, sourceKinds, type SourceKind } from '../../core/source-kinds.ts';
import type { NewSource } from '../../core/store/sources.ts';

/** Sources that are to be read, and the OPML files whose entries are. */
export interface NamedSources {
  sources: NewSource[];
  lists: string[];
}

/** Throws PermanentError with the words that are none of these; `kind` says what all of them are. */
export async function nameSources(words: readonly string[], kind: string | undefined): Promise<NamedSources> {
  if (kind !== undefined && !isSourceKind(kind)) {
    throw new PermanentError(`--kind holds "${kind}"; it may hold one of ${sourceKindNames.join(', ')}.`);
  }
  const named: NamedSources = { sources: [], lists: [] };
  for (const word of words) {
    const pathKind = kind !== undefined && sourceKinds[kind].isLocal ? 'directory' : pathKindOf(word);
    if (pathKind === 'file' && kind === undefined && (await isOpml(word))) named.lists.push(word);
    else if (pathKind === 'file' && kind !== 'deadlines' && !(await mayBeFeed(word)))
      throw new PermanentError(`"${word}" is no file that can be read: it is neither a feed (RSS, Atom, RDF or JSON Feed) nor an OPML list. A list of deadlines in YAML is read with --kind deadlines. Notes and papers in Markdown are read by their folder; give its path.`); // prettier-ignore
    else if (pathKind === undefined && looksLikePath(word))
      throw new PermanentError(`There is no file ${word}${hostHint(word)}.`); // prettier-ignore
    else named.sources.push(pathKind === undefined ? atAddress(word, kind) : onDisk(word, pathKind, kind));
  }
  return named;
}

function pathKindOf(word: string): 'directory' | 'file' | undefined {
  const pathKind = statSync(word, { throwIfNoEntry: false });
  return pathKind?.isDirectory() ? 'directory' : pathKind?.isFile() ? 'file' : undefined;
}

const fileEnding = /\.(?:opml|xml|rss|atom|rdf|json|ya?ml|md|markdown|txt|html?|csv)$/i;

/** By how it begins, or by its ending, where nothing before a slash could be a host: "example.org/feed.xml" is an address. */
function looksLikePath(word: string): boolean {
  if (/^(?:\/(?!\/)|[.~])/.test(word)) return true;
  const [first = ''] = word.split('/');
  return !/^[a-z]+:/i.test(word) && fileEnding.test(word) && (first === word || !first.includes('.'));
}

/** Moldova's hosts end as Markdown does. */
function hostHint(word: string): string {
  return /^[^/.~][^/]*\.md$/i.test(word) ? `; a host of that name is https://${word}` : '';
}

async function isOpml(path: string): Promise<boolean> {
  return /\.opml$/i.test(path) || /<opml[\s>]/i.test(await startOf(path));
}

/** What can be a feed is looked at by its reader; what cannot is never a source, and nothing of it is repeated anywhere. */
async function mayBeFeed(path: string): Promise<boolean> {
  return /^(?:\xEF\xBB\xBF|\xFE\xFF|\xFF\xFE|\s)*[<{]/.test(await startOf(path));
}

async function startOf(path: string): Promise<string> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new PermanentError(`"${path}" cannot be read: ${messageOf(error)}.`);
  });
  // Without its zeros UTF-16 reads like ASCII here.
  return bytes.subarray(0, 4000).toString('latin1').replaceAll('\0', '');
}

function onDisk(path: string, pathKind: 'directory' | 'file', kind: SourceKind = 'feed'): NewSource {
  // Without the slash at the end, which would make it another source.
  const url = pathToFileURL(resolve(path)).href;
  // Readers see the title of a source: where it lies on this machine is not theirs to know.
  return pathKind === 'directory'
    ? { kind: 'folder', title: basename(resolve(path)), url }
    : { kind, title: basename(path), url };
}

function atAddress(word: string, kind: SourceKind | undefined): NewSource {
  const url = kind === undefined ? undefined : sourceAddress(kind, word);
  const found = kind === undefined ? recogniseSource(word) : url && { kind, url };
  if (found) return { ...found, title: word };
  const examples = sourceKindNames.map((name) => sourceKinds[name].example).join(', ');
  throw new PermanentError(
    whyNoAddress(word) ??
      `"${word}" is no address; give one such as ${examples}, or the path of a feed or an OPML file.`,
  );
}
