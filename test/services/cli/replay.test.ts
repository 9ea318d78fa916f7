// A past letter is made again byte for byte, whatever was edited since.
import { expect, onTestFinished, test } from 'vitest';
import { makeDkimKeys } from '../../../core/mail/dkim-record.ts';
import { sql } from '../../../core/db.ts';
import { addDkimKeys, listDkimKeys, markPublished } from '../../../core/store/dkim-keys.ts';
import { forgetOld } from '../../../core/store/retention.ts';
import { saveSettings } from '../../../core/store/settings.ts';
import { replayLetter } from '../../../services/cli/replay.ts';
import { sendIssue } from '../../../services/mailer/send-issue.ts';
import { testDatabase } from '../../database.ts';
import { startMailServer } from '../../mail-server.ts';
import { renderSample, sendAt, testHouse } from '../mailer/sending-fixture.ts';

const never = new AbortController().signal;
const domain = 'example.org';

async function sign(db: Awaited<ReturnType<typeof testDatabase>>, at: Date): Promise<void> {
  await addDkimKeys(db, makeDkimKeys(domain, at));
  for (const { selector } of await listDkimKeys(db, domain)) await markPublished(db, { domain, selector, at });
}

test.each([
  ['as it is', false],
  ['signed and quoted-printable', true],
])('a letter that was sent %s', async (_how, isSigned) => {
  const db = await testDatabase();
  const { issueId } = await renderSample(db, { readers: 3, stories: 12 });
  const server = await startMailServer();
  onTestFinished(server.stop);
  const { house, clock } = testHouse(db, { SMTP_URL: server.url, MAIL_FROM: 'news@example.org', INBOX_PORT: '2525', INBOX_DOMAIN: 'in.example.org' }); // prettier-ignore
  await saveSettings(db, { publication: 'Courant', postalAddress: '1 Example Street' });
  if (isSigned) await sign(db, sendAt);
  clock.now = new Date(sendAt.getTime() + 61_000);
  await sendIssue(house, issueId, never);
  const { raw } = server.taken.find(({ to }) => to === 'reader2@example.org')!;
  expect(raw.toString('latin1').includes('DKIM-Signature')).toBe(isSigned);

  clock.now = new Date(sendAt.getTime() + 86_400_000);
  await saveSettings(db, { publication: 'Another name', postalAddress: 'Elsewhere' });
  await db.run(sql`update readers set email = 'moved@example.net', token = 'renewed', confirmed_at = ${clock.now} where email = 'reader2@example.org'`); // prettier-ignore
  await sign(db, clock.now);
  const later = { ...house, config: { ...house.config, MAIL_FROM: 'other@example.org', PUBLIC_URL: 'https://moved.example.org', TIMEZONE: 'Asia/Tokyo' } }; // prettier-ignore
  const again = await replayLetter(later, { reader: 'moved@example.net', issue: '2026-w47' });
  expect(again.toString('latin1')).toBe(raw.toString('latin1'));
  expect((await replayLetter(later, { reader: '2', issue: '12' })).equals(raw)).toBe(true);
});

test('says what is missing: no such letter, one that was never written, one whose picks are gone', async () => {
  const db = await testDatabase();
  const { issueId } = await renderSample(db, { readers: 1 });
  const server = await startMailServer();
  onTestFinished(server.stop);
  const { house } = testHouse(db, { SMTP_URL: server.url, MAIL_FROM: 'news@example.org' });
  const wanted = { reader: 'reader1@example.org', issue: '12' };
  await expect(replayLetter(house, wanted)).rejects.toThrow('There is no letter of issue 12 to reader1@example.org');
  await db.run(
    sql`insert into deliveries (issue_id, reader_id, content_hash) select ${issueId}, 1, content_hash from issues`,
  );
  await expect(replayLetter(house, wanted)).rejects.toThrow('Nothing is known of how this letter was written');
  await sendIssue(house, issueId, never);
  expect((await replayLetter(house, wanted)).equals(server.taken[0]!.raw)).toBe(true);
  const keeping = {
    picksDays: 90,
    exposuresDays: 730,
    clicksDays: 90,
    answersDays: 730,
    noticesDays: 30,
    rendersDays: 90,
  };
  await forgetOld(db, { keeping, now: new Date(sendAt.getTime() + 91 * 86_400_000), stop: never });
  expect(await db.row(sql`select written from deliveries`)).toEqual({ written: null });
  await expect(replayLetter(house, wanted)).rejects.toThrow('Nothing is known of how this letter was written');
});
