// Signals -> what the preferences page says about each: what the reader did, how long ago, how much it counts now; pure.
import { signalKinds } from '../../core/signal-kinds.ts';
import { signalWord } from '../../core/signal-words.ts';
import { texToText } from '../../core/tex/tex-to-text.ts';
import { english, type Words } from '../../core/words.ts';
import { signalWeight, standingSignals } from '../../core/signal-weight.ts';
import type { GivenSignal } from '../../core/store/signals.ts';
import { dayMs } from '../../core/time.ts';

export interface ShownSignal {
  storyId: number;
  kind: GivenSignal['kind'];
  title: string;
  /** "liked 3 weeks ago" */
  did: string;
  /** "counts 62%", "pushes away 100%", or why it does not count. */
  counts: string;
  /** 0 to 100: the length of its bar. */
  percent: number;
  /** It asks for less. */
  isAway: boolean;
}

/** Every signal in the given order; of several on one story only the one that stands counts. */
export function showSignals(signals: readonly GivenSignal[], now: Date, words: Words = english): ShownSignal[] {
  const standing = new Set(standingSignals(signals));
  return signals.map((signal) => {
    const { storyId, kind, title, at } = signal;
    const weight = standing.has(signal) ? signalWeight(signal, now) : 0;
    const percent = Math.round(Math.abs(weight) * 100);
    const counts = countsOf({ percent, isAway: weight < 0, isStanding: standing.has(signal) }, words);
    const isAway = signalKinds[kind].weight < 0;
    return {
      storyId,
      kind,
      title: texToText(title),
      isAway,
      did: words.say('mine.didWhen', {
        did: signalWord(kind, 'did', words),
        when: agoOf(now.getTime() - at.getTime(), words),
      }),
      counts,
      percent,
    };
  });
}

function countsOf(
  { percent, isAway, isStanding }: { percent: number; isAway: boolean; isStanding: boolean },
  words: Words,
): string {
  if (!isStanding) return words.say('mine.countsNot');
  return words.say(isAway ? 'mine.pushes' : 'mine.counts', { percent });
}

/** "today", "yesterday", "5 days ago", "3 weeks ago", "4 months ago" */
export function agoOf(ms: number, words: Words): string {
  const days = Math.max(0, Math.floor(ms / dayMs));
  if (days < 2) return words.say(days === 0 ? 'mine.today' : 'mine.yesterday');
  if (days < 14) return words.say('mine.ago', { unit: 'day', n: days });
  if (days < 60) return words.say('mine.ago', { unit: 'week', n: Math.floor(days / 7) });
  return words.say('mine.ago', { unit: 'month', n: Math.floor(days / 30) });
}
