// "This or that?" answered -> what a reader would rather read and what rather not, as facets of their profile; pure.
import { ageShare } from '../../core/signal-weight.ts';
import type { PairChoice } from '../../core/store/pairs.ts';
import { fitBradleyTerry, oppositeProbability, differenceInWorth } from './bradley-terry.ts';
import { choleskyFactor } from './model/cholesky.ts';

/** What is needed of a story: where it lies; undefined before it was embedded. */
interface Placed {
  vector: Float32Array | undefined;
}

/** A story of an answered pair, and how much it counts: above 0 the chosen one, below 0 the other. */
interface WeighedAnswer<Story> {
  storyId: number;
  story: Story;
  weight: number;
}

/** One answer alone, where nothing was foreseen, counts about .35 for the one story and against the other: as much as a click. */
const ridge = 1;
/** Two answers between the same stories leave nothing of the second: the factor needs a little more than that. */
const least = 1e-6;

/**
 * The weights with which both stories of each answer enter the profile: Bradley-Terry on the directions in which the chosen stories lie from
 * the others, beside what the ranker knew without them. At its optimum the weights of vectors are the sum of those directions, each times the
 * oppositeProbability that is left of its answer over the ridge (the representer theorem, Kimeldorf & Wahba 1971): what was foreseen teaches little, what
 * contradicts much, and answers that say the same share it. Stories that are gone, or not embedded, have no direction.
 */
export function weighAnswers<Story extends Placed>(
  answers: readonly PairChoice[],
  { storyOf, now }: { storyOf: (storyId: number) => Story | undefined; now: Date },
): WeighedAnswer<Story>[] {
  const known = answers.flatMap((answer) => {
    const [chosen, other] = [storyOf(answer.chosenId), storyOf(answer.otherId)];
    return chosen && other ? [{ ...answer, chosen, other }] : [];
  });
  if (known.length === 0) return [];
  const rows = inOwnSpace(known.map(({ chosen, other }) => directionOf(chosen, other)));
  const weights = fitBradleyTerry(rows, { size: known.length, ridge: ridge / known.length, offsets: known.map(({ alone }) => alone) }); // prettier-ignore
  return known.flatMap(({ chosenId, otherId, chosen, other, alone, at }, one) => {
    const weight = (oppositeProbability(alone + differenceInWorth(rows[one]!, weights)) / ridge) * ageShare(at, now);
    return [
      { storyId: chosenId, story: chosen, weight },
      { storyId: otherId, story: other, weight: -weight },
    ];
  });
}

function directionOf(chosen: Placed, other: Placed): Float64Array {
  if (!chosen.vector || chosen.vector.length !== other.vector?.length) return new Float64Array();
  return Float64Array.from(chosen.vector, (value, at) => value - other.vector![at]!);
}

/**
 * The same directions in coordinates of the space they span, from the Cholesky factor of their inner products: a dozen numbers instead of
 * some hundred, and the same weights.
 */
function inOwnSpace(directions: readonly Float64Array[]) {
  const size = directions.length;
  const factor = new Float64Array(size * size);
  for (let row = 0; row < size; row++)
    for (let column = 0; column <= row; column++)
      factor[row * size + column] = product(directions[row]!, directions[column]!) + (row === column ? least : 0);
  choleskyFactor(factor, size);
  return directions.map((_, row) => ({
    at: Array.from({ length: row + 1 }, (_one, place) => place),
    by: factor.subarray(row * size, row * size + row + 1),
  }));
}

function product(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < Math.min(left.length, right.length); at++) sum += left[at]! * right[at]!;
  return sum;
}
