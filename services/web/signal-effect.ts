// An answer to a story -> what it does or did, in words with numbers: before the button and after it; pure.
import { signalKinds, type SignalKind } from '../../core/signal-kinds.ts';
import { signalWord } from '../../core/signal-words.ts';
import { english, type Words } from '../../core/words.ts';
import type { LikeStory } from './stories-like.ts';

export interface Effect {
  /** What comes of it. */
  lines: string[];
  /** The stories of this week it moves, the most alike first. */
  stories: LikeStory[];
}

interface Answer {
  kind: SignalKind;
  /** All answers of this reader to the story. */
  given: readonly SignalKind[];
  isGiven: boolean;
  /** Stories of this week that are like it. */
  like: readonly LikeStory[];
}

const shownStories = 5;

/**
 * Of several answers to one story a dislike stands over what asks for more (`standingSignals`), so that a story may be kept
 * in the list of what was saved and still ask for less like it; the words say so instead of promising both.
 */
export function tellEffect({ kind, given, isGiven, like }: Answer, words: Words = english): Effect {
  const { weight, isSaved } = signalKinds[kind];
  const isOverruled = weight > 0 && given.some((other) => other !== kind && signalKinds[other].weight < 0);
  const stays = isSaved ? [words.say(isGiven ? 'effect.inList' : 'effect.intoList')] : [];
  if (isOverruled && isSaved) {
    return { lines: [...stays, words.say('effect.stands')], stories: [] };
  }
  const turns = isOverruled && !isGiven ? [words.say('effect.turns')] : [];
  return {
    lines: [...stays, ...turns, moves({ count: like.length, isAway: weight < 0, isGiven }, words), signalWord(kind, 'effect', words)], // prettier-ignore
    stories: like.slice(0, shownStories),
  };
}

function moves({ count, isAway, isGiven }: { count: number; isAway: boolean; isGiven: boolean }, words: Words): string {
  if (count === 0) return words.say('effect.none');
  const [now, then] = isAway ? (['effect.sink', 'effect.willSink'] as const) : (['effect.rise', 'effect.willRise'] as const); // prettier-ignore
  return words.say(isGiven ? now : then, { n: count });
}
