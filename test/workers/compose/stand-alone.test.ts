// What is left away of a sentence that a letter shows without the one before it.
import { describe, expect, it } from 'vitest';
import { leansOnOthers, leansWithin, standAlone } from '../../../workers/compose/stand-alone.ts';
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
    ['Recognizing these challenges, we propose StairNet.', 'We propose StairNet.'],
    ['Building upon this steep ramp, we introduce lifts.', 'We introduce lifts.'],
    ['In order to address this necessity, the present paper maps doors.', 'The present paper maps doors.'],
    ['Given these two limits, we count doors.', 'We count doors.'],
    ['Here we tackle the stairs of towers.', 'We tackle the stairs of towers.'],
  ])('%s', (whole, alone) => expect(shown(whole)).toBe(alone));

  it.each([
    'Without this ramp, robots fall twice as often.',
    'To climb stairs, doors and lifts, robots need legs.',
    'To reduce the noise of motors, we use rubber.',
    'Under these conditions, StairNet wins.',
    'Using this benchmark, we count doors.',
    'Using rubber wheels, we climb stairs.',
    'By splitting the loss, we halve the noise.',
    'On ten maps, we find all doors.',
    'We map doors, lifts and stairs.',
  ])('keeps what says something of its own: %s', (whole) => expect(shown(whole)).toBe(whole));

  it('keeps its place in the source', () => {
    const text = 'Stairs are hard. To solve this,\n we draw $\\alpha$ maps.';
    const [quote] = summariseTexts([{ id: 1, kind: 'paper', title: 'Maps', text, lang: 'en', transcript: [] } as never])[0]!.sentences.slice(-1); // prettier-ignore
    expect(text.slice(quote!.start, quote!.end)).toBe(quote!.quote);
  });

  it.each([
    ['We resolve this dilemma by replacing wheels.', true],
    ['We study this phenomenon on stairs.', true],
    ['We address this gap with StairNet.', true],
    ['In this paper, we map doors.', false],
    ['We show that this method climbs faster.', false],
    ['We count doors and those that open.', false],
    ['We learn a prior and match stairs to this trained prior.', false],
    ['We map towers, and robots climb these tall towers.', false],
  ])('says what it means within, or not: %s', (text, leans) => expect(leansWithin(text)).toBe(leans));

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
