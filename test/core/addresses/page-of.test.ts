// Which links lead to the same page, and what a story lists beside its headline.
import { expect, test } from 'vitest';
import { otherPages, pageOf } from '../../../core/addresses/page-of.ts';

test.each([
  ['the lists of arXiv and its forms', ['https://arxiv.org/abs/2601.16034', 'http://arxiv.org/pdf/2601.16034v2', 'https://www.arxiv.org/html/2601.16034v1#S2'], 1], // prettier-ignore
  ['a campaign, a fragment, a slash', ['https://a.example/x/?utm_source=feed', 'http://www.a.example/x#top', 'https://a.example/x?ref=b'], 1], // prettier-ignore
  ['two parameters in another order', ['https://a.example/?b=2&a=1', 'https://a.example/?a=1&b=2'], 1],
  ['two videos', ['https://www.youtube.com/watch?v=aaaaaaaaaaa', 'https://www.youtube.com/watch?v=bbbbbbbbbbb'], 2],
  ['a page about a paper', ['https://arxiv.org/abs/2601.16034', 'https://huggingface.co/papers/2601.16034'], 2],
  ['an old number', ['https://arxiv.org/abs/hep-th/9901001', 'https://arxiv.org/pdf/hep-th/9901001v3'], 1],
  ['what is no address', ['not an address', 'another'], 2],
])('%s', (_what, urls, pages) => {
  expect(new Set(urls.map(pageOf)).size).toBe(pages);
});

test('what a story lists beside its headline leads elsewhere, each page once', () => {
  const [paper, twin, post, postAgain] = ['https://arxiv.org/abs/1706.03762', 'https://arxiv.org/abs/1706.03762v7', 'https://b.example/p', 'https://b.example/p?utm_medium=rss'].map((url) => ({ url })) as [{ url: string }, { url: string }, { url: string }, { url: string }]; // prettier-ignore
  expect(otherPages(paper, [twin, post, postAgain])).toEqual([post]);
});
