// A card of an issue with nothing said about it but its number.
import type { Card } from '../../../core/store/issue-content.ts';

/** A paper in the pool, with what `more` says otherwise. */
export function madeUpCard(storyId: number, more: Partial<Card> = {}): Card {
  return {
    storyId,
    number: storyId,
    section: 'publications',
    role: 'pool',
    kind: 'paper',
    title: `Story ${storyId}`,
    url: `https://papers.example/${storyId}`,
    source: 'A list',
    authors: [],
    lang: 'en',
    topic: null,
    minutes: null,
    summary: [],
    also: [],
    imageUrl: null,
    ...more,
  };
}

/** The sections such cards stand in. */
export const madeUpSections = [
  { key: 'publications', name: 'Publications' },
  { key: 'tools', name: 'Tools' },
];
