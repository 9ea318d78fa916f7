// Topics and their weeks -> the weather as pages show it: a row of bars, a word, and what became of what; pure.
import type { TopicWeather } from '../core/store/topic-weeks.ts';
import { english, type Words } from '../core/words.ts';
import { onPage } from './on-page.ts';
import { drawLine, drawWeeks } from './weeks-chart.ts';

/** A part of the week this much above or below the mean of the three weeks before is a change. */
const change = 1.3;
/** Fewer stories in three weeks say nothing about a trend. */
const enough = 6;
/** So many times the stories of all weeks before make a topic of this week new. */
const mostBefore = 4;
/** Each has a form on the desk. */
const topicsOnPage = 60;
const trendsShown = 5;

/** A page of the weather, a row a topic, by areas where there are many. All topics share one scale, so that a tall bar means the same everywhere. */
export function showWeather(all: readonly TopicWeather[], number: number, words: Words = english) {
  const { topics, when } = upToNewestWeek(all);
  const most = Math.max(...topics.flatMap(({ shares }) => shares.map(Number))) || 1;
  // None before topics were first found: on that week's Monday all that is shown is of the week before.
  const hasBars = topics.some(({ shares }) => shares.some((share) => share !== null));
  const { rows, ...pages } = onPage(inOrder(topics), number, topicsOnPage);
  const show = ({ id, name, namedBy, keywords, stories, weeks, shares, ...event }: TopicWeather) => ({
    id,
    name,
    namedBy,
    keywords: keywords.slice(0, 5).join(', '),
    stories: words.say('topics.inAll', { n: stories }),
    thisWeek:
      weeks.at(-1) === 0
        ? words.say('topics.nothingNew', { when })
        : words.say('topics.thisWeek', { n: weeks.at(-1)!, when }),
    chart: hasBars && drawWeeks(shares, { most, tell: (known) => words.say('topics.weeks', { n: known.length, when, shares: sayShares(known, words) }) }), // prettier-ignore
    isOver: isOver(event),
    ...happened(event, { weeks, shares }, words),
  });
  return {
    when,
    hasBars,
    groups: underHeadings(rows.map(({ row, area }) => ({ row: show(row), area, isOver: isOver(row) }))),
    ...pages,
  };
}

/** Faded, or part of another topic by now; its stories are still under its name. */
function isOver({ kind }: Pick<TopicWeather, 'kind'>): boolean {
  return kind === 'merged' || kind === 'faded';
}

/** Those that live, by areas, and behind them those that are over. */
function inOrder(topics: readonly TopicWeather[]) {
  const alive = inAreas(topics.filter((topic) => !isOver(topic)));
  return [...alive, ...topics.filter(isOver).map((row) => ({ row, area: null }))];
}

/** So few topics are seen at a glance. */
const enoughForAreas = 16;

/**
 * Rows of the weather -> the same by their areas: the area with the largest topic first, each in the order given, and last what is in none.
 * Few topics stay as they are, under no heading.
 */
export function inAreas<Row extends { id: number; name: string; areaId: number | null }>(rows: readonly Row[]) {
  if (rows.length < enoughForAreas) return rows.map((row) => ({ row, area: null }));
  const middles = new Map(rows.map((row) => [row.id, row]));
  const areaOf = ({ areaId }: Row): Row | null => (areaId === null ? null : (middles.get(areaId) ?? null));
  const areas = new Map<Row | null, Row[]>();
  for (const row of rows) areas.set(areaOf(row), [...(areas.get(areaOf(row)) ?? []), row]);
  const apart = areas.get(null) ?? [];
  areas.delete(null);
  return [...areas, [null, apart] as const].flatMap(([area, members]) => members.map((row) => ({ row, area })));
}

/** Rows in order, each with its area -> what a page shows under each heading. */
export function underHeadings<Row>(
  rows: readonly { row: Row; area: { id: number; name: string } | null; isOver?: boolean }[],
) {
  const groups: { area: { id: number; name: string } | null; isOver: boolean; topics: Row[] }[] = [];
  for (const { row, area, isOver: over = false } of rows) {
    const last = groups.at(-1);
    if (!last || last.area?.id !== area?.id || last.isOver !== over) groups.push({ area, isOver: over, topics: [] });
    groups.at(-1)!.topics.push(row);
  }
  return groups;
}

/** One topic or two with the first stories of a Monday, where the week before had more than twice as many, are no weather yet. */
const topicsOfWeather = 3;

/** The weather of the newest week that has some: on a Monday nothing or little is of this week, and every page shows that of the last. */
function upToNewestWeek(topics: readonly TopicWeather[]): { topics: readonly TopicWeather[]; when: 'now' | 'last' } {
  const activeTopics = (at: number): number =>
    topics.filter((topic) => !isOver(topic) && (topic.weeks.at(at) ?? 0) > 0).length;
  if (activeTopics(-1) >= topicsOfWeather || 2 * activeTopics(-1) >= activeTopics(-2))
    return { topics: sinceFirst(topics), when: 'now' };
  const before = topics.map((topic) => ({ ...topic, weeks: topic.weeks.slice(0, -1), shares: topic.shares.slice(0, -1) })); // prettier-ignore
  return { topics: sinceFirst(before), when: 'last' };
}

