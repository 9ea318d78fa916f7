// What people type for a source.
import { expect, test } from 'vitest';
import { recogniseSource, sourceAddress } from '../../../core/addresses/source-address.ts';
import { webKinds, type SourceKind } from '../../../core/source-kinds.ts';

const channel = 'UCZHmQk67mSJgfCCTn7xBfew';
const cases: [SourceKind, string, string | undefined][] = [
  ['arxiv', 'cs.CL', 'https://rss.arxiv.org/rss/cs.CL'],
  ['arxiv', ' cs.CL+stat.ML ', 'https://rss.arxiv.org/rss/cs.CL+stat.ML'],
  ['arxiv', 'https://rss.arxiv.org/rss/cs.LG', 'https://rss.arxiv.org/rss/cs.LG'],
  ['arxiv', '1706.03762', 'https://export.arxiv.org/api/query?id_list=1706.03762&max_results=1'],
  [
    'arxiv',
    '1706.03762v5, quant-ph/0201082',
    'https://export.arxiv.org/api/query?id_list=1706.03762v5,quant-ph/0201082&max_results=2',
  ],
  ['youtube', channel, `https://www.youtube.com/feeds/videos.xml?channel_id=${channel}`],
  [
    'youtube',
    `https://www.youtube.com/channel/${channel}/videos`,
    `https://www.youtube.com/feeds/videos.xml?channel_id=${channel}`,
  ],
  [
    'youtube',
    'https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=PLrAXtmErZgOeiKm4sgNOknGvNjby9efdf&index=2',
    'https://www.youtube.com/feeds/videos.xml?playlist_id=PLrAXtmErZgOeiKm4sgNOknGvNjby9efdf',
  ],
  ['feed', 'http://blog.example/feed', 'http://blog.example/feed'],
  ['feed', 'cs.CL', undefined],
  ['feed', 'physics.optics', undefined],
  ['feed', '1706.03762', undefined],
  ['feed', 'www.youtube.com/@somebody', 'https://www.youtube.com/@somebody'],
  ['folder', 'https://a.example/', undefined],
  ['feed', 'ftp://host.example/', undefined],
];

test.each(cases)('%s "%s" is read at %s', (kind, typed, address) => {
  expect(sourceAddress(kind, typed)).toBe(address);
});

const told: [string, SourceKind, string][] = [
  ['cs.CL', 'arxiv', 'https://rss.arxiv.org/rss/cs.CL'],
  ['stat.ML+physics.soc-ph', 'arxiv', 'https://rss.arxiv.org/rss/stat.ML+physics.soc-ph'],
  ['cond-mat.soft', 'arxiv', 'https://rss.arxiv.org/rss/cond-mat.soft'],
  ['http://export.arxiv.org/rss/cs.LG/', 'arxiv', 'https://rss.arxiv.org/rss/cs.LG'],
  ['https://arxiv.org/list/cs.LG/recent', 'arxiv', 'https://rss.arxiv.org/rss/cs.LG'],
  [
    'https://arxiv.org/abs/1706.03762v5',
    'arxiv',
    'https://export.arxiv.org/api/query?id_list=1706.03762v5&max_results=1',
  ],
  ['hep-th/9901001', 'arxiv', 'https://export.arxiv.org/api/query?id_list=hep-th/9901001&max_results=1'],
  [
    'https://export.arxiv.org/api/query?id_list=1706.03762&max_results=1',
    'arxiv',
    'https://export.arxiv.org/api/query?id_list=1706.03762&max_results=1',
  ],
  [channel, 'youtube', `https://www.youtube.com/feeds/videos.xml?channel_id=${channel}`],
  [`m.youtube.com/channel/${channel}`, 'youtube', `https://www.youtube.com/feeds/videos.xml?channel_id=${channel}`],
  ['https://www.youtube.com/@somebody', 'youtube', 'https://www.youtube.com/@somebody'],
  ['@some.body-3', 'youtube', 'https://www.youtube.com/@some.body-3'],
  ['cs.example.org', 'feed', 'https://cs.example.org/'],
  ['physics.org/feed', 'feed', 'https://physics.org/feed'],
  ['feed:http://a.example/rss', 'feed', 'http://a.example/rss'],
  ['https://blog.example/arxiv.org/rss/cs.CL', 'feed', 'https://blog.example/arxiv.org/rss/cs.CL'],
  ['https://notyoutube.com/feed', 'feed', 'https://notyoutube.com/feed'],
];

test.each(told)('"%s" is of the kind %s, read at %s', (typed, kind, url) => {
  expect(recogniseSource(typed)).toEqual({ kind, url });
});

test.each([
  '',
  'words',
  'cs.XX.YY',
  '@me',
  'ftp://host.example/',
  'https://name:pass@host.example/',
  'file:///etc/passwd',
])('"%s" is no source', (typed) => {
  expect(recogniseSource(typed)).toBeUndefined();
});

// A list that is written holds addresses: what is read back must be the source that was there.
test.each(webKinds)('what the kind %s reads at an address it reads there again', (kind) => {
  const addresses = told.filter(([, one]) => one === kind).map(([, , url]) => url);
  expect(addresses.map((url) => sourceAddress(kind, url))).toEqual(addresses);
});
