// Pictures that curators described, fetched once an address: what letters, their proofs and those who share a story show.
import { sql, type Queryable } from '../db.ts';
import { describedPicture } from '../letter/described-picture.ts';
import type { CardPicture } from '../letter/letter-data.ts';
import type { Links } from '../links.ts';
import type { Card } from './issue-content.ts';
import type { SharePicture } from './share-pictures.ts';

/** One that was had, as `savePicture` keeps it. */
export interface FetchedPicture {
  picture: string;
  /** In pixels of the letter. */
  width: number;
  height: number;
  /** In pixels, as it is stored. */
  pixels: { width: number; height: number };
}

/** What could not be had is asked again after so long, as often as somebody at the desk looks at it. */
export const tryAgainMs = 600_000;

/** Of these addresses those that were not had yet and not tried since `triedBefore`. */
export async function picturesToFetch(
  db: Queryable,
  { urls, triedBefore }: { urls: readonly string[]; triedBefore: Date },
): Promise<string[]> {
  const rows = await db.rows<{ url: string }>(sql`
    select distinct asked.url from unnest(${[...urls]}::text[]) as asked(url)
    where not exists (
      select 1 from fetched_pictures as known where known.url = asked.url
        and (picture is not null or known.at > ${triedBefore}))
    order by url`);
  return rows.map(({ url }) => url);
}

/** Keeps what came of fetching an address: null where it could not be had. The first that was had stands: a curator looked at it. */
export async function saveFetched(
  db: Queryable,
  { url, fetched, at }: { url: string; fetched: FetchedPicture | null; at: Date },
): Promise<void> {
  const { picture = null, width = null, height = null, pixels = null } = fetched ?? {};
  await db.run(sql`
    insert into fetched_pictures (url, picture, width, height, pixel_width, pixel_height, at)
    values (${url}, ${picture}, ${width}, ${height}, ${pixels?.width ?? null}, ${pixels?.height ?? null}, ${at})
    on conflict (url) do update set picture = excluded.picture, width = excluded.width, height = excluded.height,
      pixel_width = excluded.pixel_width, pixel_height = excluded.pixel_height, at = excluded.at
    where fetched_pictures.picture is null`);
}

/** With what is kept of it for whoever shares the story. */
export type SharedPicture = CardPicture & { kept: SharePicture };

/** The pictures of those cards whose own was described and had, by story. */
export async function cardPictures(
  db: Queryable,
  { cards, links }: { cards: readonly Card[]; links: Pick<Links, 'picture'> },
): Promise<Map<number, SharedPicture>> {
  const described = cards.flatMap(describedPicture);
  if (described.length === 0) return new Map();
  const rows = await db.rows<{
    url: string;
    picture: string;
    width: number;
    height: number;
    pixelWidth: number;
    pixelHeight: number;
  }>(sql`
    select url, picture, width, height, pixel_width, pixel_height from fetched_pictures
    where url = any(${described.map(({ url }) => url)}::text[]) and picture is not null`);
  const had = new Map(rows.map((row) => [row.url, row]));
  return new Map(
    described.flatMap(({ storyId, url, alt }): [number, SharedPicture][] => {
      const row = had.get(url);
      if (!row) return [];
      const { picture, width, height } = row;
      const kept = { picture, type: 'jpg' as const, width: row.pixelWidth, height: row.pixelHeight, alt };
      return [[storyId, { src: links.picture(picture, 'jpg'), width, height, alt, kept }]];
    }),
  );
}
