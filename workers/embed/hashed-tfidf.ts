// weighted terms -> a vector of fixed length by signed feature hashing (Weinberger et al. 2009); pure.
import { normalise } from './embedder.ts';

/** 512 buckets: a little better than 256 on short texts, and a week still fits into memory ten times over. */
export const hashedDimension = 512;

/** Adds every term to one bucket, with a sign of its own so that collisions cancel; unit length. */
export function hashTerms(weights: ReadonlyMap<string, number>): Float32Array {
  const vector = new Float32Array(hashedDimension);
  for (const [term, weight] of weights) {
    const hash = fnv1a(term);
    vector[hash % hashedDimension]! += hash & 0x8000_0000 ? -weight : weight;
  }
  return normalise(vector);
}

/** FNV-1a over UTF-16 units with a final mix, since its high bits alone are weak for short words. */
function fnv1a(term: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < term.length; at++) hash = Math.imul(hash ^ term.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
