// What is left away of a sentence that a letter shows without the one before it.
import { describe, expect, it } from 'vitest';
import { leansOnOthers, standAlone } from '../../../workers/compose/stand-alone.ts';
import { splitSentences } from '../../../core/text/split-sentences.ts';
import { summariseTexts } from '../../../workers/compose/summarise-texts.ts';

function shown(text: string): string {
  return standAlone({ segment: 0, start: 10, end: 10 + text.length, quote: text, text }).text;
}

describe('a sentence by itself', () => {
  it.each([
    ['To address this gap, we introduce StairNet.', 'We introduce StairNet.'],
    ['To close the gap, this paper maps doors.', 'This paper maps doors.'],
    ['To this end, in this paper, we propose lifts.', 'We propose lifts.'],
    ['In this work we map 12 towns.', 'We map 12 towns.'],
    ['Based on these insights, we build a ramp.', 'We build a ramp.'],
    ['However, robots fall.', 'Robots fall.'],
    ['Moreover, pMF climbs faster.', 'pMF climbs faster.'],
  ])('%s', (whole, alone) => expect(shown(whole)).toBe(alone));

  it.each([
    'Without this ramp, robots fall twice as often.',
    'To climb stairs, doors and lifts, robots need legs.',
    'To reduce the noise of motors, we use rubber.',
    'Under these conditions, StairNet wins.',
    'On ten maps, we find all doors.',
    'We map doors, lifts and stairs.',
  ])('keeps what says something of its own: %s', (whole) => expect(shown(whole)).toBe(whole));

  it('keeps its place in the source', () => {
    const text = 'Stairs are hard. To solve this,\n we draw $\\alpha$ maps.';
    const [quote] = summariseTexts([{ id: 1, kind: 'paper', title: 'Maps', text, lang: 'en', transcript: [] } as never])[0]!.sentences.slice(-1); // prettier-ignore
    expect(text.slice(quote!.start, quote!.end)).toBe(quote!.quote);
  });

  it('leans on another when it begins with what it does not name', () => {
    expect(leansOnOthers('This site lies outside of the maps.')).toBe(true);
    expect(leansOnOthers('It outperforms all others.')).toBe(true);
    expect(leansOnOthers('These results show that ramps help.')).toBe(false);
    expect(leansOnOthers('To this end, we ask robots.')).toBe(false);
  });
});

it('ends a sentence within a group of TeX', () => {
  const text = '{Unfortunately, stairs differ.} To address this issue, we draw maps.';
  expect(splitSentences(text, 'en').map(({ start, end }) => text.slice(start, end))).toEqual([
    'Unfortunately, stairs differ.',
    'To address this issue, we draw maps.',
  ]);
});
