// A reader leaves by a page, a mail program's button or a mail to their own address of leaving -> no more letters, and one last mail.
import type { House } from '../house.ts';
import { noticesTo, planNotice } from '../store/notices.ts';
import { readerById } from '../store/readers.ts';
import { unsubscribeReader } from '../store/subscriptions.ts';
import { dayMs } from '../time.ts';

type Leaving = Parameters<typeof unsubscribeReader>[1];

/**
 * True when that changed anything. Who had confirmed is told by mail, once a day: a program that tests links may have pressed the
 * button, and nobody would know. A command by mail has a reply of its own.
 */
export async function leave({ db, queue }: Pick<House, 'db' | 'queue'>, leaving: Leaving): Promise<boolean> {
  const { readerId, at } = leaving;
  const left = await db.transaction(async (tx) => {
    const reader = await readerById(tx, readerId);
    if (!reader || !(await unsubscribeReader(tx, leaving))) return null;
    const since = new Date(at.getTime() - dayMs);
    const isTold = reader.status !== 'pending' && (await noticesTo(tx, { kind: 'goodbye', email: reader.email, since })).length === 0; // prettier-ignore
    if (isTold) await planNotice(tx, { kind: 'goodbye', email: reader.email, at });
    return { isTold };
  });
  if (left?.isTold) await queue.enqueue('notices.send', {});
  return left !== null;
}
