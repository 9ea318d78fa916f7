// YouTube's responses so far about a video -> what to ask it next, or its captions; pure, and run in a thread (law 8).
import { YoutubeTranscript } from 'youtube-transcript-plus';
import { messageOf } from '../../../core/errors.ts';
import { withoutCaptionTags } from './caption-tags.ts';
import { withSpokenTrackFirst } from './caption-track.ts';
import { cleanCues } from './clean-cues.ts';
import { decodeEntities } from '../clean/decode-entities.ts';
import { readPlayerAir, type NotOnAir } from './on-air.ts';
import { spokenResult, type TranscriptResult } from './transcript-result.ts';

/** What the library asks of its hooks; its own declarations do not resolve under nodenext. */
export interface YoutubeRequest {
  url: string;
  method?: string | undefined;
  body?: string | undefined;
  headers?: Record<string, string> | undefined;
}

export interface YoutubeResponse {
  status: number;
  body: Uint8Array;
}

export interface YoutubeTalk {
  videoId: string;
  /** The item's own, where YouTube does not say what is spoken. */
  language: string | undefined;
  /** In the order they were asked for: the watch page, the player, the captions. */
  responses: YoutubeResponse[];
}

type Spoken = { offset: number; duration: number; text: string }[];

/** What YouTube itself said on the way, which the library does not pass on. */
interface Said {
  blocked?: string;
  unplayable?: string;
  notOnAir?: NotOnAir;
}

/**
 * Lets the library read the responses there are, up to the first request that has none: it is stateless, so that the same
 * responses lead to the same request, and the bodies, 10 MB each at most, are read where nobody waits for a page.
 */
export async function readYoutube({
  videoId,
  language,
  responses,
}: YoutubeTalk): Promise<{ ask: YoutubeRequest } | { result: TranscriptResult }> {
  const said: Said = {};
  let ask: YoutubeRequest | undefined;
  let read = 0;
  const hook = async ({ url, method, body, headers }: YoutubeRequest): Promise<Response> => {
    const response = responses[read++];
    if (response) return respond(response, { isPlayer: method === 'POST', language, said });
    ask = { url, method, body, headers };
    throw new Error(`${url} was not asked yet`);
  };
  try {
    const client = new YoutubeTranscript({ videoFetch: hook, playerFetch: hook, transcriptFetch: hook });
    const lines = (await client.fetchTranscript(videoId)) as Spoken;
    if (said.notOnAir) return { result: { state: 'upcoming', ...said.notOnAir } };
    const cues = lines.map(({ offset, duration, text }) => ({
      startS: offset,
      endS: offset + duration,
      text: withoutCaptionTags(decodeEntities(text)),
    }));
    return { result: spokenResult({ cues: cleanCues(cues), unreadLines: [] }, 'YouTube') };
  } catch (error) {
    return ask ? { ask } : { result: judgeRefusal(error, said) };
  }
}

function respond(
  { status, body }: YoutubeResponse,
  { isPlayer, language, said }: { isPlayer: boolean; language: string | undefined; said: Said },
): Response {
  if (status === 429 || status === 403) said.blocked = `YouTube answered ${status}`;
  if (status === 200 && body.length === 0) said.blocked = 'YouTube answered without a body';
  if (!isPlayer) return new Response(new Uint8Array(body), { status });
  const text = new TextDecoder().decode(body);
  readPlayability(text, said);
  return new Response(withSpokenTrackFirst(text, language), { status });
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
function judgeRefusal(error: unknown, said: Said): TranscriptResult {
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
