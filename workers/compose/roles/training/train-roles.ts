// Abstracts -> the weights of the sentence classifier, from cues and from what the first round was sure of; pure.
import { seededRandom } from '../../../../core/math/seeded-random.ts';
import { abstractFeatures, bucketCount, piecesOf } from '../sentence-features.ts';
import { roles, softmax, type RoleWeights } from '../sentence-roles.ts';
import { cueRoles } from './cue-roles.ts';

/** So many times each sentence is seen in a round. */
const passes = 3;
const rate = 0.15;
/** A cue is left out of a sentence this often, so that what stands around it is learned too. */
const dropped = 0.35;
/** The second round learns from sentences without a cue of which the first was so sure. */
const sure = 0.9;
const width = roles.length;

interface Example {
  buckets: readonly number[];
  role: number;
}

/** Trained on the sentences of each abstract; the same abstracts give the same weights. */
export function trainRoles(abstracts: readonly (readonly string[])[]): RoleWeights {
  const read = abstracts.map((sentences) => ({
    cues: cueRoles(sentences).map((role) => (role === null ? -1 : roles.indexOf(role))),
    features: abstractFeatures(sentences.map(piecesOf)),
  }));
  const cued = read.flatMap(({ cues, features }) => cues.map((role, at) => ({ role, buckets: features[at]! })));
  const first = learn(balanced(cued.filter(({ role }) => role >= 0)));
  const guessed = cued.map(({ role, buckets }) => {
    if (role >= 0) return { role, buckets };
    const shares = softmax(scores(first, buckets));
    const best = Math.max(...shares);
    return { role: best >= sure ? shares.indexOf(best) : -1, buckets };
  });
  return rounded(learn(balanced(guessed.filter(({ role }) => role >= 0))));
}

/** At most twice as many of a role as there are of the mean one: a role is no likelier for having plain cues. */
function balanced(examples: readonly Example[]): Example[] {
  const most = (2 * examples.length) / width;
  const seen = Array.from({ length: width }, () => 0);
  return shuffled(examples, 1).filter(({ role }) => ++seen[role]! <= most);
}

function shuffled<T>(values: readonly T[], seed: number): T[] {
  const random = seededRandom(seed);
  return values.map((value) => ({ value, at: random() })).toSorted((a, b) => a.at - b.at).map(({ value }) => value); // prettier-ignore
}

function scores(weights: Float64Array, buckets: readonly number[]): number[] {
  const sums = Array.from({ length: width }, () => 0);
  for (const bucket of buckets) for (let role = 0; role < width; role++) sums[role]! += weights[bucket * width + role]!;
  return sums;
}

/** Adagrad (Duchi, Hazan, Singer 2011) on the log loss, features dropped at random. */
function learn(examples: readonly Example[]): Float64Array {
  const weights = new Float64Array(bucketCount * width);
  const squares = new Float64Array(bucketCount * width).fill(1e-3);
  const random = seededRandom(7);
  for (let pass = 0; pass < passes; pass++) {
    for (const { buckets, role } of shuffled(examples, pass)) {
      const kept = buckets.filter(() => random() >= dropped);
      const shares = softmax(scores(weights, kept));
      for (let other = 0; other < width; other++) {
        const gradient = shares[other]! - (other === role ? 1 : 0);
        for (const bucket of kept) {
          const at = bucket * width + other;
          squares[at]! += gradient * gradient;
          weights[at]! -= (rate * gradient) / Math.sqrt(squares[at]!);
        }
      }
    }
  }
  return weights;
}

function rounded(weights: Float64Array): RoleWeights {
  const most = weights.reduce((max, weight) => Math.max(max, Math.abs(weight)), 0);
  const scale = Math.fround(most / 127 || 1);
  return { scale, weights: Int8Array.from(weights, (weight) => Math.round(weight / scale)) };
}
