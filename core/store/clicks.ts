// Clicks: every link of a letter that was opened. Only a person's is a signal; what turns out to be a program's is taken back.
import { sql, type Database, type Queryable, type Transactional } from '../db.ts';
import { storyNow } from './addresses.ts';
import { lockReader } from './reader-lock.ts';
import { hourMs } from '../time.ts';

/** Why a click was a program's; `met`: its letter had met one before, and nobody can tell. */
export type MachineReason = 'head' | 'early' | 'burst' | 'trap' | 'sweep' | 'met';

export interface Click {
  readerId: number;
  issueId: number;
  /** Null: the link that no person sees. */
  storyId: number | null;
  at: Date;
  isHead: boolean;
}

/** A mail server that tests links opens them before a person has the mail; the quickest hand needs longer than this. */
const earlyMs = 1500;
/** Nobody opens two stories within a second; a double click opens one twice. */
const burstMs = 1000;
/** What a program opened before it gave itself away: a slow one takes seconds for each link, a queue hours. */
const metMs = 6 * hourMs;
/** No person opens as many stories of a letter, nearly all of them, in the order they stand in. */
const sweep = { fewest: 8, share: 0.8 } as const;

/** The address behind a link of an issue that went out, as it was approved; `link` 0 is the headline, the others follow. */
export async function clickAddress(
  db: Queryable,
  { issueId, storyId, link }: { issueId: number; storyId: number; link: number },
): Promise<string | undefined> {
  const row = await db.row<{ url: string | null }>(sql`
    select case when ${link}::int = 0 then card->>'url' else card->'also'->(${link}::int - 1)->>'url' end as url
    from issues, jsonb_array_elements(content->'cards') as card
    where issues.id = ${issueId} and status in ('sending', 'sent') and card->'storyId' = to_jsonb(${storyId}::int)`);
  return row?.url ?? undefined;
}

/** Writes a click down and says why it was a program's; null for a person's, which becomes a signal. */
export async function recordClick(db: Database, clicked: Click): Promise<MachineReason | null> {
  const { readerId, issueId, at } = clicked;
  return db.transaction(async (tx) => {
    // A letter links to the story as it was when it went out; the click is one on the story it is part of now.
    const storyId = clicked.storyId === null ? null : await storyNow(tx, clicked.storyId);
    if (storyId === undefined || storyId === 'gone') return null;
    const click = { ...clicked, storyId };
    // Links tested at once come by several connections: one after another, so that each sees those before it.
    const known = await tx.row(sql`select 1 from readers where id = ${readerId} for update`);
    if (!known) return null;
    const machine = await machineOf(tx, click);
    await tx.run(sql`
      insert into clicks (reader_id, issue_id, story_id, at, machine)
      values (${readerId}, ${issueId}, ${storyId}, ${at}, ${machine})`);
    if (machine !== null && machine !== 'met') await takeBack(tx, click, machine);
    if (machine === null && (await isSweep(tx, click))) {
      await takeBack(tx, click, 'sweep');
      return 'sweep';
    }
    if (machine === null)
      await tx.run(sql`
        insert into signals (reader_id, story_id, kind, at) values (${readerId}, ${storyId}, 'click', ${at})
        on conflict do nothing`);
    return machine;
  });
}

async function machineOf(
  tx: Queryable,
  { readerId, issueId, storyId, at, isHead }: Click,
): Promise<MachineReason | null> {
  if (storyId === null) return 'trap';
  if (isHead) return 'head';
  const row = await tx.row<{ machine: MachineReason | null }>(sql`
    select case
      when not exists (select 1 from deliveries where reader_id = ${readerId} and issue_id = ${issueId}
        and state not in ('planned', 'leased') and changed_at <= ${new Date(at.getTime() - earlyMs)}) then 'early'
      when exists (select 1 from clicks where reader_id = ${readerId} and issue_id = ${issueId} and machine is not null) then 'met'
      when exists (select 1 from clicks where reader_id = ${readerId} and story_id <> ${storyId}
        and at > ${new Date(at.getTime() - burstMs)}) then 'burst'
    end as machine`);
  return row!.machine;
}

/** Whether these clicks, the newest of them just written down, are nearly every story of the letter, one after another. */
async function isSweep(tx: Queryable, { readerId, issueId, at }: Click): Promise<boolean> {
  const rows = await tx.rows<{ position: number; shown: number }>(sql`
    select array_position(story_ids, story_id) as position, cardinality(story_ids) as shown
    from clicks join deliveries using (reader_id, issue_id)
    where reader_id = ${readerId} and issue_id = ${issueId} and machine is null and story_id = any(story_ids)
      and at > ${new Date(at.getTime() - metMs)}
    group by story_id, story_ids order by min(clicks.at), min(clicks.id)`);
  const inOrder = rows.filter(({ position }, index) => index > 0 && position > rows[index - 1]!.position).length;
  const enough = Math.max(sweep.fewest, sweep.share * (rows[0]?.shown ?? Infinity));
  return rows.length >= enough && inOrder >= sweep.share * (rows.length - 1);
}

/**
 * What was taken for a person's in this letter was a program's too, and in a burst whatever was opened in that second. A
 * signal without a person's click goes.
 */
async function takeBack(tx: Queryable, { readerId, issueId, at }: Click, machine: MachineReason): Promise<void> {
  const since = new Date(at.getTime() - metMs);
  const burstSince = new Date(at.getTime() - (machine === 'burst' ? burstMs : 0));
  await tx.run(sql`
    update clicks set machine = ${machine}
    where reader_id = ${readerId} and machine is null and at > ${since} and (issue_id = ${issueId} or at > ${burstSince})`);
  await tx.run(sql`
    delete from signals where reader_id = ${readerId} and kind = 'click' and at > ${since}
      and not exists (select 1 from clicks where clicks.reader_id = signals.reader_id
        and clicks.story_id = signals.story_id and machine is null)`);
}

/** A page about a story was used, which no program does: then it was a person, too, who opened the story before. */
export async function believeClicks(
  db: Transactional,
  { readerId, storyId }: { readerId: number; storyId: number },
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockReader(tx, readerId);
    await tx.run(sql`
      with believed as (
        update clicks set machine = null
        where reader_id = ${readerId} and story_id = ${storyId} and machine in ('burst', 'trap', 'sweep', 'met')
        returning at)
      insert into signals (reader_id, story_id, kind, at)
      select ${readerId}, ${storyId}, 'click', min(at) from believed having count(*) > 0
      on conflict do nothing`);
  });
}
