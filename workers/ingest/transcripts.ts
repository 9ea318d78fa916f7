// A video -> its transcript, from the first provider that has it; every way it can fail is a value.
import { messageOf, PermanentError, TemporaryError } from '../../core/errors.ts';
import { guardedFetch } from '../../core/http.ts';
import { parseCaptions } from './captions.ts';
import { decodeText } from './decode.ts';
import { spokenAnswer, type CaptionsFetching, type TranscriptAnswer } from './transcript-answer.ts';
import { askYoutube } from './youtube-captions.ts';
import { askYtDlp } from './yt-dlp.ts';

export interface TranscriptRequest {
  videoId: string;
  /** What a curator gave: nobody else is asked then. */
  captions: string | null;
  /** With `{id}` for the video. Whoever gives one knows where the captions are: YouTube is not asked then. */
  captionsUrl: string | undefined;
  /** Name or path of yt-dlp, which is asked where YouTube itself gave nothing. */
  ytDlp: string;
  fetching: CaptionsFetching;
}

/** Gets a transcript. An answer without a body means blocked, never that there are no captions. */
export async function fetchTranscript(request: TranscriptRequest): Promise<TranscriptAnswer> {
  const { videoId, captions, captionsUrl, fetching } = request;
  if (captions !== null) return asAnswer(async () => spokenAnswer(parseCaptions(captions), 'a curator'));
  if (captionsUrl !== undefined) {
    const url = captionsUrl.replaceAll('{id}', encodeURIComponent(videoId));
    return asAnswer(() => askAddress(url, fetching));
  }
  const first = await asAnswer(() => askYoutube(videoId, fetching));
  if (first.state === 'ok' || first.state === 'none') return first;
  const second = await asAnswer(() => askYtDlp(videoId, { program: request.ytDlp, stop: fetching.stop }));
  // Of two failures the block is what matters: it says to leave the host alone.
  return second === undefined || (second.state === 'failed' && first.state === 'blocked') ? first : second;
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
  const answer = await guardedFetch(url, { ...fetching, answers: [403, 404, 410, 429] });
  if (answer.notModified) return { state: 'failed', reason: `${url} answered 304 to an unconditional request` };
  const { status, body, headers } = answer;
  if (status === 404 || status === 410) return { state: 'none', reason: `${url} answered ${status}` };
  if (status !== 200) return { state: 'blocked', reason: `${url} answered ${status}` };
  const text = decodeText(body, headers['content-type']).trim();
  if (text === '') return { state: 'blocked', reason: `${url} answered without a body` };
  return spokenAnswer(parseCaptions(text), new URL(url).host);
}
