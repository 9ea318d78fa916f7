import { describe, expect, it } from 'vitest';
import { isBetweenPapers } from '../../../workers/cluster/between-papers.ts';
import { cohesionBy } from '../../../workers/cluster/cohesion.ts';
import { withoutFaint } from '../../../workers/cluster/faint-pairs.ts';

/** Likeness of numbered items from a table of pairs; 0 where none is given. */
function likenessFrom(pairs: Record<string, number>): (a: number, b: number) => number {
  return (a, b) => pairs[`${Math.min(a, b)}-${Math.max(a, b)}`] ?? 0;
}

describe('two groups cohere', () => {
  it('by the mean over all pairs, not by one near pair', () => {
    const cohere = cohesionBy(likenessFrom({ '0-2': 1.1, '0-1': 1, '2-3': 1 }));
    expect(cohere([0], [2])).toBe(true);
    expect(cohere([0, 1], [2, 3])).toBe(false);
  });

  it('when they are nearly as near as each is within', () => {
    const between = { '0-2': 0.8, '0-3': 0.8, '1-2': 0.8, '1-3': 0.8 };
    expect(cohesionBy(likenessFrom({ ...between, '0-1': 1.2, '2-3': 1.2 }))([0, 1], [2, 3])).toBe(true);
    expect(cohesionBy(likenessFrom({ ...between, '0-1': 2, '2-3': 2 }))([0, 1], [2, 3])).toBe(false);
  });

  it('by what a group has become, when it has grown', () => {
    const cohere = cohesionBy(likenessFrom({ '0-1': 1.1, '0-2': 2, '1-2': 2, '0-3': 0.7, '1-3': 0.7, '2-3': 0.7 }));
    const group = [0, 1];
    expect(cohere(group, [3])).toBe(true);
    group.push(2);
    expect(cohere(group, [3])).toBe(false);
  });
});

describe('a faint pair', () => {
  it('goes when both items have a far nearer one, and stays when one has not', () => {
    const own = [
      { a: 0, b: 1, likeness: 0.6 },
      { a: 2, b: 3, likeness: 0.6 },
    ];
    const across = { a: 0, b: 2, likeness: 0.3 };
    const outlier = { a: 0, b: 4, likeness: 0.3 };
    expect(withoutFaint([...own, across, outlier], 5)).toEqual([...own, outlier]);
  });
});

describe('a post between papers', () => {
  const items = [{ kind: 'paper' }, { kind: 'paper' }, { kind: 'post' }] as const;
  const pairs = [
    { a: 0, b: 2, weight: 0.1 },
    { a: 1, b: 2, weight: 0.1 },
  ];

  it('is as near to another paper as to the one it would join', () => {
    const isBetween = isBetweenPapers({ items, pairs, aboveChance: likenessFrom({ '0-2': 1.1, '1-2': 1.05 }) });
    expect(isBetween([2], [0])).toBe(true);
    expect(isBetween([0], [2])).toBe(true);
  });

  it('is none when it is clearly nearer to one, or when both papers are in the story', () => {
    const isBetween = isBetweenPapers({ items, pairs, aboveChance: likenessFrom({ '0-2': 2, '1-2': 1.05 }) });
    expect(isBetween([2], [0])).toBe(false);
    expect(isBetween([2], [1])).toBe(true);
    expect(isBetween([2], [0, 1])).toBe(false);
  });
});
