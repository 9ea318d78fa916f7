// What somebody else wrote -> what it says, as a thread reads it and tells it: classes of errors as words.
import { PermanentError } from '../../core/errors.ts';
import { parseCaptions } from './captions.ts';
import type { Cue } from './cue.ts';
import { parseDeadlines } from './deadlines.ts';
import { mayRead } from './robots-rules.ts';
import { readTranscript } from './read-transcript.ts';
import { readYoutube } from './read-youtube.ts';
import { segmentCues } from './segment-cues.ts';

const readers = {
  deadlines: parseDeadlines,
  captions: parseCaptions,
  transcript: readTranscript,
  segments: ({ cues, vectors }: { cues: Cue[]; vectors?: Float32Array[] }) => segmentCues(cues, vectors),
  robots: mayRead,
  youtube: readYoutube,
};

export type ForeignKind = keyof typeof readers;
export interface ForeignText<Kind extends ForeignKind> {
  kind: Kind;
  input: Parameters<(typeof readers)[Kind]>[0];
}
export type ReadAs<Kind extends ForeignKind> = Awaited<ReturnType<(typeof readers)[Kind]>>;

/** Reads one text; a refusal is a value, since its class does not come through. */
export async function readForeignText<Kind extends ForeignKind>({
  kind,
  input,
}: ForeignText<Kind>): Promise<{ read: ReadAs<Kind> } | { refused: string }> {
  const read = readers[kind] as (input: ForeignText<Kind>['input']) => ReadAs<Kind> | Promise<ReadAs<Kind>>;
  try {
    return { read: await read(input) };
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    return { refused: error.message };
  }
}
