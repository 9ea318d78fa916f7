// Names and where they belong on a sheet -> places where none lies on another, and few on a point; pure.

/** The middle of a box, and its size. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Sheet {
  /** What is better not covered. */
  points: readonly { x: number; y: number }[];
  sheet: { width: number; height: number };
  /** Of the letters, in units of the sheet. */
  size: number;
}

/**
 * How wide a letter is in sizes of its letters, in the bold of a serif, rounded up: a name that is wider than was thought is cut off at the
 * edge of the sheet. Measured in Newsreader at 700; Georgia and Charter, which stand in for it, are as wide.
 */
const letterWidths: readonly [RegExp, number][] = [
  [/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u, 1.05],
  [/[mwMW@%&]/u, 1],
  [/[\p{Lu}\p{N}]/u, 0.76],
  [/[fijlrtI\p{P}\s]/u, 0.45],
];
const otherWidth = 0.62;
/** Between a name and the edge of the sheet, in sizes of its letters. */
const edge = 0.4;
/** A point under a name is as bad as a name that stands this much farther from its topic. */
const pointCost = 24;
/** Of a point's mark. */
const pointRadius = 5;
const directions = 16;
const rings = 8;

/** Each name as near to its own place as it can be, the first first; one for which there is no room is left out. */
export function placeLabels(
  names: readonly { label: string; at: { x: number; y: number } }[],
  { points, sheet, size }: Sheet,
): (Box & { text: string })[] {
  const taken: (Box & { text: string })[] = [];
  const room = { width: sheet.width - 2 * edge * size, height: sheet.height - 2 * edge * size };
  const within = (middle: number, length: number, whole: number): number =>
    inside(middle - edge * size, length, whole) + edge * size;
  for (const { label: given, at } of names) {
    const label = fitting(given, room.width / size);
    const area = { width: widthOf(label) * size, height: size * 1.25 };
    const free = around(at, size)
      .map(({ x, y }) => ({ ...area, x: within(x, area.width, room.width), y: within(y, area.height, room.height) }))
      .filter((box) => !taken.some((other) => overlap(box, other)));
    const cost = (box: Box): number =>
      Math.hypot(box.x - at.x, box.y - at.y) + pointCost * points.filter((point) => covers(box, point)).length;
    const best = free.map((box) => ({ box, cost: cost(box) })).toSorted((a, b) => a.cost - b.cost)[0];
    if (best) taken.push({ text: label, ...best.box });
  }
  return taken;
}

function around({ x, y }: { x: number; y: number }, size: number): { x: number; y: number }[] {
  const ring = (radius: number) =>
    Array.from({ length: directions }, (_, at) => {
      const angle = (2 * Math.PI * at) / directions;
      return { x: x + radius * Math.cos(angle), y: y + radius * Math.sin(angle) };
    });
  return [{ x, y }, ...Array.from({ length: rings }, (_, at) => ring((at + 1) * size * 0.75)).flat()];
}

/** In sizes of its letters, with some air around. */
function widthOf(label: string): number {
  const widths = Array.from(label, (letter) => letterWidths.find(([some]) => some.test(letter))?.[1] ?? otherWidth);
  return widths.reduce((sum, width) => sum + width, 0.5);
}

/** A name that is wider than the sheet is cut, and says so. */
function fitting(label: string, most: number): string {
  const letters = Array.from(label);
  while (letters.length > 1 && widthOf(`${letters.join('')}…`) > most) letters.pop();
  return letters.length === Array.from(label).length ? label : `${letters.join('').trimEnd()}…`;
}

function inside(middle: number, length: number, whole: number): number {
  return Math.round(Math.max(length / 2, Math.min(whole - length / 2, middle)) * 10) / 10;
}

/** True when two boxes share more than an edge. */
export function overlap(a: Box, b: Box): boolean {
  return Math.abs(a.x - b.x) * 2 < a.width + b.width && Math.abs(a.y - b.y) * 2 < a.height + b.height;
}

function covers(box: Box, { x, y }: { x: number; y: number }): boolean {
  return Math.abs(box.x - x) < box.width / 2 + pointRadius && Math.abs(box.y - y) < box.height / 2 + pointRadius;
}
