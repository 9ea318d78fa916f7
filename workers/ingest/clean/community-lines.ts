// What a list of a community's links says under each (Hacker News as hnrss.org serves it) -> its points, and the HTML without those lines; pure.
import { textOf } from './clean-html.ts';

const mostPoints = 1_000_000;
const labels = ['Article URL: ', 'Comments URL: ', 'Points: ', '# Comments: '] as const;

/**
 * Clean HTML -> the points, null where no community gave any, and the rest. The lines, the last of each label, change at every look and are no words of
 * the item, which would be another each time; its address and its thread are known by its link. Only where points and comments
 * are both counted, each in a paragraph of its own: a text may speak of "Points: 3" in passing.
 */
export function takeCommunityLines(html: string): { html: string; points: number | null } {
  if (!html.includes('Points: ') || !html.includes('# Comments: ')) return { html, points: null };
  const paragraphs = html
    .split('</p>')
    .map((paragraph, at, all) => (at < all.length - 1 ? `${paragraph}</p>` : paragraph));
  const read = paragraphs.map((paragraph) => {
    const text = textOf(paragraph).trim();
    const label = labels.find((one) => text.startsWith(one) && !text.includes('\n'));
    return { paragraph, label, count: countIn(text.slice(label?.length ?? 0)) };
  });
  const lines = labels.map((label) => read.findLast((one) => one.label === label));
  const [, , points, comments] = lines.map((line) => line?.count);
  if (points === undefined || comments === undefined) return { html, points: null };
  const rest = read.filter((one) => !lines.includes(one)).map(({ paragraph }) => paragraph);
  return { html: rest.join('').trim(), points };
}

/** Digits alone: "0x7f" and "3 of 5" are no counts. */
function countIn(text: string): number | undefined {
  const value = text.trim();
  const isCount =
    value.length > 0 && value.length <= 7 && Array.from(value).every((digit) => digit >= '0' && digit <= '9');
  return isCount && Number(value) <= mostPoints ? Number(value) : undefined;
}
