// a fit <-> the bytes it is stored as, so that every process embeds with the same one; pure.
import { createHash } from 'node:crypto';
import type { Fit } from './fit.ts';

/** Raised when terms, weights or hashing change: fits of another format are made anew. */
const format = 1;

/** A header in JSON with its length before it, then the basis as float32 little-endian. */
export function serialiseFit({ basis, ...rest }: Fit): Buffer {
  const header = Buffer.from(JSON.stringify({ format, ...rest }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  return Buffer.concat([length, header, Buffer.from(basis.buffer, basis.byteOffset, basis.byteLength)]);
}

/** The fit that was stored, or undefined when it is of another format. */
export function deserialiseFit(state: Uint8Array): Fit | undefined {
  const bytes = Buffer.from(state);
  const end = 4 + bytes.readUInt32LE(0);
  const { format: found, ...rest } = JSON.parse(bytes.toString('utf8', 4, end)) as Omit<Fit, 'basis'> & {
    format: number;
  };
  // Copied, since a float32 view must start at a multiple of four.
  const basis = new Float32Array(Uint8Array.from(bytes.subarray(end)).buffer);
  return found === format ? { ...rest, basis } : undefined;
}

/** The model name of a fit: named by its content, vectors of two fits can never be taken for one another. */
export function nameFit(state: Uint8Array): string {
  return `embedded/${createHash('sha256').update(state).digest('hex').slice(0, 8)}`;
}
