// A mailer to be killed: `node --import tsx sending-process.ts DATA_DIR SMTP_URL ISSUE_ID` sends one issue at a slow pace.
import { openDatabase } from '../../../core/db.ts';
import { sendIssue } from '../../../services/mailer/send-issue.ts';
import { testHouse } from './sending-fixture.ts';

const [directory, url, issueId] = process.argv.slice(2) as [string, string, string];
const db = await openDatabase({ directory });
const { house } = testHouse(db, { SMTP_URL: url, MAIL_FROM: 'news@example.org', MAIL_PER_SECOND: '100' });
await sendIssue(house, Number(issueId), new AbortController().signal);
await db.close();
