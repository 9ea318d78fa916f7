// Causes -> reason: the words under a pick, from what really moved its score and from nothing else.
import { editorsReason } from '../../core/pick-words.ts';
import type { Rule } from '../../core/reader-rules.ts';
import { pushesAway, signalKinds, type SignalKind } from '../../core/signal-kinds.ts';

/** A share below one standard deviation is noise, and a reader would not see why. */
const leastShare = 1;
/** A prior is no noisy match: at most .8, and nothing beside a full profile. */
const leastTaste = 0.4;
const longestLabel = 70;
/** With fewer, "readers like you" would tell what one of them reads. */
const fewestReaders = 3;

/** Something that moved the score of one story: by how much, in standard deviations. */
export type Cause = { share: number } & (
  | { kind: 'interest'; label: string; hasWords: boolean }
  | { kind: SignalKind; label: string }
  | { kind: 'readers'; count: number }
  | { kind: 'taste' }
  /** The slot that is there to learn from. */
  | { kind: 'exploring' }
);

/** The reason for one story: the cause with the greatest share when that is a real one, else the editors' order. */
export function reasonFor(causes: readonly Cause[]): string {
  let best: Cause | undefined;
  for (const cause of causes) {
    if (pushesAway(cause.kind) || cause.share < (cause.kind === 'taste' ? leastTaste : leastShare)) continue;
    if (!best || cause.share > best.share) best = cause;
  }
  return best ? wordsOf(best) : editorsReason;
}

const fieldWords = { author: 'author ', lab: 'lab ', word: '' } as const;

/** "your rule: always author 'Yann LeCun'" */
export function reasonOfRule({ effect, field, words }: Rule): string {
  return `your rule: ${effect} ${fieldWords[field]}'${shorten(words)}'`;
}

/** A story that only reads like an interest, without its words, says so. */
function wordsOf(cause: Cause): string {
  switch (cause.kind) {
    case 'interest':
      return `${cause.hasWords ? 'matches' : 'close to'} '${shorten(cause.label)}'`;
    case 'readers':
      return cause.count < fewestReaders ? 'readers like you' : `${cause.count} readers like you`;
    case 'exploring':
      return 'exploring: is this something for you?';
    case 'taste':
      return "editor's pick: like those before";
    default:
      return `${signalKinds[cause.kind].because} ${shorten(cause.label)}`;
  }
}

function shorten(label: string): string {
  if (label.length <= longestLabel) return label;
  const cut = label.slice(0, longestLabel);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), longestLabel / 2)).trimEnd()}…`;
}
