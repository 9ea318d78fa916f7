// Addresses and identifiers: what is the same must come out the same.
import { describe, expect, test } from 'vitest';
import { canonicalUrl } from '../../../workers/ingest/canonical-url.ts';
import { doiKey, keyOf, mentionsOf } from '../../../workers/ingest/keys.ts';

test.each([
  ['https://www.example.org/post/?utm_source=x&utm_medium=y#top', 'example.org/post'],
  ['http://example.org/post', 'example.org/post'],
  ['https://m.example.org/post/amp/', 'example.org/post'],
  ['https://amp.example.org/post?amp=1', 'example.org/post'],
  ['https://example.org:8080/a//b/index.html?b=2&a=1&fbclid=z', 'example.org:8080/a/b?a=1&b=2'],
  ['https://EXAMPLE.org/CaseMatters', 'example.org/CaseMatters'],
  ['https://example.org/', 'example.org'],
  ['https://example.org/#!/page', 'example.org#!/page'],
  ['mailto:a@b.c', undefined],
  ['nonsense', undefined],
])('canonicalUrl(%s) is %s', (url, want) => {
  expect(canonicalUrl(url)).toBe(want);
});

test.each([
  ['https://arxiv.org/abs/1706.03762v5', 'arxiv:1706.03762'],
  ['http://arxiv.org/pdf/1706.03762.pdf', 'arxiv:1706.03762'],
  ['https://export.arxiv.org/abs/quant-ph/0201082v1', 'arxiv:quant-ph/0201082'],
  ['https://huggingface.co/papers/2005.14165', 'arxiv:2005.14165'],
  ['https://doi.org/10.48550/arXiv.1706.03762', 'arxiv:1706.03762'],
  ['https://dx.doi.org/10.1038/Nature14539', 'doi:10.1038/nature14539'],
  ['https://www.youtube.com/watch?v=kCc8FmEb1nY&t=10s', 'video:kCc8FmEb1nY'],
  ['https://youtu.be/kCc8FmEb1nY?si=x', 'video:kCc8FmEb1nY'],
  ['https://www.youtube.com/shorts/kCc8FmEb1nY', 'video:kCc8FmEb1nY'],
  ['https://github.com/Karpathy/nanoGPT/blob/master/train.py', 'repo:github.com/karpathy/nanogpt'],
  ['https://github.com/karpathy/nanoGPT.git', 'repo:github.com/karpathy/nanogpt'],
  ['https://github.com/features/actions', 'url:github.com/features/actions'],
  ['https://example.org/post?ref=x', 'url:example.org/post'],
  ['javascript:alert(1)', undefined],
])('keyOf(%s) is %s', (url, want) => {
  expect(keyOf(url)).toBe(want);
});

test('a DOI loses the punctuation behind it', () => {
  expect(doiKey('10.1000/ABC).')).toBe('doi:10.1000/abc');
});

describe('mentionsOf', () => {
  test('links, addresses, arXiv numbers and DOIs in text are found once, without what the item is itself', () => {
    const text =
      'See arXiv:1810.04805v2 (https://arxiv.org/abs/1810.04805), doi:10.1/x9y, 10.1234/abc and arXiv: 1706.03762.';
    expect(mentionsOf({ links: ['https://github.com/a/b'], text, keys: ['arxiv:1706.03762'] })).toEqual([
      'repo:github.com/a/b',
      'arxiv:1810.04805',
    ]);
  });

  test('a thousand links are a hundred mentions', () => {
    const links = Array.from({ length: 1000 }, (_, n) => `https://spam.example/${n}`);
    expect(mentionsOf({ links, text: '', keys: [] })).toHaveLength(100);
  });
});
