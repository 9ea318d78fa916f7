// A feed that an operator has as a file (file:///srv/feeds/a.xml) -> a response as a server would give it.
import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { messageOf, PermanentError } from '../../core/errors.ts';
import type { Fetched } from '../../core/http.ts';

/** Reads the file; only the command line adds such addresses. PermanentError when it cannot be read or is too large. */
export async function readFeedFile(url: string, maxBytes: number): Promise<Fetched> {
  try {
    const path = fileURLToPath(url);
    const { size } = await stat(path);
    if (size > maxBytes) throw new PermanentError(`it is larger than ${maxBytes / 1_000_000} MB`);
    const body = await readFile(path);
    const unconditional = { etag: null, lastModified: null, permanentUrl: undefined };
    return { notModified: false, status: 200, url, headers: {}, body, ...unconditional };
  } catch (error) {
    throw new PermanentError(`${url} cannot be read: ${messageOf(error)}; put the file back or delete the source`, {
      cause: error,
    });
  }
}
