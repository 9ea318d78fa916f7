// What becomes of topics that nothing names.
import { describe, expect, it } from 'vitest';
import { normalise } from '../../../core/math/vectors.ts';
import { gatherNameless } from '../../../workers/cluster/gather-nameless.ts';
import { topicNamer } from '../../../workers/cluster/topic-name.ts';

/** Stories of a title each, on an axis each; a text says nothing. */
function gather(parts: { titles: string[]; degrees: number }[][], most = 20) {
  const given = parts.flat().flatMap(({ titles, degrees }) => titles.map((title) => ({ title, text: '', degrees })));
  const at = ({ degrees }: { degrees: number }) => (degrees * Math.PI) / 180;
  const vectors = given.map((one) => normalise(Float32Array.of(Math.cos(at(one)), Math.sin(at(one)))));
  let next = 0;
  const nested = parts.map((broad) => broad.map(({ titles }) => titles.map(() => next++)));
  const topics = gatherNameless(nested, { namer: topicNamer(given), vectors, most });
  return topics.map(({ numbers }) => numbers.map((number) => given[number]!.title));
}

const bees = Array.from({ length: 8 }, (_, at) => `Bee colonies of ${'qwrtzpsd'[at]!}${at}`);
const castles = Array.from({ length: 8 }, (_, at) => `Medieval castles in ${'qwrtzpsd'[at]!}${at}`);
const breads = Array.from({ length: 16 }, (_, at) => `Sourdough bread from ${'qwrtzpsdfghjklxc'[at]!}${at}`);

describe('a topic that nothing names', () => {
  it('is part of the topic beside it where both would have one name', () => {
    const more = bees.map((title) => `${title} again`);
    const rest = [[{ titles: castles, degrees: 90 }], [{ titles: breads, degrees: 140 }]];
    const beside = [
      { titles: bees, degrees: 0 },
      { titles: more, degrees: 10 },
    ];
    expect(gather([beside, ...rest])).toEqual([[...bees, ...more], castles, breads]);
    // There is no room for both, and the others are farther from the mean than any that is in it.
    expect(gather([beside, ...rest], 12).map((titles) => titles.length)).toEqual([8, 8, 16]);
  });

  it('is none where its stories would make another no better told, and theirs are in none unless they are near', () => {
    const odd = { titles: ['Rain', 'Opera', 'Tax', 'Football', 'Chess', 'Ships', 'Cheese', 'Moss'], degrees: 50 };
    expect(gather([[{ titles: bees, degrees: 0 }, odd], [{ titles: castles, degrees: 90 }]])).toEqual([bees, castles]);
  });

  it('leaves each of its stories to the topic that it is as near to as those that are in it', () => {
    const odd = [
      { titles: ['Rain', 'Opera'], degrees: 0 },
      { titles: ['Moss', 'Chess'], degrees: 45 },
    ];
    const found = gather([[{ titles: bees, degrees: 0 }], [{ titles: castles, degrees: 90 }], odd]);
    expect(found).toEqual([[...bees, 'Rain', 'Opera'], castles]);
  });
});
