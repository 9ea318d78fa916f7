// Outcomes of earlier explorations -> the one story a reader is shown to learn from: Thompson sampling over sections.
import type { ExplorationOutcome } from '../../core/store/explorations.ts';
import { gaussian, seededRandom } from '../../core/math/seeded-random.ts';

export interface Exploration {
  /** With the reader's number it seeds the draw, so that ranking again explores the same. */
  issueNumber: number;
  sectionOf: (storyId: number) => string | undefined;
  outcomes: readonly ExplorationOutcome[];
}

/** Before a section was tried: one signal in ten, as sure as ten trials make it. */
const prior = { answered: 1, ignored: 9 };

/**
 * Chooses among `storyIds` (those that did not make it into the letter, best first): each section draws from the Beta
 * posterior of its signals, and the best story of the section with the highest draw is taken. A section that had signals
 * is explored more, one that was ignored less, and none never. Source: Chapelle & Li, NeurIPS 2011.
 */
export function chooseExploration(
  storyIds: readonly number[],
  readerId: number,
  { issueNumber, sectionOf, outcomes }: Exploration,
): number | undefined {
  const random = seededRandom(Math.imul(readerId, 0x9e37_79b1) ^ issueNumber);
  const first = new Map<string, number>();
  for (const storyId of storyIds) {
    const section = sectionOf(storyId);
    if (section !== undefined && !first.has(section)) first.set(section, storyId);
  }
  let [most, chosen] = [-Infinity, undefined as number | undefined];
  // In the order of their names, so that the draws do not depend on the scores.
  for (const section of [...first.keys()].toSorted()) {
    const { shown, answered } = outcomes.find((outcome) => outcome.section === section) ?? { shown: 0, answered: 0 };
    const draw = drawBeta(prior.answered + answered, prior.ignored + shown - answered, random);
    if (draw > most) [most, chosen] = [draw, first.get(section)];
  }
  return chosen;
}

/** A draw from Beta(a, b), a and b at least 1, by two gamma draws. */
export function drawBeta(a: number, b: number, random: () => number): number {
  const [left, right] = [drawGamma(a, random), drawGamma(b, random)];
  return left / (left + right);
}

/** A draw from Gamma(shape, 1), shape at least 1. Source: Marsaglia & Tsang, ACM TOMS 2000. */
function drawGamma(shape: number, random: () => number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const normal = gaussian(random);
    const cube = (1 + c * normal) ** 3;
    if (cube > 0 && Math.log(1 - random()) < 0.5 * normal ** 2 + d - d * cube + d * Math.log(cube)) return d * cube;
  }
}
