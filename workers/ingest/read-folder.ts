// A directory -> the items of the files in it.
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf, PermanentError } from '../../core/errors.ts';
import { decodeText } from './decode.ts';
import { droppedTypes, parseFile } from './folder.ts';
import type { ParsedFeed, ParsedItem } from './parsed-item.ts';

const maxFiles = 5000;
const maxBytes = 5_000_000;

/** Reads the files of `url` (file:///directory) and its directories; hidden, huge and unreadable ones are passed over. */
export async function readFolder(url: string): Promise<ParsedFeed> {
  const directory = folderPath(url);
  const paths = (await listFiles(directory)).slice(0, maxFiles);
  const items: ParsedItem[] = [];
  for (const path of paths) {
    const item = await readOne(directory, path);
    if (item) items.push(item);
  }
  return {
    title: null,
    link: null,
    description: null,
    language: null,
    id: null,
    updated: null,
    ttlMinutes: null,
    items,
  };
}

function folderPath(url: string): string {
  try {
    return fileURLToPath(url);
  } catch (error) {
    throw new PermanentError(`${url} is no directory; a folder's address is like file:///srv/inbox`, { cause: error });
  }
}

async function listFiles(directory: string): Promise<string[]> {
  try {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && droppedTypes.includes(extname(entry.name).toLowerCase()))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter(
        (path) =>
          !relative(directory, path)
            .split(sep)
            .some((part) => part.startsWith('.')),
      )
      .toSorted();
  } catch (error) {
    throw new PermanentError(
      `the directory ${directory} cannot be read: ${messageOf(error)}; create it or correct the address`,
      { cause: error },
    );
  }
}

async function readOne(directory: string, path: string): Promise<ParsedItem | undefined> {
  try {
    const { size, mtime } = await stat(path);
    if (size > maxBytes) return undefined;
    return parseFile({
      path: relative(directory, path).split(sep).join('/'),
      text: decodeText(await readFile(path)),
      modified: mtime,
    });
  } catch (error) {
    // One bad file must not hide the others; a bug still must show.
    if (error instanceof PermanentError || (error instanceof Error && 'code' in error)) return undefined;
    throw error;
  }
}
