// Maps of issues as they were drawn: one way for letters that go out and for the desk's proofs of them.
import { hashContent } from '../content-hash.ts';
import { prepared, sql, type Queryable } from '../db.ts';
import type { Card } from './issue-content.ts';
import { hourMs } from '../time.ts';

/** A map that was drawn. */
export interface IssueMap {
  /** The hash of its bytes (core/store/pictures.ts). */
  picture: string;
  /** In pixels of the letter. */
  width: number;
  height: number;
  /** What its numbers stand for. */
  topics: string[];
  /** How many have a point on it. */
  stories: number;
}

/** Which stories of which issue. */
interface MapOf {
  issueId: number;
  cards: readonly Card[];
}

/** Of 300 cards it takes most of a millisecond; a page of the desk asks while they are the same. */
const drawn = new WeakMap<readonly Card[], string | null>();

/** What of the stories a map shows, as a hash; null where none has a point. */
function drawnOf(cards: readonly Card[]): string | null {
  const known = drawn.get(cards);
  if (known !== undefined) return known;
  const wanted = pointsOf(cards);
  drawn.set(cards, wanted);
  return wanted;
}

function pointsOf(cards: readonly Card[]): string | null {
  const points = cards.flatMap(({ place, kind, role, topic }) =>
    place ? [[place, kind, role === 'pick', topic]] : [],
  );
  return points.length === 0 ? null : hashContent(points);
}

/** Whether the map of these stories is yet to be drawn; where letters are to have it, one that only proofs had is, too. */
export async function isMapMissing(
  db: Queryable,
  { issueId, cards, isKept = false }: MapOf & { isKept?: boolean },
): Promise<boolean> {
  const wanted = drawnOf(cards);
  if (wanted === null) return false;
  const row = await db.row(sql`
    select 1 from issue_maps where issue_id = ${issueId} and drawn_of = ${wanted} and (kept or not ${isKept}::boolean)`);
  return row === undefined;
}

/** The map of these stories, else the one drawn last of the issue: a proof shows it until the next is there. */
export async function issueMap(db: Queryable, { issueId, cards }: MapOf): Promise<IssueMap | undefined> {
  const wanted = drawnOf(cards);
  if (wanted === null) return undefined;
  return db.row<IssueMap>(prepared`
    select picture, width, height, topics, stories from issue_maps
    where issue_id = ${issueId} order by drawn_of = ${wanted} desc, at desc limit 1`);
}

/** A curator's page may show it so long after an edit. */
const proofsStayMs = hourMs;

/** Keeps a map; those that no letter has go after an hour, with their pictures. */
export async function saveIssueMap(
  db: Queryable,
  { issueId, cards, map, isKept, at }: MapOf & { map: IssueMap; isKept: boolean; at: Date },
): Promise<void> {
  const { picture, width, height, topics, stories } = map;
  await db.run(sql`
    insert into issue_maps (issue_id, drawn_of, picture, width, height, topics, stories, kept, at)
    values (${issueId}, ${drawnOf(cards)}, ${picture}, ${width}, ${height}, ${topics}, ${stories}, ${isKept}, ${at})
    on conflict (issue_id, drawn_of) do update set kept = issue_maps.kept or excluded.kept, at = excluded.at`);
  const gone = await db.rows<{ picture: string }>(sql`
    delete from issue_maps where issue_id = ${issueId} and not kept and at < ${new Date(at.getTime() - proofsStayMs)}
    returning picture`);
  await db.run(sql`
    delete from pictures where hash = any(${gone.map((one) => one.picture)}::text[])
      and not exists (select 1 from issue_maps where issue_maps.picture = pictures.hash)`);
}
