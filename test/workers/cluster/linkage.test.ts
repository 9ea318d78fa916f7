import { expect, it } from 'vitest';
import { sharedKeys, soleMentions, type Linked } from '../../../workers/cluster/linkage.ts';

const paper: Linked = { keys: ['arxiv:1706.03762'], mentions: [] };
const other: Linked = { keys: ['arxiv:1810.04805'], mentions: [] };
const mentioning = (...mentions: string[]): Linked => ({ keys: ['url:https://blog.example/a'], mentions });

it.each<[string, Linked[], [number, number][]]>([
  ['a paper announced twice', [paper, other, paper], [[0, 2]]],
  ['a paper announced three times', [paper, paper, paper], [[0, 1], [0, 2]]], // prettier-ignore
  ['an arXiv id here and a DOI there, both on a third', [{ keys: ['doi:10.1/x'], mentions: [] }, paper, { keys: ['arxiv:1706.03762', 'doi:10.1/x'], mentions: [] }], [[1, 2], [0, 2]]], // prettier-ignore
  ['two different papers', [paper, other], []],
])('same keys: %s', (_, items, pairs) => {
  expect(sharedKeys(items)).toEqual(pairs);
});

it.each<[string, Linked[], [number, number][]]>([
  ['a post on one paper joins it', [paper, other, mentioning('arxiv:1810.04805')], [[1, 2]]],
  ['a post that came before the paper joins it too', [mentioning('arxiv:1706.03762'), paper], [[0, 1]]],
  ['a survey of two papers joins none', [paper, other, mentioning('arxiv:1706.03762', 'arxiv:1810.04805')], []],
  ['a mention of a thing nobody published joins nothing', [paper, mentioning('arxiv:2001.00001')], []],
  ['a web page is no thing to be about', [{ keys: ['url:https://x.example/'], mentions: [] }, mentioning('url:https://x.example/')], []], // prettier-ignore
  ['a paper and the web pages around it are one mention', [paper, mentioning('arxiv:1706.03762', 'url:https://x.example/')], [[0, 1]]], // prettier-ignore
  [
    'an item that names itself is not linked',
    [{ keys: ['repo:github.com/a/b'], mentions: ['repo:github.com/a/b'] }],
    [],
  ],
])('sole mentions: %s', (_, items, pairs) => {
  expect(soleMentions(items)).toEqual(pairs);
});

it('what one source gives to several of its items joins nothing, by itself or by a mention', () => {
  const tool: Linked = { keys: ['repo:github.com/a/b'], mentions: [] };
  const nameless = new Set(['repo:github.com/a/b']);
  expect(sharedKeys([tool, paper, tool, paper], nameless)).toEqual([[1, 3]]);
  expect(soleMentions([tool, mentioning('repo:github.com/a/b')], nameless)).toEqual([]);
});
