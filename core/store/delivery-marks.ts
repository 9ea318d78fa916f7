// What happens to leased letters, written down: that they may arrive from now on, and what came of them.
import { sql, type Database, type Queryable } from '../db.ts';
import { storiesNow } from './addresses.ts';
import { afterAttempt, type Attempt } from './mail-attempts.ts';
import { recordExpired } from './mail-reports.ts';
import type { WrittenLetter } from './written-letters.ts';
import { toJson } from '../storable.ts';

/** What came of one leased delivery. */
interface TriedDelivery {
  id: number;
  attempts: number;
  firstTriedAt: Date | null;
  attempt: Attempt;
  /** Null when no message could be made. */
  messageId: string | null;
  /** In the order they were shown. */
  storyIds: number[];
  /** How it was made; null when no message could be. */
  written?: WrittenLetter | null;
}

interface Holding {
  holder: string;
  now: Date;
  tried: TriedDelivery[];
}

interface Marking extends Holding {
  issueId: number;
  /** The ids of those that may arrive from now on. */
  begins: number[];
}

/**
 * Writes down what came of attempts, in the same statement which stories the readers were shown, and which letters may
 * arrive from now on; returns the ids of those of the latter that `holder` still has. Who has no mailbox any more is
 * `bounced`, and no mail goes to that address again.
 */
export async function markDeliveries(
  db: Database,
  { issueId, holder, now, tried, begins }: Marking,
): Promise<number[]> {
  const rows = tried.map((one) => outcomeOf(one, now));
  const marks = { issueId, holder, now, rows, begins };
  const failed = rows.filter(({ state }) => state === 'failed');
  const lost = failed.filter(({ reason }) => reason === 'mailbox').map(({ id }) => id);
  // Given up, and the mailbox was why: a soft bounce, as when a server of the way gives up.
  const soft = failed
    .filter(({ reason, why }) => reason === 'expired' && why === 'mailbox-for-now')
    .map(({ id }) => id);
  // One statement, which is its own transaction, where nobody lost a mailbox.
  if (lost.length + soft.length === 0) return storeMarks(db, marks);
  return db.transaction(async (tx) => {
    const begun = await storeMarks(tx, marks);
    if (lost.length > 0) await bounceReaders(tx, { deliveryIds: lost, now });
    if (soft.length > 0) await recordExpired(tx, { deliveryIds: soft, at: now });
    return begun;
  });
}

function outcomeOf({ attempts, firstTriedAt, attempt, storyIds, written = null, ...row }: TriedDelivery, now: Date) {
  const after = afterAttempt(attempt, { attempts, firstTriedAt, now });
  const mayHaveArrived = after.state === 'submitted' || after.state === 'unknown';
  return {
    ...row,
    isTried: attempt.outcome !== 'unsent',
    reply: attempt.reply,
    why: attempt.reason ?? null,
    written,
    storyIds: mayHaveArrived ? storyIds : [],
    ...after,
  };
}

/**
 * A lease that ran out while its mail was under way is `unknown`, and a refusal that was not believed yet `planned`; what
 * the server said in the end is the truth. Another process may hold the row by now: then it is not ours to tell. A story
 * that became part of another meanwhile was shown as that one, at the first place of the two.
 */
async function storeMarks(
  db: Queryable,
  { issueId, holder, now, rows, begins }: Omit<Marking, 'tried'> & { rows: ReturnType<typeof outcomeOf>[] },
): Promise<number[]> {
  const begun = sql`
    update deliveries set begun = true
    where id = any(${begins}) and state = 'leased' and holder = ${holder} returning id`;
  if (rows.length === 0) return idsOf(await db.rows(begun));
  const storyIds = [...new Set(rows.flatMap((row) => row.storyIds))];
  return idsOf(
    await db.rows(sql`
    with settled as (
      update deliveries set state = t.state, attempts = t.attempts, next_try_at = t."nextTryAt", reason = t.reason,
        smtp_reply = case when t."isTried" then t.reply else smtp_reply end,
        first_tried_at = case when t."isTried" then coalesce(first_tried_at, ${now}) else first_tried_at end,
        written = case when t."isTried" then t.written else deliveries.written end,
        message_id = t."messageId", story_ids = t."storyIds", lease_until = null, changed_at = ${now}
      from jsonb_to_recordset(${toJson(rows)}::jsonb) as t(id integer, state text, attempts integer,
        "nextTryAt" timestamptz, reason text, "isTried" boolean, reply text, "messageId" text, "storyIds" integer[], written jsonb)
      where deliveries.id = t.id and holder = ${holder} and deliveries.state in ('leased', 'unknown', 'planned')
      returning reader_id, deliveries.state, story_ids),
    shown as (
      insert into exposures (reader_id, story_id, issue_id, position, at)
      select reader_id, now.story_id, ${issueId}, min(position), ${now}
      from settled, unnest(story_ids) with ordinality as shown(story_id, position)
      join (${storiesNow(storyIds)}) as now on now.asked_id = shown.story_id
      where state = 'submitted'
      group by reader_id, now.story_id
      on conflict do nothing)
    ${begun}`),
  );
}

function idsOf(rows: { id: number }[]): number[] {
  return rows.map(({ id }) => id);
}

/** Whose mailbox is gone gets no more mail. */
export async function bounceReaders(
  tx: Queryable,
  { deliveryIds, now }: { deliveryIds: number[]; now: Date },
): Promise<void> {
  await tx.run(sql`
    insert into suppressions (email, reason, at)
    select email, 'bounced', ${now} from deliveries join readers on readers.id = reader_id
    where deliveries.id = any(${deliveryIds}) and state = 'failed' on conflict do nothing`);
  await tx.run(sql`
    update readers set status = 'bounced', changed_at = ${now}
    where status in ('active', 'paused') and id in (
      select reader_id from deliveries where id = any(${deliveryIds}) and state = 'failed')`);
}

/** How long a refusal that is not believed yet waits for more answers, if the process that got it dies. */
const heldMinutes = 15;

/** Plans letters again whose refusal may be about us; `markDeliveries` of the same holder may still say otherwise. */
export async function holdDeliveries(db: Queryable, { holder, now, tried }: Holding): Promise<void> {
  const rows = tried.map(({ id, attempt }) => ({ id, reply: attempt.reply, reason: attempt.reason ?? null }));
  await db.run(sql`
    update deliveries set state = 'planned', begun = false, reason = t.reason, smtp_reply = t.reply, lease_until = null,
      next_try_at = ${new Date(now.getTime() + heldMinutes * 60_000)}, changed_at = ${now},
      first_tried_at = coalesce(first_tried_at, ${now})
    from jsonb_to_recordset(${toJson(rows)}::jsonb) as t(id integer, reason text, reply text)
    where deliveries.id = t.id and holder = ${holder} and state = 'leased'`);
}
