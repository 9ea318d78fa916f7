// Facets + model -> what readers alike add to a profile: the neighbours of what somebody liked, and the reader's factors.
import { boundedCache } from './bounded-cache.ts';
import type { OpenModel } from './model/rank-model.ts';
import type { KnownFactors } from './model/implicit-als.ts';
import type { Facet } from './profile.ts';
import { addAt, clear, topKWithTies, createSparseSum, type SparseSum } from './sparse-sum.ts';
import { tokenize } from '../../core/text/stemmed-terms.ts';

/** Stories that the readers of this reader's stories also read, the strongest first. */
interface NearStories {
  storyIds: Int32Array;
  weights: Float64Array;
  /** How many readers each has in common with the liked story that lies nearest. */
  readers: Int32Array;
}

export interface Expansion {
  neighbours: NearStories;
  /** Undefined without anything the model could place. */
  factors: Float32Array | undefined;
  /** How much each of the two may count, 0 to 1, by how many readers the model has seen. */
  trust: { neighbours: number; factors: number };
}

/** Beyond these a neighbour of a neighbour adds noise; 100 gave .355 recall@50 where 30 gave .334. */
const mostNeighbours = 100;
/** The stories an interest brings to mind stand in for likes, all together for one. */
const recalledStories = 20;

/** Co-readership pays from some hundred readers on, factors from 400 to 2,000. */
export function trustIn(readers: number): Expansion['trust'] {
  return { neighbours: ramp(readers, 100, 400), factors: ramp(readers, 400, 2_000) };
}

/** What the model knows about readers who want these things. */
export function expandProfile(facets: readonly Facet[], open: OpenModel): Expansion {
  const seeds = facets.map((facet) => seedsOf(facet, open));
  const known: KnownFactors[] = [];
  facets.forEach((facet, at) => {
    // An interest, or a story of this week that nobody had read when the model was trained: its words speak for it.
    if (facet.kind === 'interest')
      known.push({ factors: recall(facet, open).factors, weight: facet.weight * recallWeight });
    else if (seeds[at]!.length === 0 && facet.factors) known.push({ factors: facet.factors, weight: facet.weight });
    for (const { index, weight } of seeds[at]!) known.push({ factors: open.factorsAt(index), weight });
  });
  const factors = known.length > 0 ? open.fold(known) : undefined;
  return { neighbours: neighboursOf(facets, seeds, open), factors, trust: trustIn(open.model.readers) };
}

/** A trained story that stands for a facet. */
interface Seed {
  index: number;
  weight: number;
}

/** Sums over the stories of each model, empty between readers; `readers` holds what only counts where a sum is held. */
const sheets = new WeakMap<OpenModel, { sum: SparseSum; readers: Int32Array }>();

function neighboursOf(facets: readonly Facet[], seeds: readonly (readonly Seed[])[], open: OpenModel): NearStories {
  const { neighbours, storyIds } = open.model;
  const sheet = sheets.get(open) ?? { sum: createSparseSum(storyIds.length), readers: new Int32Array(storyIds.length) };
  sheets.set(open, sheet);
  const { sum, readers } = sheet;
  const { starts, stories, weights, readers: common } = neighbours;
  for (let facet = 0; facet < facets.length; facet++)
    for (const { index: seed, weight } of seeds[facet]!) {
      if (weight <= 0) continue;
      if (facets[facet]!.storyId === null) {
        if (sum.isHeld[seed] === 0) readers[seed] = 0;
        addAt(sum, seed, weight);
      }
      for (let at = starts[seed]!, end = starts[seed + 1]!; at < end; at++) {
        const index = stories[at]!;
        if (sum.isHeld[index] === 0 || readers[index]! < common[at]!) readers[index] = common[at]!;
        addAt(sum, index, weight * weights[at]!);
      }
    }
  const liked = new Set(facets.map(({ storyId }) => storyId));
  const near = topKWithTies(sum, mostNeighbours + liked.size)
    .filter((index) => !liked.has(storyIds[index]!))
    .toSorted((left, right) => sum.sums[right]! - sum.sums[left]! || storyIds[left]! - storyIds[right]!)
    .slice(0, mostNeighbours);
  const found = {
    storyIds: new Int32Array(near.map((index) => storyIds[index]!)),
    weights: new Float64Array(near.map((index) => sum.sums[index]!)),
    readers: new Int32Array(near.map((index) => readers[index]!)),
  };
  clear(sum);
  return found;
}

/** The story itself, or those the words of an interest bring to mind. */
function seedsOf(facet: Facet, open: OpenModel): Seed[] {
  const { kind, storyId, weight } = facet;
  if (kind !== 'interest') {
    // A work that was brought along is no story of the model.
    const index = storyId === null ? undefined : open.indexOf(storyId);
    return index === undefined ? [] : [{ index, weight }];
  }
  const { indices, shares } = recall(facet, open);
  return Array.from(indices, (index, at) => ({ index, weight: weight * recallWeight * shares[at]! }));
}

/** Trained stories that hold the words of an interest, by which share of it each, and the factors that its own words predict. */
interface Recalled {
  indices: Int32Array;
  shares: Float32Array;
  factors: Float32Array;
}

/** What interests bring to mind, since many readers share them, at 1 KB each. */
const memories = new WeakMap<OpenModel, ReturnType<typeof boundedCache<Recalled>>>();
const mostRemembered = 50_000;

function recall({ label, vector }: Facet, open: OpenModel): Recalled {
  const remembered = memories.get(open) ?? boundedCache<Recalled>(mostRemembered);
  memories.set(open, remembered);
  return remembered(label, () => {
    const terms = tokenize(label);
    const stories = open.recall(terms, recalledStories);
    const total = stories.reduce((sum, { cosine }) => sum + cosine, 0);
    return {
      indices: Int32Array.from(stories, ({ index }) => index),
      shares: Float32Array.from(stories, ({ cosine }) => cosine / total),
      factors: open.predict(terms, vector),
    };
  });
}

/** How many likes an interest is worth to the factors. */
const recallWeight = 3;

function ramp(value: number, from: number, to: number): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}
