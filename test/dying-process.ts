// A process that does one job on a PostgreSQL database and kills itself right after its nth commit that wrote something (0: never).
import { openDatabase } from '../core/db.ts';
import { doJob, type KilledJob } from './killed-jobs.ts';
import { watchDatabase } from './watch-database.ts';

const [url, name, at, address] = process.argv.slice(2) as [string, KilledJob, string, string];
let commits = 0;
const db = await openDatabase({ url });
const watched = watchDatabase(db, {
  committed: () => {
    if (++commits === Number(at)) process.kill(process.pid, 'SIGKILL');
  },
});
await doJob(name, { db: watched, address, later: false });
process.exit(0);
