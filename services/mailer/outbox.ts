// Where mails go when there is no mail server: one file each in DATA_DIR/outbox, whole or not at all.
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Attempt } from '../../core/store/mail-attempts.ts';

/** Writes `ROW.eml`; the name is the ledger row's, so that writing twice leaves one mail. */
export async function writeToOutbox(directory: string, { row, raw }: { row: string; raw: Buffer }): Promise<Attempt> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, `${row}.eml`);
  // `wx` follows no link that lies there; what a process left that was killed while it wrote goes first.
  await rm(`${path}.tmp`, { force: true });
  const file = await open(`${path}.tmp`, 'wx', 0o600);
  try {
    await file.writeFile(raw);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.tmp`, path);
  return { outcome: 'submitted', reply: `250 written to outbox/${row}.eml` };
}
