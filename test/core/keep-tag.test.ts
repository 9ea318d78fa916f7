// What stands between `{% keep %}` and its end is written once a key, and each time without one.
import { Liquid } from 'liquidjs';
import { expect, test } from 'vitest';
import { addKeep } from '../../core/keep-tag.ts';

const liquid = new Liquid({ outputEscape: 'escape' });
addKeep(liquid);
const lines = liquid.parse('{% for one in list %}{% keep one.key %}<li>{{ one.words }}</li>{% endkeep %}{% endfor %}');
const write = (...list: { key: string | null; words: string }[]): string =>
  liquid.renderSync(lines, { list }) as string;

test('the same key gives what was written first, another key another line', () => {
  expect(write({ key: '1 a', words: 'bees' }, { key: '1 b', words: '<b>' })).toBe('<li>bees</li><li>&lt;b&gt;</li>');
  expect(write({ key: '1 b', words: 'not read' }, { key: '2 a', words: 'wasps' })).toBe(
    '<li>&lt;b&gt;</li><li>wasps</li>',
  );
});

test('without a key it is written each time', () => {
  expect([write({ key: null, words: 'bees' }), write({ key: null, words: 'wasps' })]).toEqual([
    '<li>bees</li>',
    '<li>wasps</li>',
  ]);
});

test('a line that is not ended says so when it is read', () => {
  expect(() => liquid.parse('{% keep a %}{{ b }}')).toThrow('without {% endkeep %}');
});
