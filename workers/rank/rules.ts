// Rules of readers x stories of an issue -> who must not get what, and what comes first; after the score, before MMR.
import { applyRules, indexRuleStories, type Rule, type RuleStory } from '../../core/readers/reader-rules.ts';
import type { Card } from '../../core/store/issue-content.ts';

/** What the rules of one reader say about a story. */
export interface StoryRuling {
  bars: (storyId: number) => boolean;
  /** The rule that puts a story first. */
  pinnedBy: (storyId: number) => Rule | undefined;
}

/** Says nothing about any story: a reader without rules. */
export const noRuling: StoryRuling = { bars: () => false, pinnedBy: () => undefined };

type RuledCard = Pick<Card, 'storyId' | 'title' | 'summary' | 'authors' | 'source'>;

/** Rules see the card as it was approved, and beside it what `known` has of the story's items. */
export function createRuling(
  cards: readonly RuledCard[],
  known: readonly RuleStory[],
): (rules: readonly Rule[]) => StoryRuling {
  const knownById = new Map(known.map((story) => [story.storyId, story]));
  const index = indexRuleStories(cards.map((card) => withCard(card, knownById.get(card.storyId))));
  const indices = new Map(cards.map(({ storyId }, at) => [storyId, at]));
  return (rules) => {
    if (rules.length === 0) return noRuling;
    const { barred, pinned } = applyRules(rules, index);
    return {
      bars: (storyId) => barred.has(indices.get(storyId)!),
      pinnedBy: (storyId) => pinned.get(indices.get(storyId)!),
    };
  };
}

function withCard({ storyId, title, summary, authors, source }: RuledCard, known: RuleStory | undefined): RuleStory {
  return {
    storyId,
    title,
    text: [...summary, known?.text ?? ''].join(' '),
    authors: [...authors, ...(known?.authors ?? [])],
    sources: [source, ...(known?.sources ?? [])],
  };
}
