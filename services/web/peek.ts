// Stories of an issue x what somebody says they follow -> what their letter would have begun with; pure.
import type { Card } from '../../core/store/issue-content.ts';
import { tokenize } from '../../core/text/stemmed-terms.ts';
import { termProduct, tfidfOver } from '../../core/text/term-vectors.ts';

export interface Peek {
  id: number;
  title: string;
  lang: string;
  /** True: every word of the interest stands in the story's title or summary, or it says why it is there without one. */
  why: string;
}

const shown = 3;

/** Weighs the words of the stories once; who asks then costs one product a story and interest. */
export function openPeek(cards: readonly Card[]): (interests: readonly string[]) => Peek[] {
  const terms = cards.map(({ title, summary }) => tokenize([title, ...summary].join(' ')));
  const weigh = tfidfOver(terms);
  const stories = cards.map((card, at) => ({ card, terms: new Set(terms[at]), vector: weigh(terms[at]!) }));
  const forEverybody = cards
    .toSorted((a, b) => Number(b.role === 'pick') - Number(a.role === 'pick'))
    .slice(0, shown)
    .map((card) => toPeek(card, card.role === 'pick' ? 'everybody gets this one' : 'new this week'));

  return (interests) => {
    const chosen = new Map<number, Peek & { score: number }>();
    for (const interest of interests) {
      const asked = tokenize(interest);
      if (asked.length === 0) continue;
      const vector = weigh(asked);
      for (const story of stories) {
        if (!asked.every((term) => story.terms.has(term))) continue;
        const score = termProduct(story.vector, vector);
        if (score <= (chosen.get(story.card.storyId)?.score ?? -1)) continue;
        chosen.set(story.card.storyId, { ...toPeek(story.card, `because you follow ${interest}`), score });
      }
    }
    const best = [...chosen.values()].toSorted((a, b) => b.score - a.score).slice(0, shown);
    const rest = forEverybody.filter(({ id }) => !best.some((pick) => pick.id === id));
    return [...best.map(({ id, title, lang, why }) => ({ id, title, lang, why })), ...rest].slice(0, shown);
  };
}

function toPeek({ storyId, title, lang }: Card, why: string): Peek {
  return { id: storyId, title, lang, why };
}
