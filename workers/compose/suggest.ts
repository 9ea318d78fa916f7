// the week's stories -> the suggestion: what every reader should see, and the order of the rest; pure.
import { newsworthinessOf } from '../../core/newsworthiness.ts';
import { seededRandom } from '../../core/math/seeded-random.ts';
import type { UncarriedStory } from '../../core/store/uncarried-stories.ts';

/** Everybody's picks; a curator changes them in a minute, forty would not be read. */
const pickCount = 4;
/** How many stories are put before the curator, picks among them; all others are the pool. */
export const candidateCount = 40;
/** A second pick on a topic needs to be this much better. */
const sameTopicCost = 0.8;
/** Where nothing but a title is known a curator has nothing to go by, and readers nothing to read: it needs twice the sources to stand where others do. */
const bareCost = 1;
/** "On The <dl> (2021)": lists of links say so where what they lead to is old. */
const yearOfOld = /\((?:19|20)\d\d\)$/;

export interface Suggestion {
  story: UncarriedStory;
  role: 'pick' | 'pool';
}

interface Weighed {
  story: UncarriedStory;
  worth: number;
  /** What it has in common with others of the week: its kind, its day, its topic, whether one list has it or several. */
  groups: string[];
}

/**
 * All stories by news value, what is old last: picks first, the lead before all, then what a curator `promoted` and the other candidates, spread as the week is, then the rest of the
 * pool. Equal worth: in an order that says nothing.
 */
export function suggestStories(
  stories: readonly UncarriedStory[],
  now: Date,
  promoted: ReadonlySet<number> = new Set(),
): Suggestion[] {
  const all = stories
    .map((story): Weighed => ({
      story,
      worth: newsworthinessOf(story, now) - (story.isBare ? bareCost : 0),
      groups: groupsOf(story),
    }))
    .toSorted((a, b) => b.worth - a.worth || drawOf(a.story) - drawOf(b.story));
  const old = all.filter(({ story }) => isOld(story) && !promoted.has(story.id));
  const rest = all.filter((one) => !old.includes(one));
  const picks: Weighed[] = [];
  while (picks.length < pickCount && rest.length > 0) {
    const costOf = ({ story: { topicId } }: Weighed): number =>
      picks.filter((pick) => topicId !== null && pick.story.topicId === topicId).length * sameTopicCost;
    const best = rest.reduce((a, b) => (b.worth - costOf(b) > a.worth - costOf(a) ? b : a));
    picks.push(best);
    rest.splice(rest.indexOf(best), 1);
  }
  const isPromoted = ({ story }: Weighed): boolean => promoted.has(story.id);
  const first = [...picks, ...rest.filter(isPromoted)];
  const others = rest.filter((one) => !isPromoted(one));
  return [
    ...first.map(({ story }, at) => ({ story, role: at < picks.length ? ('pick' as const) : ('pool' as const) })),
    ...fillQuotas(others, first, candidateCount - first.length).map(({ story }) => ({ story, role: 'pool' as const })),
    ...old.map(({ story }) => ({ story, role: 'pool' as const })),
  ];
}

/** What an archive tells is no news, though somebody links to it this week. */
function isOld({ items }: UncarriedStory): boolean {
  return items.some(({ title, publishedAt }) => {
    const year = yearOfOld.exec(title.trimEnd())?.[0].slice(1, -1);
    return year !== undefined && Number(year) < new Date(publishedAt).getUTCFullYear();
  });
}

/** A number that says nothing of a story: stories are numbered list by list, so that those of several lists would come first. */
function drawOf({ id }: UncarriedStory): number {
  return seededRandom(id)();
}

function groupsOf({ topicId, items }: UncarriedStory): string[] {
  const { kind, publishedAt } = items[0]!;
  // What several fields share is told more often; who follows one field is not to miss what only that one has.
  const lists = new Set(items.filter((item) => item.kind === 'paper').map(({ sourceId }) => sourceId)).size;
  return [
    `kind ${kind}`,
    `day ${publishedAt.slice(0, 10)}`,
    ...(topicId === null ? [] : [`topic ${topicId}`]),
    ...(lists === 0 ? [] : [lists === 1 ? 'in one list' : 'in several lists']),
  ];
}

/**
 * All stories, the first `count` so that each kind, day, topic and breadth has about the part of them that it has of the week: what a group
 * lacks of its part so far, in stories, is added to the worth of its next. `rest` is sorted by worth; `chosen` came before.
 */
function fillQuotas(rest: readonly Weighed[], chosen: readonly Weighed[], count: number): Weighed[] {
  const total = rest.length + chosen.length;
  const part = new Map<string, number>();
  for (const group of [...rest, ...chosen].flatMap(({ groups }) => groups)) part.set(group, (part.get(group) ?? 0) + 1 / total); // prettier-ignore
  const had = new Map<string, number>();
  const take = ({ groups }: Weighed): void => groups.forEach((group) => had.set(group, (had.get(group) ?? 0) + 1));
  chosen.forEach(take);
  const spread: Weighed[] = [];
  const left = new Set(rest);
  while (spread.length < count && left.size > 0) {
    const next = chosen.length + spread.length + 1;
    const lackOf = (group: string): number => next * part.get(group)! - (had.get(group) ?? 0);
    let [best, most] = [undefined as Weighed | undefined, -Infinity];
    for (const one of left) {
      const worth = one.worth + one.groups.reduce((sum, group) => sum + lackOf(group), 0);
      if (worth > most) [best, most] = [one, worth];
    }
    take(best!);
    spread.push(best!);
    left.delete(best!);
  }
  return [...spread, ...left];
}
