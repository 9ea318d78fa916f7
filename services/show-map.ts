// The cards of an issue -> its map as `templates/pages/map.liquid` draws it; pure.
import type { Card } from '../core/store/issue-content.ts';
import { english, type Words } from '../core/words.ts';
import { placeLabels } from './place-labels.ts';
import { median } from '../core/math/median.ts';

/** The sheet, in the units of its SVG. */
const width = 640;
const height = 560;
/** Between the sheet's edge and the points nearest to it. */
const margin = 24;
/** A topic of fewer stories has no name on the sheet; the list has them all. */
const smallestNamed = 2;
const mostNamed = 16;
/** Letters of the title that shows up at a point under the pointer or in focus, and the width of one. */
const mostTipCharacters = 64;
const tipLetterWidth = 8.5;
const tipGap = 10;
const shapes = {
  paper: 'M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z',
  video: 'M0-5.5L5.5 4.5h-11z',
  post: 'M-4-4h8v8h-8z',
} as const;

interface Place {
  place: { x: number; y: number };
}
type MappedCard = Card & Place;

/** The map, or null when no story has a point; `linkTo` says where a story is. */
export function showMap(cards: readonly Card[], linkTo: (storyId: number) => string, words: Words = english) {
  const mapped = cards.filter((card): card is MappedCard => card.place !== undefined);
  if (mapped.length === 0) return null;
  const points = mapped.map((card) => ({ ...pointOf(card.place), card }));
  const topics = topicsOf(points, words);
  const named = topics
    .filter(({ points: own, isOther }) => own.length >= smallestNamed && !isOther)
    .slice(0, mostNamed);
  return {
    width,
    height,
    // Picks last: they lie on top.
    points: points
      .toSorted(
        (a, b) => Number(a.card.role === 'pick') - Number(b.card.role === 'pick') || a.card.number - b.card.number,
      )
      .map(({ x, y, card }) => ({ ...showPoint({ x, y }, card, words), href: linkTo(card.storyId) })),
    names: placeLabels(named, { points, sheet: { width, height }, size: 15 }),
    // On a phone names are too small to read: numbers stand for them, and the list says which.
    numerals: placeLabels(
      named.map((topic) => ({ ...topic, label: String(topic.number) })),
      { points, sheet: { width, height }, size: 30 },
    ),
    topics: topics.map(({ number, name, points: own }) => ({
      number,
      name,
      count: words.say('issue.stories', { n: own.length }),
      stories: own.map(({ card }) => ({
        title: card.title,
        href: linkTo(card.storyId),
        kind: words.say(`kind.${card.kind}`),
        lang: card.lang,
      })),
    })),
  };
}

const sketchHeight = 270;
const sketchNames = 3;

type SketchedCard = Pick<Card, 'storyId' | 'kind' | 'role' | 'topic' | 'place'>;

/**
 * The map as a small picture: points and the names of the largest topics, on a lower sheet; null when no story has a place. On the
 * page of a story (`here`) that one stands out, and its topic has its name first.
 */
export function sketchMap(cards: readonly SketchedCard[], here?: number) {
  const mapped = cards.filter((card): card is SketchedCard & Place => card.place !== undefined);
  if (mapped.length === 0) return null;
  const flat = (y: number): number => Math.round((y * sketchHeight * 10) / height) / 10;
  const points = mapped.map((card) => {
    const { x, y } = pointOf(card.place);
    return { x, y: flat(y), card };
  });
  const own = mapped.find(({ storyId }) => storyId === here)?.topic;
  const named = topicsOf(points, english)
    .filter((topic) => topic.points.length >= smallestNamed && !topic.isOther)
    .toSorted((a, b) => Number(b.name === own) - Number(a.name === own));
  return {
    width,
    height: sketchHeight,
    points: points
      .toSorted((a, b) => Number(a.card.storyId === here) - Number(b.card.storyId === here))
      .map(({ x, y, card }) => ({
        x,
        y,
        shape: shapes[card.kind],
        isPick: here === undefined ? card.role === 'pick' : card.storyId === here,
        isHere: card.storyId === here,
      })),
    names: placeLabels(named.slice(0, sketchNames), { points, sheet: { width, height: sketchHeight }, size: 30 }),
  };
}

function pointOf({ x, y }: { x: number; y: number }): { x: number; y: number } {
  const scale = (share: number, length: number): number =>
    Math.round((margin + ((share + 1) / 2) * (length - 2 * margin)) * 10) / 10;
  return { x: scale(x, width), y: scale(y, height) };
}

function showPoint({ x, y }: { x: number; y: number }, card: Card, words: Words) {
  const isLeft = x < width / 2;
  const characters = Math.min(mostTipCharacters, Math.floor(((isLeft ? width - x : x) - 2 * tipGap) / tipLetterWidth));
  return {
    x,
    y,
    shape: shapes[card.kind],
    isPick: card.role === 'pick',
    title: titleOf(card, words),
    tip: card.title.length > characters ? `${card.title.slice(0, characters - 1)}…` : card.title,
    tipX: isLeft ? tipGap : -tipGap,
    tipAnchor: isLeft ? 'start' : 'end',
  };
}

function titleOf({ title, kind, topic }: Card, words: Words): string {
  const named = { title, kind: words.say(`kind.${kind}`) };
  return topic ? words.say('map.pointIn', { ...named, topic }) : words.say('map.point', named);
}

interface Point<Shown> {
  x: number;
  y: number;
  card: Shown;
}

/** The largest first; stories without a topic at the end. */
function topicsOf<Shown extends Pick<Card, 'topic'>>(points: readonly Point<Shown>[], words: Words) {
  const groups = new Map<string | null, Point<Shown>[]>();
  for (const point of points) groups.set(point.card.topic, [...(groups.get(point.card.topic) ?? []), point]);
  return [...groups]
    .toSorted(([a, m], [b, n]) => Number(a === null) - Number(b === null) || n.length - m.length || (a! < b! ? -1 : 1))
    .map(([topic, own], index, all) => ({
      number: index + 1,
      name: topic ?? words.say('map.other'),
      isOther: topic === null,
      label: labelOf(
        topic ?? '',
        all.map(([other]) => other ?? ''),
      ),
      at: { x: median(own.map(({ x }) => x)), y: median(own.map(({ y }) => y)) },
      points: own,
    }));
}

/** A topic is named by its keywords; on a map the first says enough, two where another topic begins with the same. */
function labelOf(topic: string, topics: readonly string[]): string {
  const [first = '', ...rest] = topic.split(', ');
  const isShared = topics.filter((other) => other.split(', ')[0] === first).length > 1;
  return isShared ? [first, ...rest.slice(0, 1)].join(', ') : first;
}
