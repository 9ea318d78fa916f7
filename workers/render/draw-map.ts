// The map of an issue as a picture for letters, since mail programs show no SVG: points, and a number at each of the largest topics.
import sharp from 'sharp';
import type { Card } from '../../core/store/issue-content.ts';
import { median } from '../../core/math/median.ts';

/** As the column of a letter is wide; drawn twice as large, for sharp screens. */
const width = 592;
const height = 320;
const scale = 2;
const margin = 20;
const mostNamed = 6;
/** A topic of fewer stories gets no number. */
const smallestNamed = 2;

const shapes: Record<Card['kind'], string> = {
  paper: 'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z',
  video: 'M0-5L5 4h-10z',
  post: 'M-3.6-3.6h7.2v7.2h-7.2z',
};
/** Three to one or more on the paper of the light and of the dark letter: the picture has no background of its own. */
const colours = { point: '#8a847b', pick: '#d2502f', badge: '#736d65' };
/** The figures 1 to 6 in strokes: typefaces of the machine would make another picture on each. */
const figures = ['M-1.6-2.4L.4-4V4', 'M-2.4-2.4Q-2.2-4 0-4T2.3-2T-2.5 4H2.5', 'M-2.2-3.6Q2.4-5 2.2-2T-.6-.2Q2.6 0 2.4 2T-2.4 3.6', 'M1 4V-4L-3 1.6H3', 'M2.2-4H-1.8L-2.2-.6Q2.6-1.6 2.4 1.6T-2.4 3.6', 'M1.8-3.8Q-2.6-3-2.4 1.2T2.4 1.6T-2.3.8']; // prettier-ignore

export interface DrawnMap {
  png: Buffer;
  width: number;
  height: number;
  /** What the numbers stand for, the largest first. */
  topics: string[];
  stories: number;
}

/** Equal cards give equal bytes; undefined when no story has a place. */
export async function drawMap(cards: readonly Card[]): Promise<DrawnMap | undefined> {
  const points = cards.flatMap((card) => (card.place ? [{ ...pointOf(card.place), card }] : []));
  if (points.length === 0) return undefined;
  const topics = largestTopics(points);
  const marks = points
    .toSorted((a, b) => Number(a.card.role === 'pick') - Number(b.card.role === 'pick'))
    .map(({ x, y, card }) => {
      const isPick = card.role === 'pick';
      return `<path transform="translate(${x} ${y})${isPick ? ' scale(1.4)' : ''}" fill="${isPick ? colours.pick : colours.point}" d="${shapes[card.kind]}"/>`;
    });
  const badges = topics.map(({ x, y }, at) => `<g transform="translate(${x} ${y})"><circle r="9" fill="${colours.badge}"/><path d="${figures[at]!}" fill="none" stroke="#fff" stroke-width="1.6" stroke-linecap="round"/></g>`); // prettier-ignore
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width * scale}" height="${height * scale}" viewBox="0 0 ${width} ${height}"><rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" fill="none" stroke="${colours.point}" stroke-opacity=".5"/>${marks.join('')}${badges.join('')}</svg>`;
  const png = await sharp(Buffer.from(svg)).png({ palette: true, compressionLevel: 9 }).toBuffer();
  return { png, width, height, topics: topics.map(({ name }) => name), stories: points.length };
}

function pointOf({ x, y }: { x: number; y: number }): { x: number; y: number } {
  const at = (share: number, length: number): number =>
    Math.round((margin + ((share + 1) / 2) * (length - 2 * margin)) * 10) / 10;
  return { x: at(x, width), y: at(y, height) };
}

type Point = { x: number; y: number; card: Card };

/** The largest topics, each where the middle of its stories is. */
function largestTopics(points: readonly Point[]): { name: string; x: number; y: number }[] {
  const byTopic = new Map<string, Point[]>();
  for (const point of points) {
    const { topic } = point.card;
    if (topic !== null) byTopic.set(topic, [...(byTopic.get(topic) ?? []), point]);
  }
  return [...byTopic]
    .filter(([, own]) => own.length >= smallestNamed)
    .toSorted(([a, m], [b, n]) => n.length - m.length || (a < b ? -1 : 1))
    .slice(0, mostNamed)
    .map(([name, own]) => ({ name, x: median(own.map(({ x }) => x)), y: median(own.map(({ y }) => y)) }));
}
