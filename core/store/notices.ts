// Notices: single mails that somebody asked for and waits for, such as a sign-in link; sent by the same ledger rules as letters.
import { sql, type Queryable } from '../db.ts';
import { afterAttempt, leaseMs, type Attempt } from './mail-attempts.ts';

export interface NewNotice {
  kind: 'confirm' | 'sign-in';
  email: string;
  subject: string;
  /** A whole HTML document, such as `templates.mail('notice', ...)` makes. */
  html: string;
  text: string;
}

export interface LeasedNotice extends NewNotice {
  id: number;
  attempts: number;
  createdAt: Date;
}

/** Plans a mail; ring `notices.send` after the commit. Returns its id. */
export async function planNotice(db: Queryable, notice: NewNotice): Promise<number> {
  const { kind, email, subject, html, text } = notice;
  const row = await db.row<{ id: number }>(sql`
    insert into notices (kind, email, subject, html, text)
    values (${kind}, ${email}, ${subject}, ${html}, ${text}) returning id`);
  return row!.id;
}

/** How many notices are due, counting those a process took and may have died with. */
export async function countDueNotices(db: Queryable, now: Date): Promise<number> {
  const row = await db.row<{ count: number }>(sql`
    select count(*)::int as count from notices
    where state = 'leased' or (state = 'planned' and coalesce(next_try_at <= ${now}, true))`);
  return row!.count;
}

/** Takes up to `limit` planned notices for sending; what a dead process had taken becomes `unknown`, and stays so. */
export async function leaseNotices(
  db: Queryable,
  { now, limit }: { now: Date; limit: number },
): Promise<LeasedNotice[]> {
  await db.run(sql`
    update notices set state = 'unknown', lease_until = null where state = 'leased' and lease_until < ${now}`);
  return db.rows<LeasedNotice>(sql`
    update notices set state = 'leased', lease_until = ${new Date(now.getTime() + leaseMs)}
    from (
      select id from notices where state = 'planned' and coalesce(next_try_at <= ${now}, true)
      order by id limit ${limit} for update skip locked
    ) as next
    where notices.id = next.id
    returning notices.id, kind, email, subject, html, text, attempts, created_at`);
}

/** Writes down what came of the attempts. */
export async function settleNotices(
  db: Queryable,
  { tried, now }: { tried: { id: number; attempts: number; attempt: Attempt }[]; now: Date },
): Promise<void> {
  const rows = tried.map(({ id, attempts, attempt }) => ({
    id,
    reply: attempt.reply,
    ...afterAttempt(attempt, { attempts, now }),
  }));
  await db.run(sql`
    update notices set state = t.state, attempts = t.attempts, next_try_at = t."nextTryAt", smtp_reply = t.reply,
      lease_until = null
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as t(id integer, state text, attempts integer, "nextTryAt" timestamptz, reply text)
    where notices.id = t.id and notices.state in ('leased', 'unknown')`);
}
