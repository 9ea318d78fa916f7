import { describe, expect, it } from 'vitest';
import type { UncarriedItem, UncarriedStory } from '../../../core/store/uncarried-stories.ts';
import { newsworthinessOf } from '../../../core/newsworthiness.ts';
import { suggestStories } from '../../../workers/compose/suggest.ts';

const now = new Date('2026-11-20T06:00:00Z');

function item(given: Partial<UncarriedItem> = {}): UncarriedItem {
  const publishedAt = new Date(now.getTime() - 86_400_000).toISOString();
  return { id: 1, kind: 'post', title: 'A title', lang: 'en', keys: [], publishedAt, sourceId: 1, weight: 1, section: null, ...given }; // prettier-ignore
}

function story(id: number, topic: string | null, ...items: Partial<UncarriedItem>[]): UncarriedStory {
  return {
    id,
    topicId: topic === null ? null : topic.charCodeAt(0),
    topic,
    newsletters: 0,
    points: 0,
    isBare: false,
    items: items.map(item),
  };
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

  it('puts neither what a list says is old nor a title alone before what is told', () => {
    const told = Array.from({ length: 41 }, (_, at) => story(at + 1, null, { sourceId: 1 }));
    const old = story(50, null, { sourceId: 1, title: 'On the <dl> (2021)' }, { sourceId: 2 }, { sourceId: 3 });
    const bare = { ...story(51, null, { sourceId: 2 }), isBare: true };
    const suggested = suggestStories([old, bare, ...told], now);
    expect(suggested.slice(0, 4).map(({ story: { id } }) => id)).not.toContain(51);
    expect(suggested.at(-1)!.story.id).toBe(50);
    // This year is no archive, and a curator's wish goes first.
    expect(
      suggestStories([...told, story(60, null, { title: 'ICML (2026)' }, { sourceId: 2 })], now)[0]!.story.id,
    ).toBe(60);
    expect(suggestStories([old, ...told], now, new Set([50])).slice(0, 5).map(({ story: { id } }) => id)).toContain(50); // prettier-ignore
  });

  it('counts a source by its weight, once however often it tells it', () => {
    const worth = (...items: Partial<UncarriedItem>[]) => newsworthinessOf(story(1, null, ...items), now);
    expect(worth({ weight: 2 })).toBeCloseTo(worth({}, { sourceId: 2 }));
    expect(worth({ weight: 2 }, { weight: 2 })).toBeCloseTo(worth({ weight: 2 }));
    expect(worth({ weight: 0.5 })).toBeLessThan(worth({}));
  });

  it('finds fresh news worth more than old, and two sources more than one twice', () => {
    const old = new Date(now.getTime() - 6 * 86_400_000).toISOString();
    expect(newsworthinessOf(story(1, null, {}), now)).toBeGreaterThan(newsworthinessOf(story(2, null, { publishedAt: old }), now)); // prettier-ignore
    expect(newsworthinessOf(story(1, null, {}, { sourceId: 2 }), now)).toBeGreaterThan(newsworthinessOf(story(2, null, {}, {}), now)); // prettier-ignore
  });

  it('takes kinds, days and topics as the week has them, whatever is worth most', () => {
    const dayOf = (day: number): string => new Date(now.getTime() - day * 86_400_000).toISOString();
    // Of 1,000: a fifth are posts, of one source each; papers have two; days and topics alike.
    const week = Array.from({ length: 1_000 }, (_, at) =>
      story(at + 1, 'abcdefghij'[at % 10]!, { kind: at % 5 === 0 ? 'post' : 'paper', publishedAt: dayOf(1 + (Math.floor(at / 10) % 5)) }, ...(at % 5 === 0 ? [] : [{ kind: 'paper' as const, sourceId: 2, publishedAt: dayOf(1 + (Math.floor(at / 10) % 5)) }])),
    ); // prettier-ignore
    const forty = suggestStories(week, now).slice(0, 40);
    const shareOf = (is: (one: UncarriedStory) => boolean): number =>
      forty.filter(({ story: one }) => is(one)).length / 40;
    expect(shareOf(({ items }) => items[0]!.kind === 'post')).toBeCloseTo(0.2, 1);
    for (let day = 1; day <= 5; day++) expect(shareOf(({ items }) => items[0]!.publishedAt === dayOf(day))).toBeCloseTo(0.2, 1); // prettier-ignore
    expect(new Set(forty.map(({ story: one }) => one.topicId)).size).toBe(10);
  });

  it('does not take a paper for being in many lists', () => {
    const listed = (id: number, lists: number) =>
      story(id, null, ...Array.from({ length: lists }, (_, at) => ({ kind: 'paper' as const, keys: [`arxiv:2611.0${1_000 + id}`], sourceId: at + 1 }))); // prettier-ignore
    const week = Array.from({ length: 600 }, (_, at) => listed(at + 1, at % 10 < 6 ? 1 : 3));
    const one = suggestStories(week, now).slice(0, 40).filter(({ story: { items } }) => items.length === 1); // prettier-ignore
    expect(one.length / 40).toBeGreaterThan(0.4);
    expect(one.length / 40).toBeLessThan(0.8);
  });

  it('is empty when there is nothing', () => {
    expect(suggestStories([], now)).toEqual([]);
  });
});
