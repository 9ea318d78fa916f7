import { describe, expect, it } from 'vitest';
import type { UncarriedItem, UncarriedStory } from '../../../core/store/uncarried-stories.ts';
import { suggestStories, worthOf } from '../../../workers/compose/suggest.ts';

const now = new Date('2026-11-20T06:00:00Z');

function item(given: Partial<UncarriedItem> = {}): UncarriedItem {
  const publishedAt = new Date(now.getTime() - 86_400_000).toISOString();
  return { id: 1, kind: 'post', title: 'A title', lang: 'en', keys: [], publishedAt, sourceId: 1, weight: 1, section: null, ...given }; // prettier-ignore
}

function story(id: number, topic: string | null, ...items: Partial<UncarriedItem>[]): UncarriedStory {
  return { id, topicId: topic === null ? null : topic.charCodeAt(0), topic, items: items.map(item) };
}

describe('the suggestion', () => {
  it('leads with what most sources tell', () => {
    const stories = [
      story(1, 'speech', { sourceId: 1 }),
      story(2, 'vision', { sourceId: 1 }, { sourceId: 2 }, { sourceId: 3 }),
      story(3, 'agents', { sourceId: 1 }, { sourceId: 2 }),
    ];
    expect(suggestStories(stories, now).map(({ story: { id } }) => id)).toEqual([2, 3, 1]);
  });

  it('picks four on different topics where it can, and leaves the rest to the pool in order', () => {
    const big = [1, 2, 3, 4, 5].map((id) => story(id, 'speech', { sourceId: 1 }, { sourceId: 2 }));
    const other = story(6, 'vision', { sourceId: 1 });
    const suggested = suggestStories([...big, other], now);
    expect(suggested.map(({ role }) => role)).toEqual(['pick', 'pick', 'pick', 'pick', 'pool', 'pool']);
    expect(suggested.slice(0, 4).map(({ story: { id } }) => id)).toContain(6);
  });

  it('counts a source by its weight, once however often it tells it', () => {
    const worth = (...items: Partial<UncarriedItem>[]) => worthOf(story(1, null, ...items), now);
    expect(worth({ weight: 2 })).toBeCloseTo(worth({}, { sourceId: 2 }));
    expect(worth({ weight: 2 }, { weight: 2 })).toBeCloseTo(worth({ weight: 2 }));
    expect(worth({ weight: 0.5 })).toBeLessThan(worth({}));
  });

  it('finds fresh news worth more than old, and two sources more than one twice', () => {
    const old = new Date(now.getTime() - 6 * 86_400_000).toISOString();
    expect(worthOf(story(1, null, {}), now)).toBeGreaterThan(worthOf(story(2, null, { publishedAt: old }), now)); // prettier-ignore
    expect(worthOf(story(1, null, {}, { sourceId: 2 }), now)).toBeGreaterThan(worthOf(story(2, null, {}, {}), now)); // prettier-ignore
  });

  it('is empty when there is nothing', () => {
    expect(suggestStories([], now)).toEqual([]);
  });
});
