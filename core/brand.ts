// The accent of a publication -> its colours in light and dark, each readable where it stands; and its logo; pure.
import { contrast, mix } from './contrast.ts';

/** The accent in light and in dark, and the ground of what is chosen in each. As "#rrggbb". */
export interface Accent {
  light: string;
  lightSoft: string;
  dark: string;
  darkSoft: string;
}

/** A picture kept by its hash, as wide and high as it is shown. */
export interface Logo {
  hash: string;
  width: number;
  height: number;
  /** It would not stand out from the dark ground, so it stands on a light one there. */
  needsPlate: boolean;
}

/** What a curator may set of how letters and pages look. */
export interface Brand {
  accent: Accent;
  logo: Logo | null;
}

/** Of templates/assets/tokens.css and templates/mail: paper, and the darkest or brightest that words in the accent stand on. */
export const grounds = { light: '#fffdf8', lightTint: '#f6f2e9', dark: '#161513', darkTint: '#211f1c' } as const;
/** Of words smaller than 24 px (WCAG 2.2, 1.4.3). */
const leastContrast = 4.5;
/** As in our own accent: in the dark it stands out by a bit more. */
const darkContrast = 6;
const steps = Array.from({ length: 51 }, (_, at) => at / 50);

export const ownAccent: Accent = { light: '#b4371f', lightSoft: '#f7e4de', dark: '#ff8a66', darkSoft: '#3a241c' };

/** How we look when nobody set anything. */
export const ownBrand: Brand = { accent: ownAccent, logo: null };

/** Derives the colours; an empty one is our own. The light one is taken as it is: see `whyNoAccent`. */
export function accentOf(colour: string): Accent {
  if (colour === '' || colour === ownAccent.light) return ownAccent;
  const dark = firstOf((share) => mix(colour, '#ffffff', share), (one) => contrast(one, grounds.darkTint) >= darkContrast); // prettier-ignore
  return {
    light: colour,
    lightSoft: firstOf((share) => mix(colour, grounds.light, 0.86 + share * 0.14), (one) => contrast(one, colour) >= leastContrast), // prettier-ignore
    dark,
    darkSoft: firstOf((share) => mix(dark, grounds.dark, 0.8 + share * 0.2), (one) => contrast(one, dark) >= leastContrast), // prettier-ignore
  };
}

const digits = new Set('0123456789abcdef');

/** Whether a text is a colour as we keep it: "#1f5fa8". */
export function isColour(text: string): boolean {
  return text.length === 7 && text.startsWith('#') && text.slice(1).split('').every((digit) => digits.has(digit)); // prettier-ignore
}

/** What is wrong with a colour, with one that would do; undefined when words in it can be read. */
export function whyNoAccent(colour: string): string | undefined {
  const reached = contrast(colour, grounds.lightTint);
  if (reached >= leastContrast) return undefined;
  const enough = firstOf((share) => mix(colour, '#000000', share), (one) => contrast(one, grounds.lightTint) >= leastContrast); // prettier-ignore
  return `${colour} is too pale for words on the paper of pages and letters: its contrast is ${reached.toFixed(1)}, and ${leastContrast} is needed. ${enough} would do.`;
}

/** Which words in an accent could not be read where they stand: "#ff8a66 on #fffdf8 (2.31): words in the accent". */
export function paleAccents({ light, lightSoft, dark, darkSoft }: Accent): string[] {
  const pairs = [[light, grounds.light], [light, grounds.lightTint], [light, lightSoft], [dark, grounds.dark], [dark, grounds.darkTint], [dark, darkSoft]] as const; // prettier-ignore
  return pairs
    .map(([ink, paper]) => ({ ink, paper, reached: contrast(ink, paper) }))
    .filter(({ reached }) => reached < leastContrast)
    .map(({ ink, paper, reached }) => `${ink} on ${paper} (${reached.toFixed(2)}): words in the accent`);
}

/** The first of fifty steps at which a colour is as wanted. */
function firstOf(make: (share: number) => string, isEnough: (colour: string) => boolean): string {
  return make(steps.find((share) => isEnough(make(share))) ?? 1);
}
