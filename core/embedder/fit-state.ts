// a fit <-> the bytes it is stored as, so that every process embeds with the same one; pure.
import { createHash } from 'node:crypto';
import type { Fit } from './fit.ts';

/** Raised when tokens, weights or hashing change: fits of another format are made anew. */
const format = 2;

/** A header in JSON with its length before it, then mean, new words' vectors and basis as float32, little-endian. */
export function serialiseFit({ mean, newVectors, basis, ...rest }: Fit): Buffer {
  const lengths = [mean, newVectors, basis].map((numbers) => numbers.length);
  const header = Buffer.from(JSON.stringify({ format, lengths, ...rest }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  return Buffer.concat([length, header, ...[mean, newVectors, basis].map(bytesOf)]);
}

/** The fit that was stored, or undefined when it is of another format. */
export function deserialiseFit(state: Uint8Array): Fit | undefined {
  if (state.length < 4) return undefined;
  const bytes = Buffer.from(state);
  const end = 4 + bytes.readUInt32LE(0);
  const header = JSON.parse(bytes.toString('utf8', 4, end)) as {
    format: number;
    lengths: [number, number, number];
  } & Fit;
  const { format: found, lengths, ...rest } = header;
  if (found !== format) return undefined;
  // Copied, since a float32 view must start at a multiple of four.
  const numbers = new Float32Array(Uint8Array.from(bytes.subarray(end)).buffer);
  const [meanEnd, vectorsEnd] = [lengths[0], lengths[0] + lengths[1]];
  return {
    ...rest,
    mean: numbers.slice(0, meanEnd),
    newVectors: numbers.slice(meanEnd, vectorsEnd),
    basis: numbers.slice(vectorsEnd),
  };
}

/** The model name of a fit: named by its content, vectors of two fits can never be taken for one another. */
export function nameFit(state: Uint8Array): string {
  return `embedded/${createHash('sha256').update(state).digest('hex').slice(0, 8)}`;
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
