// Every pair of colours that text is set in, light and dark, against WCAG 2.2 AA.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('../../templates/assets/tokens.css', import.meta.url), 'utf8');
const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)');
const textColours = ['ink', 'muted', 'accent', 'good', 'warn', 'bad'];

function tokensOf(part: string): Map<string, string> {
  return new Map([...part.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name!, value!]));
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dim, bright] = [luminance(a), luminance(b)].toSorted((x, y) => x - y) as [number, number];
  return (bright + 0.05) / (dim + 0.05);
}

describe.each([
  ['light', tokensOf(light)],
  ['dark', tokensOf(dark)],
])('in %s', (_scheme, tokens) => {
  // A button is the same pair the other way round: paper on accent.
  test.each(textColours)('%s on paper has a contrast of 4.5 or more', (name) => {
    expect(contrast(tokens.get(name)!, tokens.get('paper')!)).toBeGreaterThanOrEqual(4.5);
  });
});

test('the measure itself is right: black on white is 21, grey #767676 is just enough', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#767676', '#ffffff')).toBeGreaterThan(4.5);
  expect(contrast('#777777', '#ffffff')).toBeLessThan(4.5);
});
