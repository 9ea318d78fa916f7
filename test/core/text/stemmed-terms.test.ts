import { expect, test } from 'vitest';
import { stem, tokenize } from '../../../core/text/stemmed-terms.ts';

test.each([
  ['model', ['models', 'modeling', 'modelling', 'modelled']],
  ['emb', ['embed', 'embeds', 'embedded', 'embedding', 'embeddings']],
  ['tun', ['tune', 'tuned', 'tuning']],
  ['query', ['queries']],
  ['los', ['loss', 'losses']],
  ['string', ['strings']],
  ['speed', ['speeds']],
  ['transformer', ['transformers']],
])('%s is what is left of every form', (left, forms) => {
  expect(forms.map(stem)).toEqual(forms.map(() => left));
});

test.each([
  ['words that differ stay apart', ['speech', 'speed', 'special'].map(stem), ['speech', 'speed', 'special']],
  ['short words and names with digits stay', ['gas', 'gpt4s', 'bus'].map(stem), ['gas', 'gpt4s', 'bus']],
])('%s', (_, stems, expected) => {
  expect(stems).toEqual(expected);
});

test.each([
  ['stop words and single letters say nothing', 'The use of a paper in R', []],
  [
    'hyphens, case and punctuation separate',
    'Self-Supervised (SPEECH) models!',
    ['self', 'supervi', 'speech', 'model'],
  ],
  ['accents are letters', 'Señales über naïve', ['señales', 'über', 'naïve']],
  ['full-width letters are plain ones', 'ＧＰＴ', ['gpt']],
  ['scripts without spaces become pairs', '语音识别 model', ['语音', '音识', '识别', 'model']],
  ['a lone character is kept', '图', ['图']],
  ['nothing comes from nothing', ' … ', []],
])('%s', (_, text, terms) => {
  expect(tokenize(text)).toEqual(terms);
});
