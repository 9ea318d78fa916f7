// 100,000 deliveries claimed, assembled, sent and marked on PostgreSQL by two mailer processes, beside 10,000.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { openDatabase, sql } from '../../../core/db.ts';
import { countLedger } from '../../../core/store/deliveries.ts';
import { postgresServer } from '../../servers.ts';
import { fillIssue } from './fill-issue.ts';
import { round } from './measure-assembly.ts';
import { withSink } from './sink.ts';

const processes = 2;
const few = 10_000;
const many = 100_000;

/** Letters a second from the first plan to the last mark, and the most memory of any mailer; nothing without PostgreSQL and Postfix. */
export async function measureEndToEnd() {
  const postgres = await postgresServer();
  if (!postgres) return undefined;
  try {
    return await withSink(async (port) => {
      const small = await sendAll({ url: postgres.url, port, readers: few });
      const large = await sendAll({ url: postgres.url, port, readers: many });
      return { end_to_end_per_s: Math.round(large.perSecond), rss_mb: Math.round(large.mb), rss_growth: round(large.mb / small.mb) }; // prettier-ignore
    });
  } finally {
    await postgres.stop();
  }
}

interface Sending {
  url: string;
  port: number;
  readers: number;
}

async function sendAll({ url, port, readers }: Sending): Promise<{ perSecond: number; mb: number }> {
  const db = await openDatabase({ url });
  try {
    await db.run(sql`truncate readers, issues, stories, pick_reasons, exposures restart identity cascade`);
    const issueId = await fillIssue(db, { readers });
    await db.run(sql`analyze`);
    const started = performance.now();
    const rss = await Promise.all(Array.from({ length: processes }, () => runMailer({ url, port, issueId })));
    const seconds = (performance.now() - started) / 1000;
    const { submitted } = await countLedger(db, issueId);
    if (submitted !== readers) throw new Error(`${submitted} of ${readers} letters were submitted`);
    process.stdout.write(`${readers} letters: ${Math.round(readers / seconds)}/s, ${rss.map(Math.round).join(' and ')} MB\n`); // prettier-ignore
    return { perSecond: readers / seconds, mb: Math.max(...rss) };
  } finally {
    await db.close();
  }
}

const [launcher, script] = ['infra/node.sh', 'test/services/mailer/sending-process.ts'];

/** Megabytes it took at most. */
async function runMailer({ url, port, issueId }: { url: string; port: number; issueId: number }): Promise<number> {
  const { stdout } = await promisify(execFile)('sh', [launcher, script, url, `smtp://127.0.0.1:${port}`, String(issueId), '100000']); // prettier-ignore
  return Number(stdout.trim()) / 1024;
}
