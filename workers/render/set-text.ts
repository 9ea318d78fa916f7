// Words -> pixels, in our serif, and in the machine's typefaces for other scripts; broken into lines, and cut where they are too many.
import { fileURLToPath } from 'node:url';
import { escapeUTF8 } from 'entities';
import sharp from 'sharp';
import { oneLine } from '../../core/one-line.ts';

/** Pango reads TrueType alone: of what pages load, it knows neither WOFF nor WOFF2. */
const typeface = fileURLToPath(import.meta.resolve('@expo-google-fonts/newsreader/500Medium/Newsreader_500Medium.ttf'));

export interface TextStyle {
  /** In pixels. */
  size: number;
  /** From one line to the next. */
  lineHeight: number;
  /** "#1c1b1a" */
  colour: string;
  /** Of a line. */
  width: number;
  lines: number;
}

export interface SetText {
  png: Buffer;
  width: number;
  height: number;
  /** How many characters of it are shown; all of them where nothing was cut. */
  shown: number;
}

/** One line of text has two sides: a right-to-left one is set from the right. */
export type Side = 'left' | 'right';

/** Sets it in the first of these styles that takes all of it, else in the last one, cut behind a word. */
export async function setText(text: string, styles: readonly [TextStyle, ...TextStyle[]]): Promise<SetText> {
  const words = text.replaceAll('\n', ' ').trim();
  for (const style of styles) {
    const whole = await draw(words, style);
    if (fits(whole, style)) return { ...whole, shown: words.length };
  }
  return cut(words, styles.at(-1) ?? styles[0]);
}

/** The longest beginning that fits, by halving: six or seven drawings of some milliseconds each. */
async function cut(words: string, style: TextStyle): Promise<SetText> {
  const ends = endsOf(words);
  let [low, high] = [0, ends.length - 1];
  let best = await draw('…', style);
  let shown = 0;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const tried = await draw(`${words.slice(0, ends[middle]).trimEnd()}…`, style);
    if (fits(tried, style)) [best, shown, low] = [tried, ends[middle]!, middle + 1];
    else high = middle - 1;
  }
  return { ...best, shown };
}

/** Where it may end: behind a word, or in one that is longer than the lines are (an address), behind any of its characters. */
function endsOf(text: string): number[] {
  const words = [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)];
  return words.flatMap(({ segment, index }) =>
    segment.length <= longestWord
      ? [index + segment.length]
      : [...new Intl.Segmenter().segment(segment)].map((one) => index + one.index + one.segment.length),
  );
}
const longestWord = 24;

/** A line's ink is at most as high as from one line to the next, and that of one line more is higher than all of them. */
function fits({ width, height }: { width: number; height: number }, style: TextStyle): boolean {
  return height <= style.lines * style.lineHeight && width <= style.width;
}

async function draw(text: string, style: TextStyle): Promise<Omit<SetText, 'shown'>> {
  // A line height above 1024 is one in 1024ths of a point, of which there are 72 an inch.
  const markup = `<span foreground="${style.colour}" line_height="${style.lineHeight * 1024}">${escapeUTF8(text)}</span>`;
  const { data, info } =
    await sharp({ text: { text: markup, font: `Newsreader Medium ${style.size}`, fontfile: typeface, rgba: true, dpi: 72, width: style.width, wrap: 'word-char' } }) // prettier-ignore
      .png()
      .toBuffer({ resolveWithObject: true });
  return { png: data, width: info.width, height: info.height };
}

/** Where its first letter says it begins (UAX #9, P2 and P3): Hebrew, Arabic and their neighbours on the right. */
export function sideOf(text: string): Side {
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if ((code >= 0x590 && code <= 0x8ff) || (code >= 0xfb1d && code <= 0xfdff) || (code >= 0xfe70 && code <= 0xfefc)) return 'right'; // prettier-ignore
    // What has two cases is a letter, and so is what stands behind the punctuation of General Punctuation and symbols.
    if (character.toLowerCase() !== character.toUpperCase() || code >= 0x2e80) return 'left';
  }
  return 'left';
}

/**
 * Whether anything of it is seen: of spaces, the empty Braille pattern (U+2800) and joiners Pango has nothing to draw, and fails; of what is
 * invisible by its meaning (U+3164) it draws a box where no typeface has it. Throws where this machine cannot draw a letter either.
 */
export async function hasInk(text: string): Promise<boolean> {
  try {
    await draw(oneLine(text), probe);
    return true;
  } catch {
    // Why is not asked: libvips keeps the words of its errors in one place for all threads, where another picture's failure wipes them.
    await draw('x', probe);
    return false;
  }
}

/** Codes that no typeface has: Pango draws what it has no shape for as a frame with the code in it. */
const strangers = ['\u{e0ff}', '\u{10fff0}'];
const probe: TextStyle = { size: 40, lineHeight: 60, colour: '#000000', width: 400, lines: 1 };

/** Whether this machine has a shape for each of its characters; where it has not, readers would see boxes. */
export async function canSet(text: string): Promise<boolean> {
  const others = [...new Set(text)].filter((character) => character.codePointAt(0)! > 0x24f && character.trim() !== '');
  const boxes = await Promise.all(strangers.map((one) => draw(one, probe)));
  for (const character of others) {
    const drawn = await draw(character, probe).catch(() => undefined);
    if (drawn && boxes.some((box) => box.width === drawn.width && box.height === drawn.height) && (await isFramed(drawn.png))) return false; // prettier-ignore
  }
  return true;
}

/** Whether the outermost rows and columns with ink in them are ink all along: those of a frame, and no letter is of its size. */
async function isFramed(png: Buffer): Promise<boolean> {
  const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const inked = Array.from({ length: info.width * info.height }, (_, at) => at)
    .filter((at) => data[at * info.channels + 3]! > halfInk)
    .map((at) => ({ x: at % info.width, y: Math.floor(at / info.width) }));
  const [xs, ys] = [inked.map(({ x }) => x), inked.map(({ y }) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const count = (isEdge: (one: { x: number; y: number }) => boolean): number => inked.filter(isEdge).length;
  const [wide, high] = [right - left + 1, bottom - top + 1];
  return (
    [top, bottom].every((edge) => count(({ y }) => y === edge) === wide) &&
    [left, right].every((edge) => count(({ x }) => x === edge) === high)
  );
}
const halfInk = 100;
