// A YouTube video -> its captions, by the library that knows the way and through our own guarded fetch.
import { guardedFetch } from '../../../core/http.ts';
import { readForeign } from '../read-foreign.ts';
import type { YoutubeResponse, YoutubeRequest } from './read-youtube.ts';
import type { CaptionsFetching, TranscriptResult } from './transcript-result.ts';

/** The watch page, the player, the captions; whoever asks for more goes in circles. */
const mostRequests = 4;

/** Asks YouTube for what is spoken, in `language` where it does not say; throws Temporary- and PermanentError as `guardedFetch` does. */
export async function askYoutube(
  videoId: string,
  { fetching, language }: { fetching: CaptionsFetching; language?: string | undefined },
): Promise<TranscriptResult> {
  const responses: YoutubeResponse[] = [];
  while (responses.length < mostRequests) {
    const read = await readForeign({ kind: 'youtube', input: { videoId, language, responses } }, fetching.stop);
    if ('result' in read) return read.result;
    responses.push(await fetchPage(read.ask, fetching));
  }
  return { state: 'failed', reason: `YouTube asks for more than ${mostRequests} requests` };
}

async function fetchPage(
  { url, method, body, headers }: YoutubeRequest,
  fetching: CaptionsFetching,
): Promise<YoutubeResponse> {
  const address = url.replace('https://www.youtube.com', fetching.youtubeUrl ?? 'https://www.youtube.com');
  const response = await guardedFetch(address, {
    ...fetching,
    ...(method === 'POST' ? { post: { body: body ?? '', headers: headers ?? {} } } : {}),
    expectedStatuses: [403, 404, 410, 429],
  });
  if (response.notModified) return { status: 304, body: new Uint8Array() };
  return { status: response.status, body: new Uint8Array(response.body) };
}
