// What is typed behind `courant ingest` and is no address is refused with words about what was typed.
import { expect, test } from 'vitest';
import { nameSources } from '../../../services/cli/named-sources.ts';

test.each([['cs.XX.YY', 'a list has one dot']])('%s', async (word, why) => {
  await expect(nameSources([word], undefined)).rejects.toThrow(why);
});

test.each(['@somebody', 'cs.CL', 'math.AG+cs.LG', 'https://www.youtube.com/@somebody', 'youtube.com/@somebody'])(
  '%s is an address',
  async (word) => {
    expect((await nameSources([word], undefined)).sources).toHaveLength(1);
  },
);
