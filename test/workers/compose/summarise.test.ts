import { describe, expect, it } from 'vitest';
import { texToText } from '../../../core/tex/tex-to-text.ts';
import { splitSentences } from '../../../core/text/split-sentences.ts';
import type { SourceText } from '../../../core/text/quote-sentences.ts';
import { summarise } from '../../../workers/compose/summarise.ts';
import { readDemoItems } from '../demo-items.ts';

const own = (text: string): SourceText[] => [{ segment: 0, text }];

describe('sentences', () => {
  it.each([
    ['en', 'Dr. Smith compares A vs. B, e.g. on GLUE. It works, says Fig. 3! Unfinished busin', ['Dr. Smith compares A vs. B, e.g. on GLUE.', 'It works, says Fig. 3!']], // prettier-ignore
    ['en', 'It costs  $f(x). g(x)$ at most. It\tdoes.', ['It costs  $f(x). g(x)$ at most.', 'It\tdoes.']],
    ['en', 'See https://x.example/a.b for it. Then www.y.example says more.', ['See https://x.example/a.b for it.', 'Then www.y.example says more.']], // prettier-ignore
    ['zh', '网络越深，训练越难。残差连接解决了这个问题！', ['网络越深，训练越难。', '残差连接解决了这个问题！']],
    ['en', '', []],
  ])('in %s: "%s"', (lang, text, sentences) => {
    expect(splitSentences(text, lang).map(({ start, end }) => text.slice(start, end))).toEqual(sentences);
  });
});

const abstract = [
  'In this paper we present a study of attention.',
  'Attention lets a translation model look at every word of the source sentence at once, which no earlier network could do.',
  'A translation model with attention alone trains in days instead of weeks and needs neither recurrence nor convolution.',
  'Subscribe to our newsletter to read more about this every week.',
  'Attention lets translation models look at all words of a source sentence at once, which no earlier network could do.',
].join(' ');

it('a summary is two sentences of the text, in their order, that do not say the same', () => {
  expect(summarise(own(abstract), { lang: 'en' }).map(({ text }) => text)).toEqual([
    'Attention lets a translation model look at every word of the source sentence at once, which no earlier network could do.',
    'A translation model with attention alone trains in days instead of weeks and needs neither recurrence nor convolution.',
  ]);
});

it('where two sentences are short there is room for a third', () => {
  const text = 'Whisper writes down speech in many languages. It was trained on 680,000 hours of audio. Noise costs it little accuracy on speech.'; // prettier-ignore
  expect(summarise(own(text), { lang: 'en' })).toHaveLength(3);
});

it('a text of one sentence has a summary of one, a text without a whole one has none', () => {
  expect(summarise(own('A model with attention alone trains in days instead of weeks.'), { lang: 'en' })).toHaveLength(
    1,
  );
  expect(summarise(own('A headline that somebody forgot to end'), { lang: 'en' })).toEqual([]);
});

it('of a transcript it takes at most one sentence a segment, with the second at which that begins', () => {
  const said = [
    { segment: 1, startS: 0, text: 'Okay so welcome everybody to this lecture on attention. Attention compares every word of a sentence with every other word.' }, // prettier-ignore
    { segment: 2, startS: 760, text: 'Positional encodings tell the attention layer where in the sentence a word stands. Attention without them sees a bag of words only.' }, // prettier-ignore
  ];
  const found = summarise(said, { lang: 'en' });
  expect(found.map(({ segment, startS }) => [segment, startS])).toEqual([[1, 0], [2, 760]]); // prettier-ignore
  expect(found[0]!.text).toBe('Attention compares every word of a sentence with every other word.');
});

it('every text of the demo week has a summary of whole sentences, each found at its place', () => {
  for (const { text, source, segments } of readDemoItems()) {
    if (source === 'hostile') continue;
    const lang = /\p{Script=Han}/u.test(text) ? 'zh' : 'en';
    const texts = [{ segment: 0, text }, ...segments.map((said, at) => ({ segment: at + 1, text: said, startS: at }))];
    const summary = summarise(texts, { lang });
    expect(summary.length).toBeGreaterThan(0);
    expect(summary.length).toBeLessThanOrEqual(3);
    for (const sentence of summary) {
      const place = texts[sentence.segment]!.text.slice(sentence.start, sentence.end);
      expect(sentence.quote).toBe(place);
      expect(sentence.text).toBe(texToText(place).replace(/\s+/g, ' '));
      expect(sentence.text.length).toBeLessThanOrEqual(320);
      expect(sentence.text).toMatch(/[.!?…。！？)"”]$/u);
    }
  }
});
