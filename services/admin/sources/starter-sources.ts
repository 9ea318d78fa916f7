// What a new installation may start with: two lists of arXiv, ten blogs, four channels.
import type { NewSource } from '../../../core/store/sources.ts';

export interface StarterSource extends NewSource {
  /** Names it in the form of the first-run page. */
  key: string;
}

const arxiv = (list: string, title: string): StarterSource => ({
  key: list,
  kind: 'arxiv',
  title: `arXiv ${list}: ${title}`,
  url: `https://rss.arxiv.org/rss/${list}`,
  homeUrl: `https://arxiv.org/list/${list}/recent`,
});

const blog = (key: string, title: string, addresses: { home: string; feed: string }): StarterSource => ({
  key,
  kind: 'feed',
  title,
  url: addresses.feed,
  homeUrl: addresses.home,
});

const youtube = (key: string, title: string, channelId: string): StarterSource => ({
  key,
  kind: 'youtube',
  title,
  url: `https://www.youtube.com/feeds/videos.xml?channel_id=${channelId}`,
  homeUrl: `https://www.youtube.com/channel/${channelId}`,
});

export const starterSources: readonly StarterSource[] = [
  arxiv('cs.CL', 'Computation and Language'),
  arxiv('cs.LG', 'Machine Learning'),
  blog('lilian-weng', "Lil'Log", {
    home: 'https://lilianweng.github.io/',
    feed: 'https://lilianweng.github.io/index.xml',
  }),
  blog('raschka', 'Ahead of AI', {
    home: 'https://magazine.sebastianraschka.com/',
    feed: 'https://magazine.sebastianraschka.com/feed',
  }),
  blog('interconnects', 'Interconnects', {
    home: 'https://www.interconnects.ai/',
    feed: 'https://www.interconnects.ai/feed',
  }),
  blog('willison', "Simon Willison's Weblog", {
    home: 'https://simonwillison.net/',
    feed: 'https://simonwillison.net/atom/everything/',
  }),
  blog('hugging-face', 'Hugging Face Blog', {
    home: 'https://huggingface.co/blog',
    feed: 'https://huggingface.co/blog/feed.xml',
  }),
  blog('bair', 'Berkeley AI Research', {
    home: 'https://bair.berkeley.edu/blog/',
    feed: 'https://bair.berkeley.edu/blog/feed.xml',
  }),
  blog('google-research', 'Google Research', {
    home: 'https://research.google/blog/',
    feed: 'https://research.google/blog/rss/',
  }),
  blog('gradient', 'The Gradient', { home: 'https://thegradient.pub/', feed: 'https://thegradient.pub/rss/' }),
  blog('alammar', 'Jay Alammar', { home: 'https://jalammar.github.io/', feed: 'https://jalammar.github.io/feed.xml' }),
  blog('huyen', 'Chip Huyen', { home: 'https://huyenchip.com/blog/', feed: 'https://huyenchip.com/feed.xml' }),
  youtube('karpathy', 'Andrej Karpathy', 'UCXUPKJO5MZQN11PqgIvyuvQ'),
  youtube('kilcher', 'Yannic Kilcher', 'UCZHmQk67mSJgfCCTn7xBfew'),
  youtube('two-minute-papers', 'Two Minute Papers', 'UCbfYPyITQ-7l4upoX8nvctg'),
  youtube('3blue1brown', '3Blue1Brown', 'UCYO_jab_esuFRV4b17AJtAw'),
];
