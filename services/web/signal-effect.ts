// An answer to a story -> what it does or did, in words with numbers: before the button and after it; pure.
import { signalKinds, type SignalKind } from '../../core/signal-kinds.ts';
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
export function tellEffect({ kind, given, isGiven, like }: Answer): Effect {
  const { button, weight, isSaved } = signalKinds[kind];
  const isOverruled = weight > 0 && given.some((other) => other !== kind && signalKinds[other].weight < 0);
  const stays = isSaved ? [isGiven ? 'It is in your list.' : 'It goes into your list.'] : [];
  if (isOverruled && isSaved) {
    return { lines: [...stays, 'You asked for less like it, and that stands: it moves nothing else.'], stories: [] };
  }
  const turns = isOverruled && !isGiven ? ['It takes the place of your “Less”.'] : [];
  return {
    lines: [...stays, ...turns, moves({ count: like.length, isAway: weight < 0, isGiven }), button?.effect ?? ''],
    stories: like.slice(0, shownStories),
  };
}

function moves({ count, isAway, isGiven }: { count: number; isAway: boolean; isGiven: boolean }): string {
  if (count === 0) return 'No story of this week is like it, so nothing moves this week.';
  const one = count === 1;
  const stories = one ? '1 story of this week' : `${count} stories of this week`;
  const verb = isAway ? (one ? 'sinks' : 'sink') : one ? 'rises' : 'rise';
  return isGiven ? `${stories} ${verb} for you.` : `With it ${stories} ${verb} for you.`;
}
