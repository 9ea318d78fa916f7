// What somebody else wrote -> what it says, as a thread reads it; classes of errors are sent as words.
import { PermanentError, TemporaryError } from '../../core/errors.ts';
import { parseArxivRecords } from './arxiv/arxiv-oai.ts';
import { parseCaptions } from './talks/captions.ts';
import type { Cue } from './talks/cue.ts';
import { decodeText } from './clean/decode.ts';
import { findFeedLink } from './pages/find-feed-link.ts';
import { readCrossrefWork } from './papers/crossref.ts';
import { mayRead } from './politeness/robots-rules.ts';
import { readNewsletter } from './read-newsletter.ts';
import { readTranscript } from './talks/read-transcript.ts';
import { readYoutube } from './talks/read-youtube.ts';
import { segmentCues } from './talks/segment-cues.ts';

interface ForeignBody {
  body: Uint8Array;
  contentType: string | undefined;
}

const readers = {
  /** The address of the feed that a page names. */
  feedLink: ({ body, contentType, url }: ForeignBody & { url: string }) =>
    findFeedLink(decodeText(body, contentType), url),
  arxivRecords: ({ body, contentType, newSince }: ForeignBody & { newSince: Date }) =>
    parseArxivRecords(decodeText(body, contentType), { newSince }),
  crossrefWork: readCrossrefWork,
  captions: parseCaptions,
  transcript: readTranscript,
  segments: ({ cues, vectors }: { cues: Cue[]; vectors?: Float32Array[] }) => segmentCues(cues, vectors),
  newsletter: readNewsletter,
  robots: mayRead,
  youtube: readYoutube,
};

export type ForeignKind = keyof typeof readers;
export interface ForeignText<Kind extends ForeignKind> {
  kind: Kind;
  input: Parameters<(typeof readers)[Kind]>[0];
}
export type ReadAs<Kind extends ForeignKind> = Awaited<ReturnType<(typeof readers)[Kind]>>;

/** A refusal is a value, since its class does not come through. */
export interface Refusal {
  refused: string;
  isTemporary: boolean;
}

/** Reads one text. */
export async function readForeignText<Kind extends ForeignKind>({
  kind,
  input,
}: ForeignText<Kind>): Promise<{ read: ReadAs<Kind> } | Refusal> {
  const read = readers[kind] as (input: ForeignText<Kind>['input']) => ReadAs<Kind> | Promise<ReadAs<Kind>>;
  try {
    return { read: await read(input) };
  } catch (error) {
    const isTemporary = error instanceof TemporaryError;
    if (!isTemporary && !(error instanceof PermanentError)) throw error;
    return { refused: error.message, isTemporary };
  }
}
