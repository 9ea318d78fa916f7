import { expect, it } from 'vitest';
import { countTermsOf, phrasesOf, singular } from '../../../core/text/terms.ts';

it.each([
  ['The models of the paper', [['models']]],
  ['Fine-tuning, then 3 heads: https://example.org/heads', [['fine-tuning'], ['heads'], []]],
  ['残差网络', [['残差', '差网', '网络']]],
  ['ResNet 与《残差》', [['resnet', '与'], ['残差'], []]],
  ['el modelo y la atención', [['modelo', 'atención']]],
])('the words of "%s" are %j', (text, words) => {
  expect(phrasesOf(text)).toEqual(words);
});

it.each([
  ['models', 'model'],
  ['studies', 'study'],
  ['loss', 'loss'],
  ['analysis', 'analysis'],
  ["bert's", 'bert'],
  ['gas', 'gas'],
])('the singular of %s is %s', (word, expected) => {
  expect(singular(word)).toBe(expected);
});

it('counts words, parts of hyphenated words and neighbours, but no neighbours across phrases', () => {
  expect(Object.fromEntries(countTermsOf('Low-rank adapters. Adapters merge'))).toEqual({
    adapter: 2,
    'adapter merge': 1,
    low: 1,
    'low-rank': 1,
    'low-rank adapter': 1,
    merge: 1,
    rank: 1,
  });
});
