// A model on the hub -> its files in a directory: taken up where an earlier try broke off (RFC 9110, Range and If-Range).
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { messageOf, PermanentError, TemporaryError } from '../errors.ts';

export interface ModelDownload {
  model: string;
  /** Address of the hub, without a slash at its end. */
  hub: string;
  /** The model's files go below `directory`/`model`. */
  directory: string;
  /** Told of each piece of a file: bytes so far, and of how many. */
  onProgress?: ((file: string, done: number, total: number) => void) | undefined;
}

/** What the library reads of a q8 sentence model; the weights last, since they are all but a few hundred kB. */
const files = ['config.json', 'tokenizer_config.json', 'tokenizer.json', 'onnx/model_quantized.onnx'];
/** A connection that says nothing for so long is dead. */
const stalledMs = 30_000;

/** Sees that all files are there. Throws TemporaryError when the hub cannot be reached, PermanentError when it has no such model. */
export async function downloadModel(download: ModelDownload): Promise<void> {
  const { model, directory } = download;
  const hub = download.hub.replace(/\/+$/, '');
  for (const file of files) {
    const path = join(directory, model, file);
    if (existsSync(path)) continue;
    const url = `${hub}/${model}/resolve/main/${file}`;
    await fetchFile(url, path, (done, total) => download.onProgress?.(file, done, total)).catch((cause: unknown) => {
      if (cause instanceof PermanentError) throw cause;
      throw new TemporaryError(`the model ${model} could not be downloaded from ${hub}: ${reasonOf(cause)}`, { cause });
    });
  }
}

async function fetchFile(url: string, path: string, onBytes: (done: number, total: number) => void): Promise<void> {
  const [part, tag] = [`${path}.part`, `${path}.etag`];
  await mkdir(dirname(path), { recursive: true });
  const had = await sizeOf(part);
  const etag = had > 0 ? await readFile(tag, 'utf8').catch(() => '') : '';
  const dead = new AbortController();
  const watch = setTimeout(() => dead.abort(new Error(`nothing came for ${stalledMs / 1000} s`)), stalledMs);
  try {
    const headers: Record<string, string> = etag ? { range: `bytes=${had}-`, 'if-range': etag } : {};
    const response = await fetch(url, { headers, signal: dead.signal });
    if (response.status === 404 || response.status === 401)
      throw new PermanentError(`${url} does not exist (${response.status})`);
    if (!response.ok || !response.body) throw new Error(`${url} answered ${response.status}`);
    await writeFile(tag, strongTag(response));
    const start = response.status === 206 ? had : 0;
    const total = start + Number(response.headers.get('content-length') ?? Number.NaN);
    let done = start;
    const pieces = Readable.fromWeb(response.body).on('data', (piece: Buffer) => {
      watch.refresh();
      onBytes((done += piece.length), total);
    });
    await pipeline(pieces, createWriteStream(part, { flags: start > 0 ? 'a' : 'w' }));
    // Without a length the end of the connection is the end of the file.
    if (done < total) throw new Error(`${url} broke off after ${done} of ${total} bytes`);
    await rename(part, path);
    await rm(tag, { force: true });
  } finally {
    clearTimeout(watch);
  }
}

/** A weak tag does not promise the same bytes, so nothing is taken up after it. */
function strongTag({ headers }: Response): string {
  const tag = headers.get('etag') ?? '';
  return tag.startsWith('W/') ? '' : tag;
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}

/** `fetch` hides why it failed in the cause. */
function reasonOf(error: unknown): string {
  return error instanceof Error && error.cause instanceof Error ? messageOf(error.cause) : messageOf(error);
}
