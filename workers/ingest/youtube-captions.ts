// A YouTube video -> its captions, by the library that knows the way and through our own guarded fetch.
import { guardedFetch } from '../../core/http.ts';
import { readForeign } from './read-foreign.ts';
import type { YoutubeAnswer, YoutubeRequest } from './read-youtube.ts';
import type { CaptionsFetching, TranscriptAnswer } from './transcript-answer.ts';

/** The watch page, the player, the captions; whoever asks for more goes in circles. */
const mostRequests = 4;

/** Asks YouTube for what is spoken, in `language` where it does not say; throws Temporary- and PermanentError as `guardedFetch` does. */
export async function askYoutube(
  videoId: string,
  { fetching, language }: { fetching: CaptionsFetching; language?: string | undefined },
): Promise<TranscriptAnswer> {
  const answers: YoutubeAnswer[] = [];
  while (answers.length < mostRequests) {
    const read = await readForeign({ kind: 'youtube', input: { videoId, language, answers } }, fetching.stop);
    if ('answer' in read) return read.answer;
    answers.push(await fetchPage(read.ask, fetching));
  }
  return { state: 'failed', reason: `YouTube asks for more than ${mostRequests} requests` };
}

async function fetchPage(
  { url, method, body, headers }: YoutubeRequest,
  fetching: CaptionsFetching,
): Promise<YoutubeAnswer> {
  const place = url.replace('https://www.youtube.com', fetching.youtubeUrl ?? 'https://www.youtube.com');
  const answer = await guardedFetch(place, {
    ...fetching,
    ...(method === 'POST' ? { post: { body: body ?? '', headers: headers ?? {} } } : {}),
    answers: [403, 404, 410, 429],
  });
  if (answer.notModified) return { status: 304, body: new Uint8Array() };
  return { status: answer.status, body: new Uint8Array(answer.body) };
}
