// `node dist/test/core/lose-log.js DIRECTORY`: a process whose database loses its log under its hands, as when a disk goes away.
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, sql } from '../../core/db.ts';
import { runMain } from '../../core/process.ts';
import { saveSettings } from '../../core/store/settings.ts';

await runMain(async () => {
  const directory = process.argv[2]!;
  const db = await openDatabase({ directory });
  await saveSettings(db, { publication: 'Kept' });
  renameSync(join(directory, 'pg_wal'), join(directory, 'pg_wal.away'));
  // A file of the log has 16 MB; the next one cannot be made.
  for (;;)
    await db.run(
      sql`insert into settings select gen_random_uuid(), to_jsonb(repeat('x', 1000)) from generate_series(1, 9000)`,
    );
});
