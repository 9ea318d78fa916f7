// Every pair of colours that text is set in, light and dark, against WCAG 2.2 AA.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { contrast } from '../../core/contrast.ts';

const css = readFileSync(new URL('../../templates/assets/tokens.css', import.meta.url), 'utf8');
const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)');
const textColours = ['ink', 'muted', 'accent', 'good', 'warn', 'bad'];

function tokensOf(part: string): Map<string, string> {
  return new Map([...part.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name!, value!]));
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
