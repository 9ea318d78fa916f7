// two groups of items -> may they become one story, however alike they read; pure.
import { cosine } from './knn.ts';
import type { Linked } from './linkage.ts';
import type { Embedded } from './near-pairs.ts';

/** An item to be placed in a story. */
export interface ItemToPlace extends Linked, Embedded {
  kind: 'paper' | 'video' | 'post';
  /** The story that holds it and that readers were promised: it stays there. */
  fixedStory: number | null;
}

/** Two papers are two stories unless their texts are all but the same: one paper announced twice. */
const samePaper = 0.93;

type Rule = (left: readonly ItemToPlace[], right: readonly ItemToPlace[]) => boolean;

/** True when both hold items of stories that readers were promised, and not of the same. */
export const fixedApart: Rule = (left, right) => {
  const [one, other] = [left, right].map((items) => items.find((item) => item.fixedStory !== null)?.fixedStory);
  return one !== undefined && other !== undefined && one !== other;
};

/** True when each holds a paper, and the papers differ. */
export const papersApart: Rule = (left, right) => {
  const papersOf = (items: readonly ItemToPlace[]) => items.filter(({ kind }) => kind === 'paper');
  return papersOf(left).some((one) => papersOf(right).some((other) => cosine(one.vector, other.vector) < samePaper));
};

/** True when each is about a repository, and not the same: two tools, however alike they describe themselves. */
export const toolsApart: Rule = (left, right) => {
  const toolsOf = (items: readonly ItemToPlace[]) =>
    items.flatMap(({ keys }) => keys.filter((key) => key.startsWith('repo:')));
  const others = toolsOf(right);
  const tools = toolsOf(left);
  return tools.length > 0 && others.length > 0 && !tools.some((key) => others.includes(key));
};
