// Stories of an issue x what somebody says they follow -> what their letter would have begun with; pure.
import { fullWeight, type Interest } from '../../core/store/interests.ts';
import type { Card } from '../../core/store/issue-content.ts';
import { findHolding, termsOfCards } from '../../core/text/holding-terms.ts';
import { tokenize } from '../../core/text/stemmed-terms.ts';
import { reasonWords, unmetWords } from '../../core/letter/pick-words.ts';
import { english, type MessageKey, type Words } from '../../core/words.ts';
import { termProduct, tfidfOver } from '../../core/text/term-vectors.ts';

interface Peek {
  id: number;
  title: string;
  lang: string;
  /** True: every word of the interest stands in the story's title, its summary or the name of its topic, as the ranker looks for them; or it says why it is there without one. */
  why: string;
}

const shown = 3;

export interface PeekInto {
  /** What a letter would have begun with; with nothing said, what it has for everybody. */
  picks: (interests: readonly Interest[], words?: Words) => Peek[];
  /** What there is nothing on, as the letter says it; empty where every interest has a story. */
  unmet: (interests: readonly Interest[], words?: Words) => string;
  /** How many stories have all words of it. */
  count: (words: string) => number;
}

/** Weighs the words of the stories once; who asks then costs one product a story and interest. `byEditors` are those that an editor made a pick or moved: the other picks are suggested. */
export function createPeek(cards: readonly Card[], byEditors: ReadonlySet<number>): PeekInto {
  const terms = termsOfCards(cards);
  const weigh = tfidfOver(terms);
  const stories = cards.map((card, at) => ({ card, vector: weigh(terms[at]!) }));
  const holding = findHolding(terms);
  const forEverybody = cards
    .toSorted((a, b) => Number(b.role === 'pick') - Number(a.role === 'pick'))
    .slice(0, shown)
    .map((card) => ({ card, why: whyForEverybody(card, byEditors) }));

  function picks(interests: readonly Interest[], say: Words = english): Peek[] {
    const chosen = new Map<number, Peek & { score: number; isPick: boolean }>();
    for (const { words, weight } of interests) {
      const vector = weigh(tokenize(words));
      for (const { card, vector: own } of holding(words).map((at) => stories[at]!)) {
        const score = (weight / fullWeight) * termProduct(own, vector);
        if (score <= (chosen.get(card.storyId)?.score ?? -1)) continue;
        chosen.set(card.storyId, {
          ...toPeek(card, whyChosen(card, words, say)),
          score,
          isPick: card.role === 'pick',
        });
      }
    }
    // What only they get says more of what they follow than what everybody gets, however well that fits.
    const best = [...chosen.values()]
      .toSorted((a, b) => Number(a.isPick) - Number(b.isPick) || b.score - a.score)
      .slice(0, shown);
    const rest = forEverybody
      .filter(({ card }) => !best.some((pick) => pick.id === card.storyId))
      .map(({ card, why }) => toPeek(card, say.say(why)));
    return [...best.map(({ id, title, lang, why }) => ({ id, title, lang, why })), ...rest].slice(0, shown);
  }

  function whyChosen(card: Card, words: string, say: Words): string {
    const why = whyFor(card, words, say);
    return card.role === 'pick' ? `${say.say(whyForEverybody(card, byEditors))} · ${why}` : why;
  }

  const count = (words: string): number => holding(words).length;
  const unmet = (interests: readonly Interest[], say: Words = english): string =>
    unmetWords(interests.map(({ words }) => words).filter((words) => words.trim() !== '' && count(words) === 0), say); // prettier-ignore
  return { picks, unmet, count };
}

function whyForEverybody({ storyId, role }: Card, byEditors: ReadonlySet<number>): MessageKey {
  if (role !== 'pick') return 'reason.news';
  return byEditors.has(storyId) ? 'reason.editor' : 'reason.suggested';
}

/** As the letter says it of what is chosen for one reader: where the words of the interest stand. */
function whyFor(card: Card, words: string, say: Words): string {
  const isInText = findHolding(termsOfCards([{ ...card, topic: null }]))(words).length > 0;
  return reasonWords(isInText || card.topic === null ? { code: 'matches', words } : { code: 'follows', topic: card.topic, words }, say); // prettier-ignore
}

function toPeek({ storyId, title, lang }: Card, why: string): Peek {
  return { id: storyId, title, lang, why };
}
