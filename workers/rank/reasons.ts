// Causes -> reason: what is said under a pick, from what really moved its score and from nothing that is not in the story.
import type { Reason } from '../../core/letter/pick-reason.ts';
import type { Rule } from '../../core/readers/reader-rules.ts';
import { pushesAway, type SignalKind } from '../../core/signal-kinds.ts';
import type { InterestMatch } from './weigh-interest.ts';

/** A share below one standard deviation is noise, and a reader would not see why. */
const leastShare = 1;
/** A prior is no noisy match: at most .8, and nothing beside a full profile. */
const leastTaste = 0.4;
const longestLabel = 70;

/** What can be said of a story and a stated interest. */
interface InterestFinding {
  /** What of the interest stands in the story, all words near each other, and how it is written there where that is otherwise. */
  match?: InterestMatch | undefined;
  /** What of it stands in the title, where that is most of it. */
  mention?: string | undefined;
  /** The story's topic, where its name has all words of the interest: whoever follows a topic follows what is in it. */
  topic?: string | undefined;
  isClose: boolean;
}

/** Something that moved the score of one story: by how much, in standard deviations. */
export type Cause = { share: number } & (
  | ({ kind: 'interest'; label: string } & InterestFinding)
  /** `isAlike`: the story has words or meaning in common with that one; `topic`: both are in it. */
  | { kind: SignalKind | 'answer'; label: string; isAlike: boolean; topic?: string }
  | { kind: 'readers'; count: number }
  | { kind: 'taste' }
  /** So many independent sources tell it; the share is that of the draft's order, which goes by them. */
  | { kind: 'sources'; count: number }
);

/**
 * The reason for one story: the cause with the greatest share of which something true can be said, what is the reader's own first. Where
 * none moved it up, what is true of the story and the reader all the same says more than that it is news: the words of an interest that
 * stand in it, the topic they name or that it shares with a liked story, how many tell it.
 */
export function reasonFor(causes: readonly Cause[]): Reason {
  const sorted = causes.toSorted((left, right) => right.share - left.share);
  const own = sorted.filter(({ kind }) => kind !== 'sources');
  for (const [tried, say] of [
    [own, said],
    [own, saidAnyhow],
    [sorted, said],
    [sorted, saidAnyhow],
  ] as const)
    // prettier-ignore
    for (const cause of tried) {
      const reason = say(cause);
      if (reason) return reason;
    }
  return { code: 'news' };
}

/** What is true however little it moved the score. What pushes away never speaks for a story. */
function saidAnyhow(cause: Cause): Reason | undefined {
  if (cause.kind === 'interest') return saidOfInterest({ ...cause, isClose: false });
  if (cause.kind === 'sources') return cause.count > 1 ? { code: 'sources', count: cause.count } : undefined;
  if (cause.kind === 'readers' || cause.kind === 'taste' || cause.kind === 'answer' || pushesAway(cause.kind))
    return undefined;
  return cause.topic === undefined ? undefined : { code: 'topic', topic: shorten(cause.topic), signal: cause.kind, title: shorten(cause.label) }; // prettier-ignore
}

/** "your rule: always author 'Yann LeCun'" */
export function reasonOfRule({ effect, field, words }: Rule): Reason {
  return { code: 'rule', effect, field, words: shorten(words) };
}

function said(cause: Cause): Reason | undefined {
  const isClear = cause.share >= (cause.kind === 'taste' ? leastTaste : leastShare);
  switch (cause.kind) {
    case 'interest':
      return cause.share > 0 ? saidOfInterest(cause) : undefined;
    case 'readers':
      return isClear ? { code: 'readers', count: cause.count } : undefined;
    case 'taste':
      return isClear ? { code: 'taste' } : undefined;
    case 'sources':
      return cause.share > 0 && cause.count > 1 ? { code: 'sources', count: cause.count } : undefined;
    case 'answer':
      return isClear && cause.isAlike ? { code: 'answer', title: shorten(cause.label) } : undefined;
    default:
      return pushesAway(cause.kind) ? undefined : saidOfSignal({ ...cause, kind: cause.kind }, isClear);
  }
}

/** That both are in one topic everybody sees, however little it moved. */
function saidOfSignal(
  { kind, label, share, isAlike, topic }: Cause & { kind: SignalKind },
  isClear: boolean,
): Reason | undefined {
  const title = shorten(label);
  if (isClear && isAlike) return { code: 'signal', signal: kind, title };
  return share > 0 && topic !== undefined ? { code: 'topic', topic: shorten(topic), signal: kind, title } : undefined;
}

/** Words that stand in the story are quoted where they are written otherwise than in the interest. */
function saidOfInterest(cause: Cause & { kind: 'interest' }): Reason | undefined {
  const { label, share, match, mention, topic, isClose } = cause;
  // A word in another form stands there as it is quoted; that it is the same word nobody promised.
  if (match?.isOtherForm) return { code: 'mentions', quote: shorten(match.quote!) };
  if (match) {
    const words = shorten(match.words);
    return match.quote === undefined ? { code: 'matches', words } : { code: 'quotes', words, quote: shorten(match.quote) }; // prettier-ignore
  }
  if (mention) return { code: 'mentions', quote: shorten(mention) };
  if (topic !== undefined) return { code: 'follows', topic: shorten(topic), words: shorten(label) };
  return isClose && share >= leastShare ? { code: 'close', words: shorten(label) } : undefined;
}

function shorten(label: string): string {
  if (label.length <= longestLabel) return label;
  const cut = label.slice(0, longestLabel);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), longestLabel / 2)).trimEnd()}…`;
}
