// A video or an episode -> its transcript, from the first provider that has it; every way it can fail is a value.
import { messageOf, PermanentError, TemporaryError } from '../../../core/errors.ts';
import { guardedFetch } from '../../../core/http.ts';
import { readRetryAfter } from '../../../core/network/retry-after.ts';
import type { TranscriptLink } from '../../../core/store/items.ts';
import { youtubeHost } from '../../../core/store/transcripts.ts';
import { readForeign } from '../read-foreign.ts';
import { maxCaptionBytes, spokenResult, type CaptionsFetching, type TranscriptResult } from './transcript-result.ts';
import { askYoutube } from './youtube-captions.ts';
import { askYtDlp } from './yt-dlp.ts';

export interface TranscriptRequest {
  videoId: string;
  /** What a curator gave: nobody else is asked then. */
  captions: string | null;
  /** What its feed offers, the best first: nobody else is asked where it offers some. */
  links?: TranscriptLink[] | null;
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

/** Of two results the one that says more counts: a block says to leave the host alone, a failure to try again. */
const weights = { none: 0, failed: 1, blocked: 2, upcoming: 3, ok: 4 } as const;

/** Asks one provider after the other. A response without a body means blocked, never that there are no captions. */
export async function fetchTranscript(request: TranscriptRequest): Promise<TranscriptResult> {
  const { captions, captionsUrl, captionsOnly, fetching } = request;
  if (captions !== null) {
    const read = () => readForeign({ kind: 'captions', input: captions }, fetching.stop);
    return asResult(async () => spokenResult(await read(), 'a curator'));
  }
  if (request.links) return askLinks(request.links, fetching);
  if (captionsUrl === undefined) return askYoutubeSomehow(request);
  const own = await askOwn(captionsUrl, request);
  if (own.state === 'ok' || captionsOnly || !/^[\w-]{11}$/.test(request.videoId)) return own;
  const theirs = await askYoutubeSomehow(request);
  return weights[own.state] >= weights[theirs.state] ? own : theirs;
}

async function askOwn(captionsUrl: string, { videoId, fetching }: TranscriptRequest): Promise<TranscriptResult> {
  const url = captionsUrl.replaceAll('{id}', encodeURIComponent(videoId));
  const result = await asResult(() => askAddress({ url, type: 'text/vtt' }, fetching));
  return { ...result, host: new URL(url).host };
}

/** The next one where the one before gave nothing; a host that blocked us, or does not answer, is asked for no other. */
async function askLinks(links: readonly TranscriptLink[], fetching: CaptionsFetching): Promise<TranscriptResult> {
  let best: TranscriptResult = { state: 'none', reason: 'the feed offers no transcript' };
  const left = new Set<string>();
  for (const link of links) {
    const { host } = new URL(link.url);
    if (left.has(host) || fetching.stop?.aborted) continue;
    const result = { ...(await asResult(() => askAddress(link, fetching))), host };
    if (result.state === 'ok') return result;
    if (result.state === 'blocked' || 'pauseMs' in result) left.add(host);
    if (best.host === undefined || weights[result.state] > weights[best.state]) best = result;
  }
  return best;
}

async function askYoutubeSomehow(request: TranscriptRequest): Promise<TranscriptResult> {
  const { videoId, language, fetching, ytDlp } = request;
  const host = youtubeHost;
  if (request.isYoutubePaused) return { state: 'failed', reason: `${host} is left alone for now`, host };
  const first = await asResult(() => askYoutube(videoId, { fetching, language }));
  if (first.state !== 'blocked' && first.state !== 'failed') return { ...first, host };
  const second = await asResult(() =>
    askYtDlp(videoId, { program: ytDlp, language, now: fetching.now, stop: fetching.stop }),
  );
  const hidesBlock = second?.state === 'failed' && first.state === 'blocked';
  return { ...(second === undefined || hidesBlock ? first : second), host };
}

async function asResult<Result>(
  ask: () => Promise<Result>,
): Promise<Result | { state: 'failed'; reason: string; pauseMs?: number }> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof TemporaryError || error instanceof PermanentError)) throw error;
    const pauseMs = error instanceof TemporaryError ? { pauseMs: error.retryAfterMs ?? 0 } : {};
    return { state: 'failed', reason: messageOf(error), ...pauseMs };
  }
}

async function askAddress(
  { url, type }: Pick<TranscriptLink, 'url' | 'type'>,
  fetching: CaptionsFetching,
): Promise<TranscriptResult> {
  const result = await guardedFetch(url, {
    ...fetching,
    expectedStatuses: [403, 404, 410, 429],
    maxBytes: maxCaptionBytes,
  });
  if (result.notModified) return { state: 'failed', reason: `${url} answered 304 to an unconditional request` };
  const { status, body, headers } = result;
  if (status === 404 || status === 410) return { state: 'none', reason: `${url} answered ${status}` };
  if (status !== 200) {
    const pauseMs = readRetryAfter(headers['retry-after'], fetching.now()) ?? 0;
    return { state: 'blocked', reason: `${url} answered ${status}`, pauseMs };
  }
  if (body.length === 0) return { state: 'blocked', reason: `${url} answered without a body` };
  const input = { body: new Uint8Array(body), contentType: headers['content-type'], type, url };
  return spokenResult(await readForeign({ kind: 'transcript', input }, fetching.stop), new URL(url).host);
}
