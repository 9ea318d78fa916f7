// Addresses and identifiers: what is the same must come out the same.
import { describe, expect, test } from 'vitest';
import { canonicalUrl } from '../../../core/addresses/canonical-url.ts';
import { doiKey, keyOf, mentionedKeyOf, mentionsOf, wholeKeyOf } from '../../../core/addresses/keys.ts';

test.each([
  ['https://www.example.org/post/?utm_source=x&utm_medium=y#top', 'example.org/post'],
  ['http://example.org/post', 'example.org/post'],
  ['https://m.example.org/post/amp/', 'example.org/post'],
  ['https://amp.example.org/post?amp=1', 'example.org/post'],
  ['https://example.org:8080/a//b/index.html?b=2&a=1&fbclid=z', 'example.org:8080/a/b?a=1&b=2'],
  ['https://EXAMPLE.org/CaseMatters', 'example.org/CaseMatters'],
  ['https://example.org/', 'example.org'],
  ['https://example.org/#!/page', 'example.org#!/page'],
  ['https://example.org/amp/2026/post', 'example.org/2026/post'],
  ['https://example.org/2026/post.amp.html', 'example.org/2026/post.html'],
  ['https://www.google.com/amp/s/example.org/post/', 'example.org/post'],
  ['https://example-org.cdn.ampproject.org/c/s/www.example.org/post', 'example.org/post'],
  ['https://www.google.com/url?q=https://example.org/post&sa=D', 'example.org/post'],
  ['https://web.archive.org/web/20260101000000/https://example.org/post', 'example.org/post'],
  ['https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fpost%3Ffbclid%3Dx', 'example.org/post'],
  ['https://www.google.com/url?q=javascript:alert(1)', 'google.com/url?q=javascript%3Aalert(1)'],
  ['https://en.m.wikipedia.org/wiki/X', 'en.wikipedia.org/wiki/X'],
  ['https://a.m.co/x', 'a.m.co/x'],
  ['https://example.org/post?m=1&WT.mc_id=2&at_medium=x&_ga=1&id=7', 'example.org/post?id=7'],
  ['https://example.org/post?m=2', 'example.org/post?m=2'],
  ['https://example.org/%70ost/%c3%a9', 'example.org/post/%C3%A9'],
  ['https://example.org./post', 'example.org/post'],
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
  ['https://hf.co/papers/1706.03762', 'arxiv:1706.03762'],
  ['https://www.alphaxiv.org/overview/1706.03762v7', 'arxiv:1706.03762'],
  ['https://arxiv.org/html/1706.03762v7#S3', 'arxiv:1706.03762'],
  ['https://arxiv.org/e-print/1706.03762', 'arxiv:1706.03762'],
  ['https://browse.arxiv.org/pdf/1706.03762.pdf', 'arxiv:1706.03762'],
  ['https://www.semanticscholar.org/arxiv/1706.03762', 'arxiv:1706.03762'],
  ['https://doi.org/10.48550/arXiv.1706.03762', 'arxiv:1706.03762'],
  ['https://doi.org/doi:10.1145/3292500.3330701', 'doi:10.1145/3292500.3330701'],
  ['https://dl.acm.org/doi/pdf/10.1145/3292500.3330701?x=1', 'doi:10.1145/3292500.3330701'],
  ['https://nph.onlinelibrary.wiley.com/doi/full/10.1111/nph.20001', 'doi:10.1111/nph.20001'],
  ['https://bmcbiol.biomedcentral.com/articles/10.1186/s12915-026-00001-1', 'doi:10.1186/s12915-026-00001-1'],
  ['https://papers.example/doi/10.1111/nph.20001', 'url:papers.example/doi/10.1111/nph.20001'],
  ['https://link.springer.com/content/pdf/10.1007/s11263-026-1.pdf', 'doi:10.1007/s11263-026-1'],
  ['https://www.biorxiv.org/content/10.1101/2026.01.02.123456v2.full', 'doi:10.1101/2026.01.02.123456'],
  ['https://mobile.de/cups', 'url:mobile.de/cups'],
  ['https://www.amp.dev/cups', 'url:amp.dev/cups'],
  ['https://m.cups.example/1', 'url:cups.example/1'],
  ['https://www.nature.com/articles/nature14539.pdf', 'doi:10.1038/nature14539'],
  ['https://www.nature.com/articles/nature14539?error=cookies', 'doi:10.1038/nature14539'],
  ['http://biorxiv.org/cgi/content/short/2026.01.02.123456v1?rss=1', 'doi:10.1101/2026.01.02.123456'],
  [
    'https://www.biorxiv.org/content/biorxiv/early/2026/01/02/2026.01.02.123456.full.pdf',
    'doi:10.1101/2026.01.02.123456',
  ],
  ['https://www.medrxiv.org/content/10.1101/2026.01.02.12345678v2.full-text', 'doi:10.1101/2026.01.02.12345678'],
  ['https://www.medrxiv.org/content/10.1101/2026.01.02.12345678v1.short?rss=1', 'doi:10.1101/2026.01.02.12345678'],
  ['https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0300001', 'doi:10.1371/journal.pone.0300001'],
  ['https://www.frontiersin.org/articles/10.3389/fnins.2026.1400001/full', 'doi:10.3389/fnins.2026.1400001'],
  ['https://iopscience.iop.org/article/10.1088/1361-6471/ad1234/meta', 'doi:10.1088/1361-6471/ad1234'],
  ['https://journals.aps.org/prl/abstract/10.1103/PhysRevLett.133.010001', 'doi:10.1103/physrevlett.133.010001'],
  ['https://academic.oup.com/bib/article-abstract/doi/10.1093/bib/bbae001/7500001?rss=1', 'doi:10.1093/bib/bbae001'],
  ['https://ui.adsabs.harvard.edu/abs/2026arXiv260112345R/abstract', 'arxiv:2601.12345'],
  [
    'https://pubmed.ncbi.nlm.nih.gov/39571576/?utm_medium=rss&ff=20261121110532&v=2.18',
    'url:pubmed.ncbi.nlm.nih.gov/39571576',
  ],
  ['https://www.ncbi.nlm.nih.gov/pubmed/39571576', 'url:pubmed.ncbi.nlm.nih.gov/39571576'],
  ['https://old.reddit.com/r/tea/comments/abc/cups/', 'url:reddit.com/r/tea/comments/abc/cups'],
  ['https://twitter.com/ada/status/123?s=20&t=abc', 'url:x.com/ada/status/123'],
  ['https://openreview.net/forum?referrer=x&id=A1-b&noteId=C2', 'url:openreview.net/forum?id=A1-b'],
  ['https://openreview.net/pdf?id=abc', 'url:openreview.net/forum?id=abc'],
  ['https://www.aclweb.org/anthology/2024.acl-long.1/', 'url:aclanthology.org/2024.acl-long.1'],
  ['https://aclanthology.org/2024.acl-long.1.pdf', 'url:aclanthology.org/2024.acl-long.1'],
  ['https://dx.doi.org/10.1038/Nature14539', 'doi:10.1038/nature14539'],
  ['https://www.youtube.com/watch?v=kCc8FmEb1nY&t=10s', 'video:kCc8FmEb1nY'],
  ['https://youtu.be/kCc8FmEb1nY?si=x', 'video:kCc8FmEb1nY'],
  ['https://www.youtube.com/shorts/kCc8FmEb1nY', 'video:kCc8FmEb1nY'],
  ['https://github.com/Karpathy/nanoGPT/blob/master/train.py', 'repo:github.com/karpathy/nanogpt'],
  ['https://github.com/karpathy/nanoGPT.git', 'repo:github.com/karpathy/nanogpt'],
  ['https://www.youtube.com/live/kCc8FmEb1nY?feature=share', 'video:kCc8FmEb1nY'],
  ['https://www.youtube-nocookie.com/embed/kCc8FmEb1nY?rel=0', 'video:kCc8FmEb1nY'],
  ['https://music.youtube.com/watch?list=PL1&v=kCc8FmEb1nY', 'video:kCc8FmEb1nY'],
  ['https://www.youtube.com/watch?v=kCc8FmEb1nYtoolong', 'url:youtube.com/watch?v=kCc8FmEb1nYtoolong'],
  ['git@github.com:karpathy/nanoGPT.git', 'repo:github.com/karpathy/nanogpt'],
  ['git://github.com/karpathy/nanoGPT.git', 'repo:github.com/karpathy/nanogpt'],
  ['https://raw.githubusercontent.com/karpathy/nanoGPT/master/README.md', 'repo:github.com/karpathy/nanogpt'],
  ['https://hf.co/datasets/allenai/c4', 'repo:huggingface.co/datasets/allenai/c4'],
  ['https://huggingface.co/blog/rlhf', 'url:huggingface.co/blog/rlhf'],
  ['https://github.com/features/actions', 'url:github.com/features/actions'],
  ['https://example.org/post?ref=x', 'url:example.org/post'],
  ['https://github.com/a/B/releases/tag/v1.2', 'repo:github.com/a/b'],
  ['https://github.com/A/b/issues/7#issuecomment-1', 'url:github.com/a/b/issues/7'],
  ['https://github.com/a/b/pull/7/files', 'url:github.com/a/b/pull/7'],
  ['https://api.github.com/repos/a/b/pulls/7', 'url:github.com/a/b/pull/7'],
  ['https://github.com/a/b/discussions/7', 'url:github.com/a/b/discussions/7'],
  ['https://github.com/a/b/security/advisories/GHSA-1', 'url:github.com/a/b/security/advisories/GHSA-1'],
  ['https://github.com/a/b/issues', 'repo:github.com/a/b'],
  ['https://huggingface.co/a/b/discussions/3', 'url:huggingface.co/a/b/discussions/3'],
  ['https://huggingface.co/datasets/a/b/blob/main/x.csv', 'repo:huggingface.co/datasets/a/b'],
  ['https://gitlab.com/town/apps/bus', 'repo:gitlab.com/town/apps/bus'],
  ['https://gitlab.com/town/apps/tram/-/tree/main/src', 'repo:gitlab.com/town/apps/tram'],
  ['https://gitlab.com/town/apps/bus/-/issues/4#note_1', 'url:gitlab.com/town/apps/bus/issues/4'],
  ['https://gitlab.com/town/bus/merge_requests/4', 'url:gitlab.com/town/bus/merge_requests/4'],
  ['https://git.town.example/apps/bus/-/merge_requests/4/diffs', 'url:git.town.example/apps/bus/merge_requests/4'],
  ['https://gitlab.town.example/a/b/c', 'repo:gitlab.town.example/a/b/c'],
  ['https://codeberg.org/a/B/pulls/4/files', 'url:codeberg.org/a/b/pulls/4'],
  ['https://codeberg.org/a/b/src/branch/main/x', 'repo:codeberg.org/a/b'],
  ['https://bitbucket.org/a/b/pull-requests/4/x', 'url:bitbucket.org/a/b/pull-requests/4'],
  ['https://notes.example/a/-/b', 'url:notes.example/a/-/b'],
  ['javascript:alert(1)', undefined],
])('keyOf(%s) is %s', (url, want) => {
  expect(keyOf(url)).toBe(want);
});

