// A directory -> the items of the files in it, and which files were passed over.
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf, PermanentError } from '../../core/errors.ts';
import { decodeText } from './decode.ts';
import { droppedTypes, parseFile } from './folder.ts';
import { blankFeed, type ParsedFeed, type ParsedItem } from './parsed-item.ts';

const maxFiles = 5000;
const maxBytes = 5_000_000;

/** Reads the files of `url` (file:///directory) and its directories; hidden ones and other kinds are none of ours. */
export async function readFolder(url: string): Promise<ParsedFeed & Required<Pick<ParsedFeed, 'passedOver'>>> {
  const directory = folderPath(url);
  const paths = await listFiles(directory);
  const items: ParsedItem[] = [];
  const passedOver = paths.slice(maxFiles).map((path) => ({ path: nameIn(directory, path), why: 'one file too many' }));
  for (const path of paths.slice(0, maxFiles)) {
    const item = await readOne(directory, path);
    if (typeof item === 'string') passedOver.push({ path: nameIn(directory, path), why: item });
    else items.push(item);
  }
  return { ...blankFeed, items, passedOver };
}

/** The sentence for the source's row; null when every file was read. */
export function describePassedOver(passedOver: Required<ParsedFeed>['passedOver']): string | null {
  if (passedOver.length === 0) return null;
  const named = passedOver.slice(0, 5).map(({ path, why }) => `${path} (${why})`);
  const rest = passedOver.length - named.length;
  return `Passed over: ${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`;
}

function folderPath(url: string): string {
  try {
    return fileURLToPath(url);
  } catch (error) {
    throw new PermanentError(`${url} is no directory; a folder's address is like file:///srv/inbox`, { cause: error });
  }
}

/** The identity of a file: where it is below the directory, with slashes. */
function nameIn(directory: string, path: string): string {
  return relative(directory, path).split(sep).join('/');
}

async function listFiles(directory: string): Promise<string[]> {
  try {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && droppedTypes.includes(extname(entry.name).toLowerCase()))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !/(^|\/)\./.test(nameIn(directory, path)))
      .toSorted();
  } catch (error) {
    throw new PermanentError(
      `the directory ${directory} cannot be read: ${messageOf(error)}; create it or correct the address`,
      { cause: error },
    );
  }
}

/** The item, or in a few words why there is none: one bad file must not hide the others. A bug still must show. */
async function readOne(directory: string, path: string): Promise<ParsedItem | string> {
  try {
    const { size, mtime } = await stat(path);
    if (size > maxBytes) return `larger than ${maxBytes / 1_000_000} MB`;
    const text = decodeText(await readFile(path));
    return text.trim() === '' ? 'empty' : parseFile({ path: nameIn(directory, path), text, modified: mtime });
  } catch (error) {
    if (error instanceof PermanentError) return messageOf(error);
    if (error instanceof Error && 'code' in error) return `cannot be read: ${String(error.code)}`;
    throw error;
  }
}
