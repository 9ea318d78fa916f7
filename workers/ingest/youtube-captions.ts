// A YouTube video -> its captions, by the library that knows the way and through our own guarded fetch.
import { YoutubeTranscript } from 'youtube-transcript-plus';
import { messageOf, PermanentError, TemporaryError } from '../../core/errors.ts';
import { guardedFetch } from '../../core/http.ts';
import { withoutCaptionTags } from './caption-tags.ts';
import { withSpokenTrackFirst } from './caption-track.ts';
import { cleanCues } from './clean-cues.ts';
import { decodeEntities } from './decode-entities.ts';
import { readPlayerAir, type NotOnAir } from './on-air.ts';
import { spokenAnswer, type CaptionsFetching, type TranscriptAnswer } from './transcript-answer.ts';

/** What the library asks of its hooks and gives back; its own declarations do not resolve under nodenext. */
interface PageRequest {
  url: string;
  method?: string;
  body?: string;
  headers?: Record<string, string>;
}
type Spoken = { offset: number; duration: number; text: string }[];

/** What YouTube itself said on the way, which the library does not tell. */
interface Said {
  blocked?: string;
  unplayable?: string;
  notOnAir?: NotOnAir;
}

/** Asks YouTube for what is spoken, in `language` where it does not say; throws Temporary- and PermanentError as `guardedFetch` does. */
export async function askYoutube(
  videoId: string,
  { fetching, language }: { fetching: CaptionsFetching; language?: string | undefined },
): Promise<TranscriptAnswer> {
  const said: Said = {};
  const fetch = (request: PageRequest): Promise<Response> => fetchPage(request, fetching, said);
  try {
    const playerFetch = async (request: PageRequest): Promise<Response> => {
      const answer = await fetch(request);
      return new Response(withSpokenTrackFirst(await answer.text(), language), { status: answer.status });
    };
    const client = new YoutubeTranscript({ videoFetch: fetch, playerFetch, transcriptFetch: fetch });
    const lines = (await client.fetchTranscript(videoId)) as Spoken;
    if (said.notOnAir) return { state: 'upcoming', ...said.notOnAir };
    const cues = lines.map(({ offset, duration, text }) => ({
      startS: offset,
      endS: offset + duration,
      text: withoutCaptionTags(decodeEntities(text)),
    }));
    return spokenAnswer({ cues: cleanCues(cues), unreadLines: [] }, 'YouTube');
  } catch (error) {
    if (error instanceof TemporaryError || error instanceof PermanentError) throw error;
    return judgeRefusal(error, said);
  }
}

async function fetchPage(
  { url, method, body, headers }: PageRequest,
  fetching: CaptionsFetching,
  said: Said,
): Promise<Response> {
  const place = url.replace('https://www.youtube.com', fetching.youtubeUrl ?? 'https://www.youtube.com');
  const answer = await guardedFetch(place, {
    ...fetching,
    ...(method === 'POST' ? { post: { body: body ?? '', headers: headers ?? {} } } : {}),
    answers: [403, 404, 410, 429],
  });
  if (answer.notModified) return new Response(null, { status: 304 });
  if (answer.status === 429 || answer.status === 403) said.blocked = `YouTube answered ${answer.status}`;
  if (answer.status === 200 && answer.body.length === 0) said.blocked = 'YouTube answered without a body';
  if (method === 'POST') readPlayability(answer.body.toString('utf8'), said);
  return new Response(new Uint8Array(answer.body), { status: answer.status });
}

/** "Sign in to confirm you're not a bot" is a block; a video that is gone or private will never speak. */
function readPlayability(body: string, said: Said): void {
  const [, status] = /"playabilityStatus":\s*\{\s*"status":\s*"(\w+)"/.exec(body) ?? [];
  if (status === 'LOGIN_REQUIRED' && /not a bot/.test(body)) {
    said.blocked = 'YouTube takes us for a robot';
    return;
  }
  const notOnAir = readPlayerAir(body);
  if (notOnAir) said.notOnAir = notOnAir;
  else if (status !== undefined && status !== 'OK') said.unplayable = `YouTube calls the video ${status}`;
}

/** The library's errors are told apart by name. */
function judgeRefusal(error: unknown, said: Said): TranscriptAnswer {
  const name = error instanceof Error ? error.name : '';
  if (said.blocked !== undefined) return { state: 'blocked', reason: said.blocked };
  if (said.notOnAir) return { state: 'upcoming', ...said.notOnAir };
  if (name === 'YoutubeTranscriptTooManyRequestError') return { state: 'blocked', reason: messageOf(error) };
  if (name === 'YoutubeTranscriptDisabledError') return { state: 'none', reason: 'the video has no captions' };
  if (said.unplayable !== undefined) return { state: 'none', reason: said.unplayable };
  // It says "not available" also of a page it does not understand, so that is tried again.
  if (name.startsWith('YoutubeTranscript') || error instanceof SyntaxError)
    return { state: 'failed', reason: messageOf(error) };
  throw error;
}
