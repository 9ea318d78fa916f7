// What curators type for a source.
import { expect, test } from 'vitest';
import { sourceAddress, type DeskSourceKind } from '../../../services/admin/source-address.ts';

const channel = 'UCZHmQk67mSJgfCCTn7xBfew';
const cases: [DeskSourceKind, string, string | undefined][] = [
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
  ['feed', 'ftp://host.example/', undefined],
];

test.each(cases)('%s "%s" is read at %s', (kind, typed, address) => {
  expect(sourceAddress(kind, typed)).toBe(address);
});
