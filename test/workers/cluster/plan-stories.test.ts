// Which of a story's items speaks for it.
import { expect, it } from 'vitest';
import type { WindowItem } from '../../../core/store/stories.ts';
import { planStories } from '../../../workers/cluster/plan-stories.ts';

const now = new Date('2026-11-27T06:00:00Z');
const text = 'What it says fills more than a line of its own, and then some.';

function headlineOf(...given: Partial<WindowItem>[]): number {
  const seen = given.map((item, at): WindowItem => ({ id: at + 1, sourceId: at + 1, kind: 'post', keys: [], mentions: [], title: 'Stairs', text, publishedAt: new Date(now.getTime() - (9 - at) * 3_600_000), isBackground: false, storyId: null, why: null, promised: false, settled: false, ...item })); // prettier-ignore
  const found = [seen.map((_, item) => ({ item, why: 'near' as const }))];
  return planStories({ seen, found, before: [], now })[0]!.headlineItemId;
}

it.each<[string, Partial<WindowItem>[], number]>([
  ['the first post', [{}, {}], 1],
  ['a post that says something before a link to it', [{ text: '' }, {}], 2],
  ['or before one that says nothing of its own', [{ text: 'Congrats!' }, {}], 2],
  ['the first where none says anything', [{ text: '' }, { text: '' }], 1],
  ['a paper, whatever there is of it', [{}, { kind: 'paper', text: '' }], 2],
  ['a link to a post before a talk', [{ kind: 'video' }, { text: '' }], 2],
])('%s', (_what, items, headline) => expect(headlineOf(...items)).toBe(headline));
