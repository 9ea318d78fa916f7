import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../../core/db.ts';
import { countLedger } from '../../../core/store/deliveries.ts';
import { sendIssue } from '../../../services/mailer/send-issue.ts';
import { postgresServer } from '../../servers.ts';
import { startMailServer } from '../../mail-server.ts';
import { renderSample, testHouse } from './sending-fixture.ts';

const postgres = await postgresServer();
let mailServer: Awaited<ReturnType<typeof startMailServer>>;
beforeAll(async () => {
  mailServer = await startMailServer();
});
afterAll(async () => {
  await mailServer.stop();
  await postgres?.stop();
});

test.skipIf(!postgres)('four mailers on one PostgreSQL share an issue, and no reader gets it twice', async () => {
  const dbs = await Promise.all(Array.from({ length: 4 }, () => openDatabase({ url: postgres!.url })));
  try {
    const { issueId } = await renderSample(dbs[0]!, { readers: 500 });
    const settings = { SMTP_URL: mailServer.url, MAIL_FROM: 'news@example.org' };
    const send = (db: (typeof dbs)[number]) =>
      sendIssue(testHouse(db, settings).house, issueId, new AbortController().signal);
    await Promise.all(dbs.map(send));
    expect(mailServer.taken).toHaveLength(500);
    expect(new Set(mailServer.taken.map(({ to }) => to)).size).toBe(500);
    expect(await countLedger(dbs[0]!, issueId)).toMatchObject({ planned: 500, submitted: 500 });
  } finally {
    await Promise.all(dbs.map((db) => db.close()));
  }
});