test.each([
  ['https://docs.example/notes#disks', 'url:docs.example/notes#disks'],
  ['https://s.example/s?post_id=1&utm_source=x', 'url:s.example/s?post_id=1'],
  ['https://github.com/a/b/issues/7#issuecomment-1', 'url:github.com/a/b/issues/7#issuecomment-1'],
  ['https://docs.example/notes#:~:text=disks', 'url:docs.example/notes'],
  ['https://arxiv.org/html/1706.03762v7#S3', 'arxiv:1706.03762'],
])('wholeKeyOf(%s) is %s', (url, want) => {
  expect(wholeKeyOf(url)).toBe(want);
});

test.each([
  ['a collection of papers', 'https://papers.example/doi/10.1145/3292500.3330701'],
  ['another page of it about the same', 'https://papers.example/doi/full/10.1145/3292500.3330701?tab=comments'],
  ['a name that begins as a publisher’s', 'https://dl.acm.org.papers.example/doi/10.1145/3292500.3330701'],
  ['a name that ends as one', 'https://notdoi.org/doi/10.1145/3292500.3330701'],
  ['a publisher’s name in the path', 'https://papers.example/acm/doi/10.1145/3292500.3330701'],
])('the page of %s is not the paper whose DOI its address has, but speaks of it', (_what, url) => {
  expect(keyOf(url)).toMatch(/^url:/);
  expect(wholeKeyOf(url)).toMatch(/^url:/);
  expect(mentionedKeyOf(url)).toBe('doi:10.1145/3292500.3330701');
  expect(mentionsOf({ links: [url], text: `See ${url}.`, keys: [] })).toEqual(['doi:10.1145/3292500.3330701']);
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

  test('well-known hosts need no scheme, and numbers no colon', () => {
    const text =
      'Code: github.com/a/b, talk at www.youtube.com/watch?v=kCc8FmEb1nY. See arXiv 1810.04805 and DOI 10.1145/3292500.3330701; not notgithub.com/c/d or me@github.com/e/f.';
    expect(mentionsOf({ links: [], text, keys: [] })).toEqual([
      'repo:github.com/a/b',
      'video:kCc8FmEb1nY',
      'arxiv:1810.04805',
      'doi:10.1145/3292500.3330701',
    ]);
  });

  test('a thousand links are a hundred mentions', () => {
    const links = Array.from({ length: 1000 }, (_, n) => `https://spam.example/${n}`);
    expect(mentionsOf({ links, text: '', keys: [] })).toHaveLength(100);
  });
});
