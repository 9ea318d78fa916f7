// The slots in a compiled letter that only the reader's own mail fills.

/** `section` and `end` mark where the letter is taken apart; the others stand for a value of one reader. */
export type SlotName =
  | 'section'
  | 'rows'
  | 'end'
  | 'token'
  | 'number'
  | 'reason'
  | 'go'
  | 'because'
  | 'counts'
  | 'preheader'
  | 'contents'
  | 'anchor'
  | 'name'
  | 'what'
  | 'count'
  | 'email'
  | 'since'
  | 'address';

export interface Slots {
  /** What stands in the markup for a slot: ASCII that no template escapes. */
  mark: (name: SlotName) => string;
  /** Finds every mark; its first group is the name. */
  pattern: RegExp;
}

/**
 * The slots of a letter with this content hash. The hash is part of every mark, so no text of a source can contain
 * one: a title that did would change the hash. Otherwise a hostile link could carry a reader's token away.
 */
export function slotsOf(contentHash: string): Slots {
  const prefix = `slot-${contentHash.slice(0, 16)}-`;
  return { mark: (name) => `${prefix}${name}-`, pattern: new RegExp(`${prefix}([a-z]+)-`, 'g') };
}
