// What was typed behind `courant ingest` -> sources: addresses, directories, feed files, and the entries of OPML files.
import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PermanentError } from '../../core/errors.ts';
import type { NewSource, SourceKind } from '../../core/store/sources.ts';
import { sourceAddress } from '../admin/source-address.ts';

const kinds = ['arxiv', 'youtube', 'feed', 'folder', 'deadlines'] as const satisfies readonly SourceKind[];

/** Sources that are to be read, and the OPML files whose entries are. */
export interface NamedSources {
  sources: NewSource[];
  lists: string[];
}

/** Throws PermanentError with the words that are none of these; `kind` says what all of them are. */
export async function nameSources(words: readonly string[], kind: string | undefined): Promise<NamedSources> {
  if (kind !== undefined && !isKind(kind)) {
    throw new PermanentError(`--kind holds "${kind}"; it may hold one of ${kinds.join(', ')}.`);
  }
  const named: NamedSources = { sources: [], lists: [] };
  for (const word of words) {
    const place = kind === 'folder' ? 'directory' : placeOf(word);
    if (place === 'file' && kind === undefined && (await isOpml(word))) named.lists.push(word);
    else named.sources.push(place === undefined ? atAddress(word, kind) : onDisk(word, place, kind));
  }
  return named;
}

function isKind(word: string): word is SourceKind {
  return (kinds as readonly string[]).includes(word);
}

function placeOf(word: string): 'directory' | 'file' | undefined {
  const place = statSync(word, { throwIfNoEntry: false });
  return place?.isDirectory() ? 'directory' : place?.isFile() ? 'file' : undefined;
}

async function isOpml(path: string): Promise<boolean> {
  // Without its zeros UTF-16 reads like ASCII here.
  const start = (await readFile(path)).subarray(0, 4000).toString('latin1').replaceAll('\0', '');
  return /\.opml$/i.test(path) || /<opml[\s>]/i.test(start);
}

function onDisk(path: string, place: 'directory' | 'file', kind: SourceKind = 'feed'): NewSource {
  // Without the slash at the end, which would make it another source.
  const url = pathToFileURL(resolve(path)).href;
  // Readers see the title of a folder: where it lies on this machine is not theirs to know.
  return place === 'directory' ? { kind: 'folder', title: basename(resolve(path)), url } : { kind, title: path, url };
}

function atAddress(word: string, kind: SourceKind | undefined): NewSource {
  const tried = kind === undefined ? likelyKinds(word) : [kind];
  for (const one of tried) {
    const url = one === 'folder' ? undefined : sourceAddress(one, word);
    if (url !== undefined) return { kind: one, title: word, url };
  }
  if (isHandle.test(word)) {
    throw new PermanentError(
      `"${word}" names a YouTube channel by its handle, which has no feed; open the channel, choose "About", "Share channel", "Copy channel ID", and give that id (UC and 22 characters).`,
    );
  }
  if (/^[a-z-]+(?:\.[A-Z]{2}){2,}$/.test(word)) {
    throw new PermanentError(
      `"${word}" is no list of arXiv: a list has one dot, such as cs.CL; several are cs.CL+cs.LG.`,
    );
  }
  throw new PermanentError(
    `"${word}" is no address; give one such as https://example.org/feed.xml, an arXiv list (cs.CL) or papers (1706.03762), or the path of a directory, a feed or an OPML file.`,
  );
}

/** "@name", and the address of its page. */
const isHandle = /^(?:(?:https?:\/\/)?(?:www\.|m\.)?youtube\.com\/)?@[^\s/]+(?:\/\w*)?$/i;

/** A list or a paper of arXiv and a YouTube channel are known by their hosts, or by words that are no address. */
function likelyKinds(word: string): SourceKind[] {
  if (/^https?:\/\/(?:rss|export|oaipmh)\.arxiv\.org\//.test(word)) return ['arxiv'];
  if (/^https?:\/\/(?:www\.)?youtube\.com\//.test(word)) return ['youtube', 'feed'];
  return /^https?:/i.test(word)
    ? ['feed']
    : word.includes('.') || /\d/.test(word)
      ? ['feed', 'arxiv', 'youtube']
      : ['feed', 'youtube'];
}
