// Why a story was picked: a code with what it names, as the ranker writes it down. The words are in templates/words.

import type { SignalKind } from '../signal-kinds.ts';

/** What may be said of a pick, each with what it names. */
export type Reason =
  /** A curator chose it for everybody. */
  | { code: 'editor' }
  /** It is in every letter; the draft suggested it, and no curator chose it. */
  | { code: 'suggested' }
  /** All words of an interest, or of a part of it, stand near each other in the story; `quote` is how, where that differs. */
  | { code: 'matches'; words: string }
  | { code: 'quotes'; words: string; quote: string }
  /** Its title has most of what an interest tells. */
  | { code: 'mentions'; quote: string }
  /** It is in a topic whose name has all words of an interest. */
  | { code: 'follows'; topic: string; words: string }
  /** It only reads like an interest. */
  | { code: 'close'; words: string }
  /** It is like a story that the reader gave this signal on. */
  | { code: 'signal'; signal: SignalKind; title: string }
  /** It is in the topic of a story that the reader gave this signal on. */
  | { code: 'topic'; topic: string; signal: SignalKind; title: string }
  /** It is like the story that the reader would rather have read of a pair. */
  | { code: 'answer'; title: string }
  | { code: 'readers'; count: number }
  | { code: 'taste' }
  /** So many independent sources tell it. */
  | { code: 'sources'; count: number }
  /** Nothing is known that speaks for it but its news value. */
  | { code: 'news' }
  | { code: 'exploring' }
  | { code: 'rule'; effect: 'always' | 'never' | 'only'; field: 'author' | 'lab' | 'source' | 'word'; words: string }
  /** As it was written in words before reasons had codes. */
  | { code: 'written'; words: string };
