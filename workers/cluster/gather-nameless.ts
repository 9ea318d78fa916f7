// topics within broad ones, some of which nothing names -> those joined with the topic beside them, or left out; pure.
import { innerProduct, meanDirection } from '../../core/math/vectors.ts';
import { shareOut } from './name-topics.ts';
import { namesTaken, type NameCandidate, type TopicNamer } from './topic-name.ts';

/** How much of what its name is worth a topic keeps when others join it, at least: half again as many that say nothing of it cost more. */
const leastKept = 0.75;

/** The share of a topic's stories that are far from its mean. At .1 a week with a third of its feeds gone had .79 of its stories in topics, now .82. */
const farthestShare = 0.02;

interface Part {
  numbers: number[];
  /** The number of the broad topic it is part of. */
  broad: number;
  centroid: Float32Array;
}

interface Gathering {
  namer: TopicNamer;
  vectors: readonly Float32Array[];
  /** No topic grows beyond so many stories. */
  most: number;
}

type Named = Part & { names: NameCandidate[] };

/**
 * Topics that have a telling name of their own each. One without, the smallest first, becomes part of the nearest topic of its broad one that
 * keeps its name with it: two parts that would share a name are one. Where there is no such topic its stories are no topic: each joins
 * the one that it is near, or none.
 */
export function gatherNameless(nested: readonly (readonly (readonly number[])[])[], gathering: Gathering): Part[] {
  let topics = nested.flatMap((parts, broad) => parts.map((numbers) => partOf(numbers, broad, gathering)));
  for (;;) {
    const names = shareOut(topics.map((topic) => topic.names), namesTaken()); // prettier-ignore
    const nameless = topics.filter((_, at) => names[at] === undefined);
    const named = new Map(
      topics.flatMap((topic, at) => (names[at] === undefined ? [] : [[topic, names[at]] as const])),
    );
    const merged = nameless
      .toSorted((a, b) => a.numbers.length - b.numbers.length || a.numbers[0]! - b.numbers[0]!)
      .map((topic) => ({ topic, ...homeOf(topic, named, gathering) }))
      .find(({ home }) => home !== undefined);
    if (merged === undefined) return withNear(named, nameless.flatMap(({ numbers }) => numbers), gathering); // prettier-ignore
    topics = topics.flatMap((topic) =>
      topic === merged.home ? [merged.union!] : topic === merged.topic ? [] : [topic],
    );
  }
}

function partOf(numbers: readonly number[], broad: number, { namer, vectors }: Gathering): Named {
  const centroid = meanDirection(numbers.map((number) => vectors[number]!));
  const names = namer.candidates(numbers).filter(({ isTelling }) => isTelling);
  return { numbers: [...numbers], broad, centroid, names };
}

/** The nearest topic that has room, and what it is with these stories; none where its name would not tell them any more. */
function homeOf(
  topic: Named,
  named: ReadonlyMap<Named, string>,
  gathering: Gathering,
): { home?: Named; union?: Named } {
  const near = [...named.keys()]
    .filter(({ broad, numbers }) => broad === topic.broad && numbers.length + topic.numbers.length <= gathering.most)
    .map((home) => ({ home, likeness: innerProduct(home.centroid, topic.centroid) }))
    .toSorted((a, b) => b.likeness - a.likeness);
  for (const { home } of near) {
    const numbers = [...home.numbers, ...topic.numbers].toSorted((a, b) => a - b);
    const union = partOf(numbers, topic.broad, gathering);
    if (keepsName(home, union, named.get(home)!)) return { home, union };
  }
  return {};
}

/** Each story joins the topic with the nearest mean, if it is nearer to that than some of the stories that are in it and its name and size allow. */
function withNear(named: ReadonlyMap<Named, string>, stories: readonly number[], gathering: Gathering): Part[] {
  const { vectors, most } = gathering;
  const topics = [...named.keys()];
  const likenessTo = ({ centroid }: Part, story: number): number => innerProduct(centroid, vectors[story]!);
  const comers = new Map<Named, { story: number; likeness: number }[]>();
  for (const story of stories) {
    const near = topics.map((topic) => ({ topic, likeness: likenessTo(topic, story) })).toSorted((a, b) => b.likeness - a.likeness)[0]; // prettier-ignore
    if (near) comers.set(near.topic, [...(comers.get(near.topic) ?? []), { story, likeness: near.likeness }]);
  }
  return topics.map((topic) => {
    const own = topic.numbers.map((story) => likenessTo(topic, story)).toSorted((a, b) => a - b);
    const floor = own[Math.floor(own.length * farthestShare)]!;
    const near = (comers.get(topic) ?? []).filter(({ likeness }) => likeness >= floor).toSorted((a, b) => b.likeness - a.likeness); // prettier-ignore
    const joined = near.slice(0, Math.max(0, most - topic.numbers.length)).map(({ story }) => story);
    const union = partOf(
      [...topic.numbers, ...joined].toSorted((a, b) => a - b),
      topic.broad,
      gathering,
    );
    return keepsName(topic, union, named.get(topic)!) ? union : topic;
  });
}

/** Whether the name of a topic tells the stories that it has with others nearly as well. */
function keepsName(before: Named, after: Named, name: string): boolean {
  const worthOf = ({ names }: Named): number => names.find((one) => one.name === name)?.worth ?? 0;
  return worthOf(after) >= leastKept * worthOf(before);
}