/** Their shares without the weeks before any topic was found: what is empty in every chart is no room to keep. */
function sinceFirst(topics: readonly TopicWeather[]): readonly TopicWeather[] {
  const firsts = topics.map(({ shares }) => shares.findIndex((share) => share !== null)).filter((at) => at >= 0);
  const first = firsts.length === 0 ? 0 : Math.min(...firsts);
  return topics.map((topic) => ({ ...topic, shares: topic.shares.slice(first) }));
}

/** The topics with a story of the newest week that has any, the largest first. */
export function inNewestWeek(all: readonly TopicWeather[]): { topics: TopicWeather[]; when: 'now' | 'last' } {
  const { topics, when } = upToNewestWeek(all);
  const latest = ({ weeks }: TopicWeather): number => weeks.at(-1) ?? 0;
  // Of a week before topics were first found nothing is known, and no line can be drawn.
  const withStories = topics
    .filter((topic) => !isOver(topic) && latest(topic) > 0 && topic.shares.at(-1) !== null)
    .toSorted((a, b) => latest(b) - latest(a));
  return { topics: withStories, when };
}

/** The largest topics of the newest week as lines, for the first page; each line has its own scale, since it shows a way and no size. */
export function showTrends(all: readonly TopicWeather[], words: Words = english) {
  const { topics, when } = inNewestWeek(all);
  return topics.slice(0, trendsShown).map((topic) => showTrend(topic, when, words));
}

/** A topic's line, and which way it goes. */
function showTrend({ id, name, weeks, shares, kind }: TopicWeather, when: 'now' | 'last', words: Words) {
  const way = kind === 'born' && isNew(weeks) ? 'new' : trend({ weeks, shares });
  return {
    id,
    name,
    way,
    word: way === 'new' ? words.say('topics.born', { when: 'now' }) : wayWords(way, words),
    count: weeks.at(-1)!,
    ...drawLine(shares, (known) => words.say('topics.trend', { when, shares: sayShares(known, words) })),
  };
}

/** The lines of topics by their ids. */
export function linesOfTopics(
  all: readonly TopicWeather[],
  words: Words = english,
): Map<number, { line: string; words: string }> {
  const { topics, when } = upToNewestWeek(all);
  const known = topics.filter(({ shares }) => shares.some((share) => share !== null));
  return new Map(known.map((topic) => [topic.id, showTrend(topic, when, words)]));
}

/** A topic may be found weeks after its first stories: what the field talked of before is not new, whenever it got its name. */
function isNew(weeks: readonly number[]): boolean {
  const before = weeks.slice(0, -1).reduce((sum, stories) => sum + stories, 0);
  return before * mostBefore <= (weeks.at(-1) ?? 0);
}

/** What happened to a topic in a word or two, and the other topic it leads to. */
function happened(
  { kind, other, otherId, isThisWeek }: Pick<TopicWeather, 'kind' | 'other' | 'otherId' | 'isThisWeek'>,
  seen: Pick<TopicWeather, 'weeks' | 'shares'>,
  words: Words,
): { word: string; other: string | null; otherId: number | null } {
  const when = { when: isThisWeek ? 'now' : 'last' };
  if (kind === 'split' || kind === 'merged') return { word: words.say(`topics.${kind}`, when), other, otherId };
  const event = kind === 'born' && !isNew(seen.weeks) ? null : kind;
  const word = event ? words.say(`topics.${event}`, when) : wayWords(trend(seen), words);
  return { word, other: null, otherId: null };
}

type Way = 'growing' | 'quieter' | 'steady' | '';

function wayWords(way: Way, words: Words): string {
  return way === '' ? '' : words.say(`topics.${way}`);
}

/** "growing", "quieter" or "steady" by its part of each week; nothing before three weeks held enough stories to compare with. */
function trend({ weeks, shares }: Pick<TopicWeather, 'weeks' | 'shares'>): Way {
  const before = shares.slice(-4, -1).filter((share) => share !== null);
  const sum = weeks.slice(-4, -1).reduce((total, stories) => total + stories, 0);
  if (sum < enough || before.length === 0) return '';
  const mean = before.reduce((total, share) => total + share, 0) / before.length;
  const latest = shares.at(-1) ?? 0;
  // What one story more or less would turn is no trend.
  const oneStory = weeks.at(-1) === 0 ? 0 : latest / weeks.at(-1)!;
  if (latest >= mean * change && latest - oneStory > mean) return 'growing';
  return latest * change <= mean && latest + oneStory < mean ? 'quieter' : 'steady';
}

/** "12.5%, 3%": as the language writes it. */
function sayShares(shares: readonly number[], words: Words): string {
  const format = new Intl.NumberFormat(words.lang, { style: 'percent', maximumFractionDigits: 1 });
  return shares.map((share) => format.format(share)).join(', ');
}
