// What is typed behind `courant ingest` and is no address is refused with words about what was typed.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { nameSources } from '../../../services/cli/named-sources.ts';
import { temporaryDirectory } from './courant.ts';

test.each([['cs.XX.YY', 'a list has one dot']])('%s', async (word, why) => {
  await expect(nameSources([word], undefined)).rejects.toThrow(why);
});

test.each(['/tmp/there/is/none.md', './none', '../none.xml', '~/none.opml', 'none.md', 'none.yaml', 'feeds/none.opml'])(
  'that there is no file %s',
  async (word) => {
    for (const kind of [undefined, 'deadlines'])
      await expect(nameSources([word], kind)).rejects.toThrow(`There is no file ${word}`);
  },
);

test('a list of deadlines on disk is read where it is said to be one, and the refusal says how', async () => {
  const file = join(temporaryDirectory(), 'conferences.yaml');
  writeFileSync(file, '- title: ICLR\n  year: 2027\n');
  const { sources } = await nameSources([file], 'deadlines');
  expect(sources).toEqual([{ kind: 'deadlines', title: 'conferences.yaml', url: pathToFileURL(file).href }]);
  await expect(nameSources([file], undefined)).rejects.toThrow('--kind deadlines');
});

test.each([
  'example.org/feed.xml',
  '//a.example:8080/rss',
  'www.example.org/a/b.json',
  'https://point.md',
  'feed:https://a.example/x.xml',
  '@somebody',
  'cs.CL',
  'math.AG+cs.LG',
  'https://www.youtube.com/@somebody',
  'youtube.com/@somebody',
])('%s is an address', async (word) => {
  expect((await nameSources([word], undefined)).sources).toHaveLength(1);
});
