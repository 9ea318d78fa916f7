// Pictures that letters show, by the hash of their bytes. They stay: a mail of years ago may be opened again.
import { hash } from 'node:crypto';
import { sql, type Queryable } from '../db.ts';

/** Keeps a PNG or a JPEG; returns the hash that names it. */
export async function savePicture(db: Queryable, { bytes, at }: { bytes: Buffer; at: Date }): Promise<string> {
  const name = hash('sha256', bytes);
  await db.run(sql`
    insert into pictures (hash, bytes, created_at) values (${name}, ${bytes}, ${at}) on conflict do nothing`);
  return name;
}

/** The bytes of a picture; undefined where there is none of this name. */
export async function pictureByHash(db: Queryable, name: string): Promise<Buffer | undefined> {
  const row = await db.row<{ bytes: Uint8Array }>(sql`select bytes from pictures where hash = ${name}`);
  return row && Buffer.from(row.bytes);
}
