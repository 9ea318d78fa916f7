// A stated interest and some stories: which are about it, which say so, and what is quoted.
import { describe, expect, test } from 'vitest';
import { placeTerms } from '../../../core/text/stemmed-terms.ts';
import { valueAt } from '../../../workers/rank/evidence.ts';
import { indexPhrases } from '../../../workers/rank/phrase-index.ts';
import { weighInterest, type InterestMatch } from '../../../workers/rank/weigh-interest.ts';

const stories = [
  ['Robust speech recognition', 'We train on noisy recordings.'],
  ['Recordings of the sea', 'A model for speech recognition is tried on whales.'],
  ['Speech codecs at low rates', 'Waveforms are compressed.'],
  [
    'Face recognition',
    'A long speech was held at the meeting, and much later somebody thought of the recognition of faces in crowds of people.',
  ],
  ['Cats', 'Poems about cats.'],
  ['Quantized networks', 'Weights are rounded. Post training quantization (PTQ) is cheap.'],
  ['PTQ on phones', 'Post training quantization (PTQ) again.'],
  ['Rain next week', 'Weather is forecast from satellites.'],
  ['Patterns of attention', 'Patterns emerge in heads.'],
] as const;
const index = indexPhrases(stories.map(([title, text]) => ({ title: placeTerms(title), text: placeTerms(text) })));
const weigh = (interest: string) => weighInterest(interest, index);

describe('a story matches', () => {
  test.each<[string, number, InterestMatch | undefined]>([
    ['speech recognition', 0, { words: 'speech recognition' }],
    ['speech recognition', 1, { words: 'speech recognition' }],
    ['speech recognition', 2, undefined],
    // Both words, but not about one thing.
    ['speech recognition', 3, undefined],
    ['recognition of speech', 0, { words: 'recognition of speech', quote: 'speech recognition' }],
    ['quantization', 6, { words: 'quantization' }],
    ['quantizing', 5, { words: 'quantizing', quote: 'quantized' }],
    ['quantization', 5, { words: 'quantization', quote: 'quantized', isOtherForm: true }],
    ['weather and climate', 7, { words: 'weather' }],
    ['the and of', 0, undefined],
    ['', 0, undefined],
  ])('%s in story %d: %j', (interest, story, match) => expect(weigh(interest).matchAt(story)).toEqual(match));
});

test('what stands in the title comes before what stands in a text, all words before one', () => {
  const found = weigh('speech recognition');
  const values = [0, 1, 2, 4].map((story) => valueAt(found, story));
  expect(values[0]).toBe(1);
  expect(values[1]).toBeLessThan(1);
  expect(values[2]).toBeLessThan(1);
  expect(values[3]).toBe(0);
});

test('all words together in a text come before the less telling ones in a title', () => {
  const others = Array.from({ length: 12 }, (_, at) => [`Paper ${at}`, 'Of something else.'] as const);
  const field = [
    ['Face recognition', 'Faces are seen by a camera.'],
    ['Plate recognition', 'Cars are seen by a camera.'],
    ['A report', 'It listens in thirty languages: speech recognition is what it does best.'],
    ['Robust speech recognition', 'Of the best kind.'],
    ...others,
  ] as const;
  const words = field.map(([title, text]) => ({ title: placeTerms(title), text: placeTerms(text) }));
  const found = weighInterest('speech recognition', indexPhrases(words));
  const order = field.map((_, story) => story).toSorted((left, right) => valueAt(found, right) - valueAt(found, left));
  expect(order.slice(0, 2)).toEqual([3, 2]);
});

test('an abbreviation that two stories define stands for its words', () => {
  const found = weigh('post training quantization');
  expect(valueAt(found, 6)).toBe(1);
});

test('a title with most of a phrase mentions it', () => {
  expect(weigh('codec recognition').mentionAt(2)).toBe('codecs');
  expect(weigh('knitting patterns').mentionAt(8)).toBeUndefined();
});

test.each([
  ['speech recognition', true],
  ['knitting patterns', false],
  ['medieval law', false],
  ['poems', true],
  ['knitting or poems', true],
  ['', false],
])('whether anybody wrote about %s: %s', (interest, isWritten) =>
  expect(weigh(interest).isWrittenAbout).toBe(isWritten),
);

test('an empty pool has nothing', () => {
  expect(weighInterest('speech', indexPhrases([]))).toMatchObject({ isWrittenAbout: false, mean: 0 });
});
