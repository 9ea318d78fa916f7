import { expect, it } from 'vitest';
import { readDemoItems } from '../demo-items.ts';
import { splitSentences } from '../../../workers/compose/split-sentences.ts';
import { summarise } from '../../../workers/compose/summarise.ts';

it.each([
  ['en', 'Dr. Smith compares A vs. B, e.g. on GLUE. It works, says Fig. 3! Unfinished busin', ['Dr. Smith compares A vs. B, e.g. on GLUE.', 'It works, says Fig. 3!']], // prettier-ignore
  ['zh', '网络越深，训练越难。残差连接解决了这个问题！', ['网络越深，训练越难。', '残差连接解决了这个问题！']],
  ['en', '', []],
])('sentences in %s: "%s"', (lang, text, sentences) => {
  expect(splitSentences(text, lang)).toEqual(sentences);
});

const abstract = [
  'In this paper we present a study of attention.',
  'Attention lets a translation model look at every word of the source sentence at once.',
  'A translation model with attention alone trains in days instead of weeks.',
  'Subscribe to our newsletter to read more about this every week.',
  'Attention lets translation models look at all words of a source sentence at once.',
].join(' ');

it('a summary is two sentences of the text, in their order, that do not say the same', () => {
  expect(summarise(abstract, { lang: 'en' })).toEqual([
    'Attention lets a translation model look at every word of the source sentence at once.',
    'A translation model with attention alone trains in days instead of weeks.',
  ]);
});

it('a text of one sentence has a summary of one, a text without a whole one has none', () => {
  expect(summarise('A model with attention alone trains in days instead of weeks.', { lang: 'en' })).toHaveLength(1);
  expect(summarise('A headline that somebody forgot to end', { lang: 'en' })).toEqual([]);
});

it('every text of the demo week has a summary of whole sentences of its own', () => {
  for (const { text, source } of readDemoItems()) {
    if (source === 'hostile') continue;
    const lang = /\p{Script=Han}/u.test(text) ? 'zh' : 'en';
    const summary = summarise(text, { lang });
    expect(summary.length).toBeGreaterThan(0);
    for (const sentence of summary) {
      expect(sentence.length).toBeLessThanOrEqual(320);
      expect(sentence).toMatch(/[.!?…。！？)"”]$/u);
    }
  }
});
