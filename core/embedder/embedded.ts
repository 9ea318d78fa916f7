// items -> vectors without a download: the shipped word table beside hashed TF-IDF and, from a larger corpus, LSA; pure.
import { addScaled, normalise, scaleTo } from '../math/vectors.ts';
import type { Embedder } from './embedder.ts';
import type { Fit } from './fit.ts';
import { hashedDimension, createLexicon, type Lexicon } from './lexicon.ts';
import { countTokens } from '../text/tokens.ts';
import type { WordTable } from './word-table.ts';

/** Shares of the squared length of a vector; figures in table/README.md. */
const withoutLsa = { dense: Math.sqrt(0.7), hashed: Math.sqrt(0.3), lsa: 0 };
const withLsa = { dense: Math.sqrt(0.5), hashed: Math.sqrt(0.25), lsa: Math.sqrt(0.25) };

/** The embedder of one fit. Text without a single token still gets a vector of unit length. */
export function embeddedEmbedder(name: string, fit: Fit, table: WordTable): Embedder {
  const lexicon = createLexicon(fit, table);
  const shares = fit.rank > 0 ? withLsa : withoutLsa;
  const lsaAt = table.dimension + hashedDimension;
  const dimension = lsaAt + fit.rank;
  const embedOne = (text: string): Float32Array => {
    const found = countTokens(text);
    const counts = found.size > 0 ? found : new Map([[text, 1]]);
    const vector = new Float32Array(dimension);
    const dense = vector.subarray(0, table.dimension);
    addWords(dense, counts, lexicon);
    addScaled(normalise(dense), fit.mean, -1);
    scaleTo(dense, shares.dense);
    scaleTo(addHashed(vector.subarray(table.dimension, lsaAt), counts, lexicon), shares.hashed);
    scaleTo(addDirections(vector.subarray(lsaAt), counts, { lexicon, basis: fit.basis }), shares.lsa);
    if (!vector.some((value) => value !== 0)) vector[table.dimension + lexicon(text).bucket] = 1;
    return normalise(vector);
  };
  return {
    name,
    dimension,
    languages: "English; other languages by the words they share with this installation's items",
    embed: async (texts) => texts.map(embedOne),
  };
}

/** Adds each token's weighed vector, as often as it occurs. */
export function addWords(sum: Float32Array, counts: ReadonlyMap<string, number>, lexicon: Lexicon): Float32Array {
  for (const [token, count] of counts) addScaled(sum, lexicon(token).vector, count);
  return sum;
}

function addHashed(sum: Float32Array, counts: ReadonlyMap<string, number>, lexicon: Lexicon): Float32Array {
  for (const [token, count] of counts) {
    const { bucket, sign, weight } = lexicon(token);
    sum[bucket]! += sign * weight * (1 + Math.log(count));
  }
  return sum;
}

/** Projects the TF-IDF weights on the directions of LSA. */
function addDirections(
  sum: Float32Array,
  counts: ReadonlyMap<string, number>,
  { lexicon, basis }: { lexicon: Lexicon; basis: Float32Array },
): Float32Array {
  const rank = sum.length;
  if (rank === 0) return sum;
  for (const [token, count] of counts) {
    const { basisRow, weight } = lexicon(token);
    if (basisRow < 0 || weight === 0) continue;
    addScaled(sum, basis.subarray(basisRow * rank, (basisRow + 1) * rank), weight * (1 + Math.log(count)));
  }
  return sum;
}
