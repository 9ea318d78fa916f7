// A mailer that stood still for longer than its leases hold, while another process gave back what it had not begun.
import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { countLedger } from '../../../core/store/deliveries.ts';
import { sendIssue } from '../../../services/mailer/send-issue.ts';
import { testDatabase } from '../../database.ts';
import { startMailServer } from '../../mail-server.ts';
import { renderSample, testHouse } from './sending-fixture.ts';

const readers = 240;

test.each([
  ['by the same run', 1],
  // An issue goes out while who confirmed meanwhile is sent the same issue, in one process.
  ['by two runs of one process', 2],
])('what goes back while it waits in a queue, and is leased once more %s, is sent once', async (_by, runs) => {
  // Some mailboxes are slow, so that one letter is under way while others go.
  const server = await startMailServer((to) => ({ waitMs: Number(/\d+/.exec(to)![0]) % 20 === 0 ? 3_000 : 5 }));
  const db = await testDatabase();
  try {
    const { issueId } = await renderSample(db, { readers });
    const { house } = testHouse(db, { SMTP_URL: server.url, MAIL_FROM: 'news@example.org' });
    const sending = Promise.all(
      Array.from({ length: runs }, () => sendIssue(house, issueId, new AbortController().signal)),
    );
    for (const count of [40, 80, 120]) {
      await server.untilTaken(count);
      // As `expireLeases` of another process does it once the leases have ended.
      await db.run(
        sql`update deliveries set state = 'planned', lease_until = null where state = 'leased' and not begun`,
      );
    }
    await sending;
    const recipients = server.taken.map(({ to }) => to);
    expect(recipients.length - new Set(recipients).size).toBe(0);
    expect(await countLedger(db, issueId)).toMatchObject({
      planned: readers,
      submitted: readers,
      waiting: 0,
      leased: 0,
    });
  } finally {
    await server.stop();
  }
});
