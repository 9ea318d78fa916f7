// The cues of a talk -> its segments, cut where the embedder in use hears another subject.
import { messageOf, PermanentError, TemporaryError } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import type { Segment } from '../../../core/store/items.ts';
import { openEmbedder } from '../../../core/embedder/open-embedder.ts';
import type { Cue } from './cue.ts';
import { readForeign } from '../read-foreign.ts';
import { unitTexts } from './segment-cues.ts';

/** An hour of speech has some 450 stretches: 30 ms for the embedded embedder, so pages are answered in between. */
const batchSize = 200;

/** Cuts a talk; by its words alone while no embedder can be had, since a transcript is worth more than where it is cut. */
export async function segmentTalk(house: Pick<House, 'config' | 'db' | 'log'>, cues: Cue[]): Promise<Segment[]> {
  const cut = (vectors?: Float32Array[]) =>
    readForeign({ kind: 'segments', input: { cues, ...(vectors ? { vectors } : {}) } }, undefined);
  try {
    return await cut(await embedUnits(house, unitTexts(cues)));
  } catch (error) {
    if (!(error instanceof TemporaryError || error instanceof PermanentError)) throw error;
    house.log.warn({ event: 'talk.cut_by_words', message: messageOf(error) });
    return cut();
  }
}

async function embedUnits(house: Pick<House, 'config' | 'db'>, texts: string[]): Promise<Float32Array[]> {
  const embedder = await openEmbedder(house);
  const vectors: Float32Array[] = [];
  for (let at = 0; at < texts.length; at += batchSize) {
    vectors.push(...(await embedder.embed(texts.slice(at, at + batchSize))));
    await new Promise(setImmediate);
  }
  return vectors;
}
