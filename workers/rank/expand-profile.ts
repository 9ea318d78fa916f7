// Facets + model -> what readers alike add to a profile: the neighbours of what somebody liked, and the reader's factors.
import type { OpenModel } from './model/rank-model.ts';
import type { Known } from './model/implicit-als.ts';
import type { Facet } from './profile.ts';
import { tokenize } from './tokenize.ts';

/** A story that the readers of this reader's stories also read. */
interface Neighbour {
  storyId: number;
  weight: number;
  /** How many readers it has in common with the liked story that lies nearest. */
  readers: number;
}

export interface Expansion {
  /** The strongest first. */
  neighbours: Neighbour[];
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
  const known: Known[] = [];
  for (const facet of facets) {
    const seeds = seedsOf(facet, open);
    // A story of this week: nobody else had read it when the model was trained, so its words speak for it.
    if (seeds.length === 0 && facet.factors) known.push({ factors: facet.factors, weight: facet.weight });
    for (const { place, weight } of seeds) known.push({ factors: open.factorsAt(place), weight });
  }
  const factors = known.length > 0 ? open.fold(known) : undefined;
  return { neighbours: neighboursOf(facets, open), factors, trust: trustIn(open.model.readers) };
}

/** The stories whose texts `expandProfile` will ask for. */
export function neighbourIds(facets: readonly Facet[], open: OpenModel): number[] {
  return neighboursOf(facets, open).map(({ storyId }) => storyId);
}

function neighboursOf(facets: readonly Facet[], open: OpenModel): Neighbour[] {
  const found = new Map<number, Neighbour>();
  for (const facet of facets)
    for (const { place, weight } of seedsOf(facet, open))
      if (weight > 0) addNeighbours(found, { open, place, weight, includeSelf: facet.storyId === null });
  const liked = new Set(facets.map(({ storyId }) => storyId));
  return [...found.values()]
    .filter(({ storyId }) => !liked.has(storyId))
    .toSorted((left, right) => right.weight - left.weight || left.storyId - right.storyId)
    .slice(0, mostNeighbours);
}

/** Trained stories that stand for a facet: the story itself, or those the words of an interest bring to mind. */
function seedsOf({ storyId, weight, label }: Facet, open: OpenModel): { place: number; weight: number }[] {
  if (storyId !== null) {
    const place = open.placeOf(storyId);
    return place === undefined ? [] : [{ place, weight }];
  }
  const recalled = open.recall(tokenize(label), recalledStories);
  const total = recalled.reduce((sum, { cosine }) => sum + cosine, 0);
  return recalled.map(({ place, cosine }) => ({ place, weight: (weight * recallWeight * cosine) / total }));
}

/** How many likes an interest is worth to the factors. */
const recallWeight = 3;

function addNeighbours(
  found: Map<number, Neighbour>,
  { open, place, weight, includeSelf }: { open: OpenModel; place: number; weight: number; includeSelf: boolean },
): void {
  const { neighbours, storyIds } = open.model;
  const add = (storyId: number, more: number, readers: number): void => {
    const known = found.get(storyId) ?? { storyId, weight: 0, readers: 0 };
    found.set(storyId, { storyId, weight: known.weight + more, readers: Math.max(known.readers, readers) });
  };
  if (includeSelf) add(storyIds[place]!, weight, 0);
  for (let at = neighbours.starts[place]!; at < neighbours.starts[place + 1]!; at++)
    add(storyIds[neighbours.stories[at]!]!, weight * neighbours.weights[at]!, neighbours.readers[at]!);
}

function ramp(value: number, from: number, to: number): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}
