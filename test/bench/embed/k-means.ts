// Labelled vectors -> how well k-means with the true k finds the labels: normalised mutual information, as papers on short texts report it.
import { seededRandom } from '../../../core/math/seeded-random.ts';
import { addScaled, normalise } from '../../../core/math/vectors.ts';
import { agreementOf } from '../agreement.ts';
import { innerProduct } from '../../../core/math/vectors.ts';

const restarts = 3;
const rounds = 12;

/** NMI (mean of the entropies) of the tightest of three seeded runs of spherical k-means (Dhillon, Modha 2001). */
export function nmiOfKMeans(vectors: readonly Float32Array[], topics: readonly string[]): number {
  const random = seededRandom(7);
  const k = new Set(topics).size;
  const runs = Array.from({ length: restarts }, () => kMeans(vectors, k, random));
  const best = runs.reduce((top, run) => (run.tightness > top.tightness ? run : top));
  return agreementOf(topics, best.clusters.map(String)).v;
}

function kMeans(vectors: readonly Float32Array[], k: number, random: () => number) {
  let middles = startFarApart(vectors, k, random);
  let clusters: number[] = [];
  let tightness = 0;
  for (let round = 0; round < rounds; round++) {
    tightness = 0;
    clusters = vectors.map((vector) => {
      const likeness = middles.map((middle) => innerProduct(vector, middle));
      const most = Math.max(...likeness);
      tightness += most;
      return likeness.indexOf(most);
    });
    const sums = middles.map((middle) => new Float32Array(middle.length));
    vectors.forEach((vector, item) => addScaled(sums[clusters[item]!]!, vector, 1));
    middles = sums.map(normalise);
  }
  return { clusters, tightness };
}

/** k-means++ (Arthur, Vassilvitskii 2007): each start is drawn by how far it is from those before. */
function startFarApart(vectors: readonly Float32Array[], k: number, random: () => number): Float32Array[] {
  const starts = [vectors[Math.floor(random() * vectors.length)]!];
  const distances = vectors.map((vector) => Math.max(0, 1 - innerProduct(vector, starts[0]!)));
  while (starts.length < k) {
    let left = random() * distances.reduce((sum, distance) => sum + distance, 0);
    const drawn = distances.findIndex((distance) => (left -= distance) <= 0);
    const start = vectors[Math.max(0, drawn)]!;
    starts.push(start);
    vectors.forEach(
      (vector, at) => (distances[at] = Math.min(distances[at]!, Math.max(0, 1 - innerProduct(vector, start)))),
    );
  }
  return starts;
}
