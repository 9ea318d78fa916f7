// topics and the names they may have -> one name each, no two alike; pure.
import type { Topic } from '../../core/store/topics.ts';
import { namesTaken, type NameCandidate, type TopicNamer } from './topic-name.ts';

interface Naming {
  topics: readonly { numbers: readonly number[] }[];
  /** The topic that each continues. */
  standing: readonly (Topic | undefined)[];
  /** Whether readers know it by its name: a week that is still coming in names its new topics anew at each search. */
  isKnown: (topic: Topic) => boolean;
}

/**
 * A known name stays while each of its words is in enough of the stories, and for good when a curator gave it. One that fits no more makes
 * room for one that shares a word with it; where there is none, this is another topic. '' where nothing names it.
 */
export function nameTopics(
  namer: TopicNamer,
  { topics, standing, isKnown }: Naming,
): { id: number | null; name: string }[] {
  const names = namesTaken();
  const isBound = topics.map((_, at) => standing[at] !== undefined && isKnown(standing[at]));
  const kept = topics.map(({ numbers }, at) => {
    const stood = standing[at];
    if (!stood || !isBound[at] || !(stood.namedBy !== null || namer.fits(stood.name, numbers))) return undefined;
    names.take(stood.name);
    return stood.name;
  });
  const akin = shareOut(
    topics.map(({ numbers }, at) =>
      isBound[at] && kept[at] === undefined ? namer.candidates(numbers, standing[at]!.name) : [],
    ),
    names,
  );
  const left = topics.map(({ numbers }, at) => ((kept[at] ?? akin[at]) ? [] : namer.candidates(numbers)));
  const chosen = shareOut(left.map((list) => list.filter(({ isTelling }) => isTelling)), names); // prettier-ignore
  // What tells little is better than no name where the telling ones are others'.
  const rest = shareOut(left.map((list, at) => (chosen[at] || !list.some(({ isTelling }) => isTelling) ? [] : list)), names); // prettier-ignore
  return topics.map((_, at) => {
    const known = kept[at] ?? akin[at];
    const goesOn = standing[at] !== undefined && (known !== undefined || !isBound[at]);
    return { id: goesOn ? standing[at]!.id : null, name: known ?? chosen[at] ?? rest[at] ?? '' };
  });
}

/**
 * How well topics can be named: the stories of each that gets a telling name of its own, times the root of what the name is worth, so that
 * two good names are better than a great one beside none.
 */
export function worthOfNames(namer: TopicNamer, topics: readonly (readonly number[])[]): number {
  const lists = topics.map((numbers) => namer.candidates(numbers).filter(({ isTelling }) => isTelling));
  const names = shareOut(lists, namesTaken());
  const worthAt = (at: number): number => lists[at]!.find(({ name }) => name === names[at])?.worth ?? 0;
  return topics.reduce((sum, { length }, at) => sum + length * Math.sqrt(worthAt(at)), 0);
}

/** One of each list or none, the best of all first: who is told best by a name has it. */
export function shareOut(
  lists: readonly (readonly NameCandidate[])[],
  { take, isFree }: ReturnType<typeof namesTaken>,
): (string | undefined)[] {
  const given: (string | undefined)[] = lists.map(() => undefined);
  const all = lists.flatMap((list, at) => list.map((one) => ({ ...one, at })));
  for (const { name, at } of all.toSorted((a, b) => b.worth - a.worth || a.at - b.at)) {
    if (given[at] !== undefined || !isFree(name)) continue;
    given[at] = name;
    take(name);
  }
  return given;
}
