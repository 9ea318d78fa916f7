// Proofs: the letter of a reader, or of somebody made up, that the desk wants to see; ranked by `issue.rank`.
import { sql, type Queryable } from '../db.ts';
import { rankableReaders, type Pick, type RankableReader, type RankedContent } from './picks.ts';
import { toJson } from '../storable.ts';
import { dayMs } from '../time.ts';

/** Whose letter it is. */
export type ProofOf = { readerId: number } | { words: readonly string[] };

export interface Proof {
  stories: Pick[];
  unmet: string[];
  /** "This or that?", as it is shown; null where nothing is asked. */
  pair: readonly [number, number] | null;
}

/** How many stories somebody made up gets: as many as a newcomer, as the readers table says. */
export const newcomerLength = 12;
/** Whoever looked at one today may look again tomorrow. */
const keptDays = 7;

function nameOf(of: ProofOf): string {
  return 'readerId' in of ? `reader ${of.readerId}` : `words ${of.words.join(', ')}`;
}

/** Asks that a proof of this content be ranked; one that is ranked already stays. */
export async function askForProof(
  db: Queryable,
  { issueId, contentHash, of, at }: RankedContent & { of: ProofOf; at: Date },
): Promise<void> {
  const [readerId, words] = 'readerId' in of ? [of.readerId, []] : [null, of.words];
  await db.run(sql`delete from proofs where asked_at < ${new Date(at.getTime() - keptDays * dayMs)}`);
  await db.run(sql`
    insert into proofs (issue_id, who, reader_id, words, content_hash, asked_at)
    values (${issueId}, ${nameOf(of)}, ${readerId}, ${[...words]}::text[], ${contentHash}, ${at})
    on conflict (issue_id, who) do update set content_hash = excluded.content_hash, asked_at = excluded.asked_at,
      unmet = case when proofs.content_hash = excluded.content_hash then proofs.unmet else '{}' end,
      stories = case when proofs.content_hash = excluded.content_hash then proofs.stories end`);
}

/** A proof of this content; undefined while it is not ranked. */
export function proofOf(
  db: Queryable,
  { issueId, contentHash, of }: RankedContent & { of: ProofOf },
): Promise<Proof | undefined> {
  return db.row<Proof>(sql`
    select stories, unmet, pair from proofs
    where issue_id = ${issueId} and who = ${nameOf(of)} and content_hash = ${contentHash} and stories is not null`);
}

export type ProofReader = RankableReader & { who: string };

/** Who is waited for: readers as they are, and those made up as readers of whom only their interests are known. */
export async function proofsToRank(
  db: Queryable,
  { issueId, contentHash, storyIds }: RankedContent & { storyIds: number[] },
): Promise<ProofReader[]> {
  const asked = await db.rows<{ who: string; readerId: number | null; words: string[] }>(sql`
    select who, reader_id, words from proofs
    where issue_id = ${issueId} and content_hash = ${contentHash} and stories is null order by asked_at, who limit 50`);
  const ids = asked.flatMap(({ readerId }) => readerId ?? []);
  const known = new Map((await rankableReaders(db, { ids, storyIds })).map((reader) => [reader.id, reader]));
  const nobody = { length: newcomerLength, rules: [], signals: [], exposed: [], updated: [] };
  return asked.flatMap(({ who, readerId, words }, at): ProofReader[] => {
    // No reader has a negative number.
    if (readerId === null) return [{ ...nobody, id: -1 - at, interests: words, who }];
    const reader = known.get(readerId);
    return reader ? [{ ...reader, who }] : [];
  });
}

/** Keeps what came of it; a proof of another content than it was asked for by now is left. */
export async function saveProofs(
  db: Queryable,
  { issueId, contentHash, proofs }: RankedContent & { proofs: readonly (Proof & { who: string })[] },
): Promise<void> {
  await db.run(sql`
    update proofs set stories = p.stories, pair = p.pair, unmet = array(select jsonb_array_elements_text(p.unmet))
    from jsonb_to_recordset(${toJson(proofs)}::jsonb) as p(who text, stories jsonb, unmet jsonb, pair jsonb)
    where issue_id = ${issueId} and content_hash = ${contentHash} and proofs.who = p.who`);
}
