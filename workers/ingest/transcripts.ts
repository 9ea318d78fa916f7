// A video -> its transcript, from the first provider that has it; every way it can fail is a value.
import { messageOf, PermanentError, TemporaryError } from '../../core/errors.ts';
import { guardedFetch } from '../../core/http.ts';
import { decodeText } from './decode.ts';
import { youtubeHost } from '../../core/store/transcripts.ts';
import { readForeign } from './read-foreign.ts';
import { maxCaptionBytes, spokenAnswer, type CaptionsFetching, type TranscriptAnswer } from './transcript-answer.ts';
import { askYoutube } from './youtube-captions.ts';
import { askYtDlp } from './yt-dlp.ts';

export interface TranscriptRequest {
  videoId: string;
  /** What a curator gave: nobody else is asked then. */
  captions: string | null;
  /** With `{id}` for the video: asked before YouTube, and instead of it when `captionsOnly`. */
  captionsUrl: string | undefined;
  captionsOnly?: boolean | undefined;
  /** It blocked us lately, so only others are asked. */
  isYoutubePaused?: boolean;
  /** The item's own. */
  language?: string | undefined;
  /** Name or path of yt-dlp, which is asked where YouTube itself gave nothing. */
  ytDlp: string;
  fetching: CaptionsFetching;
}

/** Of two answers the one that says more counts: a block says to leave the host alone, a failure to try again. */
const weights = { none: 0, failed: 1, blocked: 2, upcoming: 3, ok: 4 } as const;

/** Asks one provider after the other. An answer without a body means blocked, never that there are no captions. */
export async function fetchTranscript(request: TranscriptRequest): Promise<TranscriptAnswer> {
  const { captions, captionsUrl, captionsOnly, fetching } = request;
  if (captions !== null) {
    const read = () => readForeign({ kind: 'captions', input: captions }, fetching.stop);
    return asAnswer(async () => spokenAnswer(await read(), 'a curator'));
  }
  if (captionsUrl === undefined) return askYoutubeSomehow(request);
  const own = await askOwn(captionsUrl, request);
  if (own.state === 'ok' || captionsOnly || !/^[\w-]{11}$/.test(request.videoId)) return own;
  const theirs = await askYoutubeSomehow(request);
  return weights[own.state] >= weights[theirs.state] ? own : theirs;
}

async function askOwn(captionsUrl: string, { videoId, fetching }: TranscriptRequest): Promise<TranscriptAnswer> {
  const url = captionsUrl.replaceAll('{id}', encodeURIComponent(videoId));
  const answer = await asAnswer(() => askAddress(url, fetching));
  return { ...answer, host: new URL(url).host };
}

async function askYoutubeSomehow(request: TranscriptRequest): Promise<TranscriptAnswer> {
  const { videoId, language, fetching, ytDlp } = request;
  const host = youtubeHost;
  if (request.isYoutubePaused) return { state: 'failed', reason: `${host} is left alone for now`, host };
  const first = await asAnswer(() => askYoutube(videoId, { fetching, language }));
  if (first.state !== 'blocked' && first.state !== 'failed') return { ...first, host };
  const second = await asAnswer(() => askYtDlp(videoId, { program: ytDlp, language, stop: fetching.stop }));
  const hidesBlock = second?.state === 'failed' && first.state === 'blocked';
  return { ...(second === undefined || hidesBlock ? first : second), host };
}

async function asAnswer<Answer>(ask: () => Promise<Answer>): Promise<Answer | { state: 'failed'; reason: string }> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof TemporaryError || error instanceof PermanentError)) throw error;
    return { state: 'failed', reason: messageOf(error) };
  }
}

async function askAddress(url: string, fetching: CaptionsFetching): Promise<TranscriptAnswer> {
  const answer = await guardedFetch(url, { ...fetching, answers: [403, 404, 410, 429], maxBytes: maxCaptionBytes });
  if (answer.notModified) return { state: 'failed', reason: `${url} answered 304 to an unconditional request` };
  const { status, body, headers } = answer;
  if (status === 404 || status === 410) return { state: 'none', reason: `${url} answered ${status}` };
  if (status !== 200) return { state: 'blocked', reason: `${url} answered ${status}` };
  const text = decodeText(body, headers['content-type']).trim();
  if (text === '') return { state: 'blocked', reason: `${url} answered without a body` };
  return spokenAnswer(await readForeign({ kind: 'captions', input: text }, fetching.stop), new URL(url).host);
}
