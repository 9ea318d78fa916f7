// What a check of the gate says of an issue; pure.

/** What was found, with the stories it is about. */
export interface Verdict {
  /** Red stops an approval, amber asks for a reason. */
  level: 'red' | 'amber' | 'ok' | 'waiting';
  says: string;
  about?: readonly number[];
  /** What of each story, where its title does not say it. */
  details?: ReadonlyMap<number, string>;
  /** Addresses that a story could do without: it has others. */
  spare?: ReadonlyMap<number, readonly string[]>;
  /** Of which edition, where it is about one; the first of several. */
  lang?: string;
  /** Of stories that are about an edition, which: the first of several. */
  langs?: ReadonlyMap<number, string>;
  /** What else a reason is given for. */
  facts?: unknown;
}

/** It is well. */
export function ok(says: string): Verdict {
  return { level: 'ok', says };
}
