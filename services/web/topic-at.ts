// Which topic an address stands for, one that ended among them: for its page, its feeds and the API alike.
import { z } from 'zod';
import type { Queryable } from '../../core/db.ts';
import { topicNow } from '../../core/store/addresses.ts';
import { newestStories } from '../../core/store/story-lists.ts';
import { endedTopic, topicById, topicsAfter } from '../../core/store/topic-lists.ts';
import { weeksOfTopic } from '../../core/store/topic-weeks.ts';
import { gone, notFound } from '../page-error.ts';
import { rowId } from '../row-id.ts';

const params = z.object({ id: rowId() });

/** How much is told of a topic at most. */
export const topicsShown = { stories: 100, near: 12, weeks: 26 };

/** The topic at an address, where it is now. */
export async function topicOf(db: Queryable, given: unknown) {
  const parsed = params.safeParse(given);
  const id = parsed.success ? await topicNow(db, parsed.data.id) : undefined;
  // What once was a topic still leads to its stories: mails and pages that name it stay for years.
  const ended = id === 'gone' ? await endedTopic(db, parsed.data!.id) : undefined;
  if (ended) return { id: parsed.data!.id, asked: parsed.data!.id, topic: { ...ended, keywords: [] }, isOver: true };
  if (id === 'gone') throw gone({ key: 'topics.gone' });
  const topic = id === undefined ? undefined : await topicById(db, id);
  if (id === undefined || !topic) throw notFound({ key: 'topics.missing' });
  return { id, asked: parsed.data?.id, topic, isOver: false };
}

/** The facts of its page: its stories, or, where it has none any more, those it had and the topics that have them today. */
export async function topicFacts(db: Queryable, given: unknown) {
  const { id, topic, isOver } = await topicOf(db, given);
  const { stories: limit } = topicsShown;
  const [own, weeks] = await Promise.all([
    newestStories(db, { topicId: id }, { limit }),
    weeksOfTopic(db, id, topicsShown.weeks),
  ]);
  if (own.length > 0) return { id, ...topic, ended: false, after: [], stories: own, weeks };
  const [after, had] = await Promise.all([
    topicsAfter(db, id, topicsShown.near),
    newestStories(db, { onceIn: id }, { limit }),
  ]);
  if (isOver && after.length === 0 && had.length === 0) throw gone({ key: 'topics.gone' });
  return { id, ...topic, ended: true, after, stories: had, weeks };
}
