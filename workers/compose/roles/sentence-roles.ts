// The sentences of an abstract -> what each does in it: background, aim, method, result or a note; pure.
import { readFileSync } from 'node:fs';
import { abstractFeatures, bucketCount, piecesOf } from './sentence-features.ts';

/** In the order of the weights. An aim says what the paper contributes; a note, where its code is. */
export const roles = ['background', 'aim', 'method', 'result', 'note'] as const;
export type Role = (typeof roles)[number];

/** How likely a sentence has each role; they sum to 1. */
export type RoleShares = Readonly<Record<Role, number>>;

/** One weight a bucket and role, row by row, as int8; times `scale`. */
export interface RoleWeights {
  scale: number;
  weights: Int8Array;
}

let shipped: RoleWeights | undefined;

/** The weights in weights.bin: a float32 scale, little-endian, then the rows. Its recipe and figures are in README.md. */
function openWeights(): RoleWeights {
  return (shipped ??= readWeights(readFileSync(new URL('weights.bin', import.meta.url))));
}

/** The bytes of `writeWeights`. Throws a RangeError on others. */
export function readWeights(bytes: Uint8Array): RoleWeights {
  if (bytes.length !== 4 + bucketCount * roles.length) {
    throw new RangeError(`the weights of sentence roles have ${bytes.length} bytes; take the file of this version`);
  }
  const scale = new DataView(bytes.buffer, bytes.byteOffset, 4).getFloat32(0, true);
  return { scale, weights: new Int8Array(bytes.buffer, bytes.byteOffset + 4, bytes.length - 4) };
}

export function writeWeights({ scale, weights }: RoleWeights): Uint8Array {
  const bytes = new Uint8Array(4 + weights.length);
  new DataView(bytes.buffer).setFloat32(0, scale, true);
  bytes.set(new Uint8Array(weights.buffer, weights.byteOffset, weights.length), 4);
  return bytes;
}

/** The roles of the sentences of one English abstract, in their order: multinomial logistic regression. */
export function sentenceRoles(sentences: readonly string[], weights: RoleWeights = openWeights()): RoleShares[] {
  return abstractFeatures(sentences.map(piecesOf)).map((buckets) => {
    const shares = softmax(roles.map((_, role) => scoreOf(buckets, role, weights)));
    return Object.fromEntries(roles.map((role, at) => [role, shares[at]!])) as Record<Role, number>;
  });
}

function scoreOf(buckets: readonly number[], role: number, { scale, weights }: RoleWeights): number {
  return scale * buckets.reduce((sum, bucket) => sum + weights[bucket * roles.length + role]!, 0);
}

/** Scores -> a distribution. */
export function softmax(scores: readonly number[]): number[] {
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
