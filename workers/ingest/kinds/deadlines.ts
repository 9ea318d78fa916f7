// Lists of conference deadlines in YAML, which have no items.
import { parseDeadlines } from '../deadlines.ts';
import { blankFeed } from '../parsed-item.ts';
import type { KindOfSource } from '../source-kind.ts';

export const kindOfSource: KindOfSource = {
  read: ({ text }) => ({ ...blankFeed, deadlines: parseDeadlines(text) }),
  // Five thousand deadlines; nobody keeps more in a list.
  mostBytes: 1_000_000,
};
