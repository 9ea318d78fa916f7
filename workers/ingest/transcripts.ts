// A video -> its transcript, from the first provider that has it; every way it can fail is a value.
import { YoutubeTranscript } from 'youtube-transcript-plus';
import { messageOf, PermanentError, TemporaryError } from '../../core/errors.ts';
import { guardedFetch, type FetchOptions } from '../../core/http.ts';
import { parseCaptions, type Cue } from './captions.ts';
import { decodeEntities } from './decode-entities.ts';
import { decodeText } from './decode.ts';

export type TranscriptAnswer =
  { state: 'ok'; cues: Cue[] } | { state: 'none' } | { state: 'blocked' | 'failed'; reason: string };

export interface TranscriptRequest {
  videoId: string;
  /** With `{id}` for the video. Whoever gives one knows where the captions are: YouTube is not asked then. */
  captionsUrl: string | undefined;
  fetching: Pick<FetchOptions, 'allow' | 'stop'>;
}

/** Gets a transcript. An answer without a body means blocked, never that there are no captions. */
export async function fetchTranscript({
  videoId,
  captionsUrl,
  fetching,
}: TranscriptRequest): Promise<TranscriptAnswer> {
  try {
    return captionsUrl === undefined
      ? await askYoutube(videoId, fetching)
      : await askAddress(captionsUrl.replaceAll('{id}', encodeURIComponent(videoId)), fetching);
  } catch (error) {
    if (!(error instanceof TemporaryError || error instanceof PermanentError)) throw error;
    return { state: 'failed', reason: messageOf(error) };
  }
}

async function askAddress(url: string, fetching: TranscriptRequest['fetching']): Promise<TranscriptAnswer> {
  const answer = await guardedFetch(url, { ...fetching, answers: [403, 404, 410, 429] });
  if (answer.notModified) return { state: 'failed', reason: `${url} answered 304 to an unconditional request` };
  const { status, body, headers } = answer;
  if (status === 404 || status === 410) return { state: 'none' };
  if (status !== 200) return { state: 'blocked', reason: `${url} answered ${status}` };
  const text = decodeText(body, headers['content-type']).trim();
  if (text === '') return { state: 'blocked', reason: `${url} answered without a body` };
  return spoken(parseCaptions(text));
}

/** What the library asks of its hooks and gives back; its own declarations do not resolve under nodenext. */
interface PageRequest {
  url: string;
  method?: string;
  body?: string;
  headers?: Record<string, string>;
}
type Spoken = { offset: number; text: string }[];

async function askYoutube(videoId: string, fetching: TranscriptRequest['fetching']): Promise<TranscriptAnswer> {
  let blocked: string | undefined;
  const fetch = async ({ url, method, body, headers }: PageRequest): Promise<Response> => {
    const post = method === 'POST' ? { post: { body: body ?? '', headers: headers ?? {} } } : {};
    const answer = await guardedFetch(url, { ...fetching, ...post, answers: [403, 404, 410, 429] });
    if (answer.notModified) return new Response(null, { status: 304 });
    if (answer.status === 429 || answer.status === 403) blocked = `YouTube answered ${answer.status}`;
    if (answer.status === 200 && answer.body.length === 0) blocked = 'YouTube answered without a body';
    return new Response(new Uint8Array(answer.body), { status: answer.status });
  };
  try {
    const client = new YoutubeTranscript({ videoFetch: fetch, playerFetch: fetch, transcriptFetch: fetch });
    const lines = (await client.fetchTranscript(videoId)) as Spoken;
    return spoken(
      lines.map(({ offset, text }) => ({ startS: offset, text: decodeEntities(text).replace(/\s+/g, ' ') })),
    );
  } catch (error) {
    if (error instanceof TemporaryError || error instanceof PermanentError) throw error;
    return judgeRefusal(error, blocked);
  }
}

/** The library's errors are told apart by name. */
function judgeRefusal(error: unknown, blocked: string | undefined): TranscriptAnswer {
  const name = error instanceof Error ? error.name : '';
  if (blocked !== undefined) return { state: 'blocked', reason: blocked };
  if (name === 'YoutubeTranscriptTooManyRequestError') return { state: 'blocked', reason: messageOf(error) };
  if (name === 'YoutubeTranscriptDisabledError') return { state: 'none' };
  // It says "not available" also of a page it does not understand, so that is tried again.
  if (name.startsWith('YoutubeTranscript') || error instanceof SyntaxError)
    return { state: 'failed', reason: messageOf(error) };
  throw error;
}

function spoken(cues: Cue[]): TranscriptAnswer {
  return cues.length > 0 ? { state: 'ok', cues } : { state: 'none' };
}
