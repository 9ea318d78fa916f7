// One feed file -> its line of NDJSON; runs in a thread of its own, so that a file that hangs or crashes it stops nothing.
import { readFile } from 'node:fs/promises';
import { messageOf, PermanentError } from '../../core/errors.ts';
import { decodeText } from '../../workers/ingest/decode.ts';
import { parseFeed } from '../../workers/ingest/feed.ts';

export interface ParseTask {
  path: string;
  /** The name the line carries. */
  file: string;
  contentType: string | null;
}

/** Parses one file; what is wrong with it is the line's `error`. */
export async function parseOne({ path, file, contentType }: ParseTask): Promise<object> {
  try {
    const { items, ttlMinutes: _, ...feed } = await parseFeed(decodeText(await readFile(path), contentType));
    return {
      file,
      feed,
      items: items.map(({ id, title, link, summary, content, authors, published, updated }) => ({
        id,
        title,
        link,
        summary,
        content,
        author: authors.join(', ') || null,
        published,
        updated,
      })),
    };
  } catch (error) {
    if (!(error instanceof PermanentError || (error instanceof Error && 'code' in error))) throw error;
    return { file, error: messageOf(error) };
  }
}
