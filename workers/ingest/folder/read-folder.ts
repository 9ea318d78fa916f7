// A directory -> the items of the files in it, and what there is to say of its files.
import { readdir } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf, PermanentError } from '../../../core/errors.ts';
import { firstBytes, openInside } from '../../../core/files/open-inside.ts';
import { decodeText } from '../clean/decode.ts';
import { droppedTypes, parseFile, type FileReading } from './folder.ts';
import { blankFeed, type FileNote, type FileNotes, type ParsedFeed, type ParsedItem } from '../parsed-item.ts';
import { dayMs } from '../../../core/time.ts';

const maxFiles = 5000;
const maxBytes = 5_000_000;
/** Twice the window in which items are news. */
const backMs = 30 * dayMs;

interface Look {
  now: Date;
  /** Nothing was ever read of the folder. */
  isFirst: boolean;
  /** Files that took too much, and are left. */
  passedOver?: readonly FileNote[] | undefined;
  /** Told of each file before it is read: whoever waits for it knows its name. */
  onFile?: ((path: string) => void) | undefined;
}

/**
 * Reads the files of `url` (file:///directory) and its directories; hidden ones and other kinds are none of ours. A clone or a
 * copy of an archive gives all files the time at which it was made, so at the first look a file that says no date is dated 30
 * days back: it is background, no news. From then on the time of a new file is its date.
 */
export async function readFolder(url: string, look: Look): Promise<ParsedFeed & { files: FileNotes }> {
  const directory = folderPath(url);
  const left = new Set(look.passedOver?.map(({ path }) => path));
  const paths = (await listFiles(directory)).filter((path) => !left.has(nameIn(directory, path)));
  const items: ParsedItem[] = [];
  const files: FileNotes = { passedOver: [...(look.passedOver ?? [])], unpublished: [], flawed: [], datedBack: 0 };
  for (const path of paths.slice(0, maxFiles)) {
    const item = await readOne(directory, path, { look, files });
    if (item) items.push(item);
  }
  files.passedOver.push(
    ...paths.slice(maxFiles).map((path) => ({ path: nameIn(directory, path), why: 'one file too many' })),
  );
  return { ...blankFeed, items, files };
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

/** The item, or a note why there is none: one bad file must not hide the others. A bug still must show. */
async function readOne(
  directory: string,
  path: string,
  { look, files }: { look: Look; files: FileNotes },
): Promise<ParsedItem | undefined> {
  const name = nameIn(directory, path);
  look.onFile?.(name);
  try {
    const { size, mtime, bytes } = await readInside(directory, path);
    const text = decodeText(bytes);
    if (text.trim() === '') {
      files.passedOver.push({ path: name, why: size > maxBytes ? `larger than ${maxBytes / 1_000_000} MB` : 'empty' });
      return undefined;
    }
    return takeReading(parseFile({ path: name, text, modified: mtime, now: look.now }), { path: name, look, files });
  } catch (error) {
    // A RangeError is a stack that overflowed: quotes within quotes, ten thousand deep.
    const isTooDeep = error instanceof RangeError;
    const isOfFile = error instanceof PermanentError || isTooDeep || (error instanceof Error && 'code' in error);
    // A bug shows, with what it stumbled over.
    if (!isOfFile) throw new Error(`${name}: ${messageOf(error)}`, { cause: error });
    const why = isTooDeep
      ? 'it is nested too deeply'
      : error instanceof PermanentError
        ? messageOf(error)
        : `cannot be read: ${String((error as { code?: unknown }).code)}`;
    files.passedOver.push({ path: name, why });
    return undefined;
  }
}

function takeReading(
  reading: FileReading,
  { path, look, files }: { path: string; look: Look; files: FileNotes },
): ParsedItem | undefined {
  if (reading.flaw !== undefined) files.flawed.push({ path, why: reading.flaw });
  if ('draft' in reading) {
    files.unpublished.push({ path, why: reading.draft });
    return undefined;
  }
  const { item, isDated } = reading;
  const published = item.published!;
  if (isDated && published.getTime() > look.now.getTime() + dayMs) {
    files.unpublished.push({ path, why: `dated ${published.toISOString().slice(0, 10)}` });
    return undefined;
  }
  const back = new Date(look.now.getTime() - backMs);
  if (!look.isFirst || isDated || published < back) return item;
  files.datedBack++;
  return { ...item, published: back };
}

/** Whoever may write into the folder must not make us read what lies elsewhere: no link is followed, not even a late one. */
async function readInside(directory: string, path: string): Promise<{ size: number; mtime: Date; bytes: Buffer }> {
  const file = await openInside(directory, path);
  if (!file) throw new PermanentError('it is a link, or no plain file');
  try {
    const { size, mtime } = await file.stat();
    return { size, mtime, bytes: await firstBytes(file, size > maxBytes ? 0 : size) };
  } finally {
    await file.close();
  }
}
