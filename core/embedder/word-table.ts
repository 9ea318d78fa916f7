// the shipped table of vectors <-> its bytes: words, then hashed n-grams, int8 with a scale per row; pure.
import { createHash } from 'node:crypto';

/** `rows` has a row for each word, then one for each bucket of n-grams; a vector is its scale times its row. */
export interface WordTable {
  words: string[];
  buckets: number;
  dimension: number;
  scales: Float32Array;
  rows: Int8Array;
  /** Tells two tables apart: the first 8 hexadecimal digits of the SHA-256 of its bytes. */
  digest: string;
}

/** "CWT1" read as a little-endian number. */
const magic = 0x31545743;
const headerBytes = 20;

/** Header (magic, words, buckets, dimension, bytes of the words), scales, rows, words joined by line feeds; little-endian. */
export function serialiseTable({ words, buckets, dimension, scales, rows }: Omit<WordTable, 'digest'>): Buffer {
  const spelled = Buffer.from(words.join('\n'));
  const header = Buffer.alloc(headerBytes);
  [magic, words.length, buckets, dimension, spelled.length].forEach((value, at) => header.writeUInt32LE(value, at * 4));
  return Buffer.concat([header, bytesOf(scales), bytesOf(rows), spelled]);
}

/** The table as views on the bytes, which must start at a multiple of four, as a file that was read does; throws RangeError on other bytes. */
export function readTable(bytes: Uint8Array): WordTable {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : Uint8Array.from(bytes);
  const header = new DataView(aligned.buffer, aligned.byteOffset, headerBytes);
  const [found, count, buckets, dimension, spelled] = [0, 4, 8, 12, 16].map((at) => header.getUint32(at, true)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const height = count + buckets;
  const wordsAt = headerBytes + height * (4 + dimension);
  if (found !== magic || aligned.length !== wordsAt + spelled) throw new RangeError('not a table of word vectors');
  return {
    words: Buffer.from(aligned.buffer, aligned.byteOffset + wordsAt, spelled)
      .toString('utf8')
      .split('\n'),
    buckets,
    dimension,
    scales: new Float32Array(aligned.buffer, aligned.byteOffset + headerBytes, height),
    rows: new Int8Array(aligned.buffer, aligned.byteOffset + headerBytes + height * 4, height * dimension),
    digest: createHash('sha256').update(aligned).digest('hex').slice(0, 8),
  };
}

/** Rounds float vectors (row-major) to int8, each row by its own scale: its largest entry becomes 127. */
export function quantise(vectors: Float32Array, dimension: number): Pick<WordTable, 'scales' | 'rows'> {
  const height = vectors.length / dimension;
  const scales = new Float32Array(height);
  const rows = new Int8Array(vectors.length);
  for (let row = 0; row < height; row++) {
    const vector = vectors.subarray(row * dimension, (row + 1) * dimension);
    const scale = vector.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) / 127;
    scales[row] = scale;
    if (scale > 0) vector.forEach((value, at) => (rows[row * dimension + at] = Math.round(value / scale)));
  }
  return { scales, rows };
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array | Int8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
