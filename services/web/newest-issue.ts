// An issue that went out -> what pages make of it for strangers and readers alike, once for each content.
import { hashContent } from '../../core/content-hash.ts';
import type { House } from '../../core/house.ts';
import type { Card, IssueContent } from '../../core/store/issue-content.ts';
import { publishedContent, publishedHeads, storiesOf, type PublishedHead } from '../../core/store/published-issues.ts';
import { storiesChosenBy } from '../../core/store/tastes.ts';
import { topicNames } from '../../core/store/topic-lists.ts';
import { rememberLast } from '../remember.ts';
import { topicsOf } from './front-page.ts';
import { nameAnew } from './topics-now.ts';
import { createPeek, type PeekInto } from './peek.ts';

export interface ShownIssue {
  head: PublishedHead;
  /** The day it is meant for, as 2026-11-21. */
  date: string;
  ids: number[];
  cards: Card[];
  sections: IssueContent['sections'];
  lead: IssueContent['lead'];
  topics: string[];
  peek: PeekInto;
}

/** The newest issue that went out; undefined before the first. */
export type NewestIssue = () => Promise<ShownIssue | undefined>;

/** Remembers the newest two: while one is sent, pages of the one before are still being made. */
export function createNewestIssue({ db }: House): NewestIssue {
  const remember = rememberLast<ShownIssue>(2);
  return async () => {
    const [head] = await publishedHeads(db, 1);
    if (!head) return undefined;
    // Topics are named as they are today, as the weather names them; the page of the issue keeps the names of its day.
    const names = await topicNames(db, await storiesOf(db, head));
    const issue = await remember(hashContent([head.id, head.contentHash, [...names]]), async () => {
      const { date, cards: approved, sections, lead } = await publishedContent(db, head);
      const cards = nameAnew(approved, names);
      const chosen = new Set(await storiesChosenBy(db, head.id));
      const ids = cards.map(({ storyId }) => storyId);
      return { head, ids, date, cards, sections, lead, topics: topicsOf(cards), peek: createPeek(cards, chosen) };
    });
    return { ...issue, head };
  };
}
