// A mailer to be killed: `node dist/test/services/mailer/sending-process.js DATABASE SMTP_URL ISSUE_ID [PER_SECOND]` sends one issue;
// the database is a directory or a postgres:// address.
import { openDatabase } from '../../../core/db.ts';
import { releaseAllMails } from '../../../core/store/delivery-leases.ts';
import { sendIssue } from '../../../services/mailer/send-issue.ts';
import { testHouse } from './sending-fixture.ts';

const [place, url, issueId, perSecond = '100'] = process.argv.slice(2) as [string, string, string, string?];
const db = await openDatabase(place.startsWith('postgres') ? { url: place } : { directory: place });
// Nobody else has a directory: whoever held its letters is gone.
if (!place.startsWith('postgres')) await releaseAllMails(db);
const { house } = testHouse(db, { SMTP_URL: url, MAIL_FROM: 'news@example.org', MAIL_PER_SECOND: perSecond });
// To a test that wants to know.
process.send?.(Date.now());
await sendIssue(house, Number(issueId), new AbortController().signal);
await db.close();
// Kilobytes at most, as Linux counts them.
process.stdout.write(`${process.resourceUsage().maxRSS}\n`);
