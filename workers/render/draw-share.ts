// An issue -> the picture that other sites show of it: name, number and day, and the headline that leads.
import sharp from 'sharp';
import { grounds, type Brand } from '../../core/brand.ts';
import { leadOf } from '../../core/letter/letter.ts';
import type { IssueContent } from '../../core/store/issue-content.ts';
import type { Words } from '../../core/words.ts';
import { canSet, hasInk, setText, sideOf, type SetText, type TextStyle } from './set-text.ts';

/** What the Open Graph of most sites shows uncut. */
const width = 1200;
const height = 630;
const margin = 72;
const column = width - 2 * margin;
const ink = '#1c1b1a';
const muted = '#6b6660';
/** Where the rule under the name is, and the room of the headline below the line of number and day. */
const rule = 168;
const headlineTop = 252;

const line = (size: number, colour: string): TextStyle => ({ size, lineHeight: Math.round(size * 1.4), colour, width: column, lines: 1 }); // prettier-ignore
const headline = (size: number): TextStyle => ({ size, lineHeight: Math.round(size * 1.16), colour: ink, width: column, lines: 3 }); // prettier-ignore

export interface DrawnShare {
  png: Buffer;
  width: number;
  height: number;
  alt: string;
}

/** Equal content gives equal bytes on one machine. A headline in a script that the machine cannot write is left to the alt text; what nobody sees is left out of both. */
export async function drawShare(
  content: IssueContent,
  { publication, brand, words }: { publication: string; brand: Pick<Brand, 'accent'>; words: Words },
): Promise<DrawnShare> {
  const lead = leadOf(content) ?? content.cards[0];
  const head = lead?.title ?? content.title;
  const facts = [words.say('issue.number', { n: content.number }), words.date(content.date, 'UTC')].join(' · ');
  const count = words.say('issue.stories', { n: content.cards.length + (content.pool?.count ?? 0) });
  const accent = brand.accent.light;
  const texts = [
    { text: publication, y: 72, styles: [line(64, ink), line(44, ink)] as const },
    { text: facts, y: rule + 28, styles: [line(30, accent)] as const },
    { text: head, y: headlineTop, styles: [headline(76), headline(64), headline(54)] as const },
    { text: count, y: 552, styles: [line(30, muted)] as const },
  ];
  const [isNamed, isHeaded] = await Promise.all([hasInk(publication), hasInk(head)]);
  const shown = texts.filter(({ text }) => (text !== publication || isNamed) && (text !== head || isHeaded));
  const layers = await Promise.all(
    shown.map(async ({ text, y, styles }) => ((await canSet(text)) ? [placed(text, await setText(text, styles), y)] : [])), // prettier-ignore
  );
  const ground = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="${grounds.light}"/><rect x="${margin}" y="${rule}" width="${column}" height="3" fill="${ink}"/><rect y="${height - 14}" width="${width}" height="14" fill="${accent}"/></svg>`;
  const png = await sharp(Buffer.from(ground)).composite(layers.flat()).png({ palette: true, compressionLevel: 9 }).toBuffer(); // prettier-ignore
  return { png, width, height, alt: `${isNamed ? `${publication}, ` : ''}${facts}${isHeaded ? `: ${head}` : ''}` };
}

function placed(text: string, { png, width: own }: SetText, top: number): { input: Buffer; left: number; top: number } {
  return { input: png, left: sideOf(text) === 'right' ? width - margin - own : margin, top };
}
