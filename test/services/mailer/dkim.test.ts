// Signed mails as they arrive at a real server, verified by mailauth, which is not ours.
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { recordName, recordText, zoneLine } from '../../../core/mail/dkim-record.ts';
import type { Database } from '../../../core/db.ts';
import { listDkimKeys } from '../../../core/store/dkim-keys.ts';
import { planNotice } from '../../../core/store/notices.ts';
import { recordRequest } from '../../../core/store/subscriptions.ts';
import { describeDkim, describeDmarc, describeSpf } from '../../../services/mailer/mail-records.ts';
import { tendKeys } from '../../../services/cli/dkim.ts';
import { sendIssue } from '../../../services/mailer/send-issue.ts';
import { sendNotices } from '../../../services/mailer/send-notices.ts';
import { testDatabase } from '../../database.ts';
import { startDns } from '../../dns-server.ts';
import { startMailServer, type MailServer } from '../../mail-server.ts';
import { renderSample, sendAt, testHouse } from './sending-fixture.ts';

const domain = 'example.org';
const never = new AbortController().signal;
const records = new Map<string, string[]>();
const neither = { renew: false, force: false };
let db: Database;
let server: MailServer;
let names: Awaited<ReturnType<typeof startDns>>;

beforeAll(async () => {
  server = await startMailServer();
  names = await startDns(records);
});
afterAll(async () => {
  await server.stop();
  await names.stop();
});
beforeEach(async () => {
  db = await testDatabase();
  records.clear();
  server.taken.length = 0;
});

const openTestHouse = () => testHouse(db, { SMTP_URL: server.url, MAIL_FROM: `Courant Zürich <news@${domain}>` }).house;

async function publishAll(): Promise<void> {
  for (const key of await listDkimKeys(db, domain)) records.set(recordName(key), [recordText(key)]);
}

/** What each signature of a mail is worth, and which headers it covers. */
async function verified(raw: Buffer) {
  const { results } = await dkimVerify(raw, { resolver: async (name: string) => (records.get(name) ?? []).map((text) => [text]) }); // prettier-ignore
  return results.map(({ algo, status, signingHeaders, signingDomain }) => ({ algo, result: status.result, domain: signingDomain, keys: signingHeaders!.keys.toLowerCase().split(': ').join(':').split(':').map((one) => one.trim()) })); // prettier-ignore
}
const resultsOf = async (raw: Buffer) =>
  (await verified(raw)).map(({ algo, result }) => `${algo} ${result}`).toSorted();

async function signedLetter(): Promise<Buffer> {
  const house = openTestHouse();
  await tendKeys(house, { ...neither, dns: names.dns });
  await publishAll();
  await tendKeys(house, { ...neither, dns: names.dns });
  const { issueId } = await renderSample(db, { readers: 1 });
  await sendIssue(house, issueId, never);
  return server.taken.at(-1)!.raw;
}

test('a letter is signed by RSA and Ed25519, over what a reader sees and what a mail program unsubscribes with', async () => {
  const raw = await signedLetter();
  const signatures = await verified(raw);
  expect(signatures.map(({ algo, result, domain: of }) => [algo, result, of])).toEqual([
    ['rsa-sha256', 'pass', domain],
    ['ed25519-sha256', 'pass', domain],
  ]);
  for (const { keys } of signatures)
    expect(keys).toEqual(expect.arrayContaining(['from', 'to', 'subject', 'date', 'message-id', 'list-id', 'list-unsubscribe', 'list-unsubscribe-post'])); // prettier-ignore
  expect(raw.toString('latin1')).not.toContain('Content-Transfer-Encoding: 8bit');
});

test('it holds behind relays that add headers, and for nothing that was changed', async () => {
  const raw = (await signedLetter()).toString('latin1');
  const changed = (from: string, to: string): Buffer => {
    expect(raw).toContain(from);
    return Buffer.from(raw.replace(from, to), 'latin1');
  };
  const both = (result: string) => [`ed25519-sha256 ${result}`, `rsa-sha256 ${result}`];
  expect(await resultsOf(Buffer.from(`Received: from a by b; now\r\n${raw}`, 'latin1'))).toEqual(both('pass'));
  expect(await resultsOf(changed('Subject: ', 'Subject: Win a boat: '))).toEqual(both('fail'));
  expect(await resultsOf(changed('List-Unsubscribe: <https://news.', 'List-Unsubscribe: <https://evil.'))).toEqual(both('fail')); // prettier-ignore
  expect(await resultsOf(changed('\r\nTo: ', '\r\nFrom: evil@example.net\r\nTo: '))).toEqual(both('fail'));
  expect((await resultsOf(changed('Unsubscribe', 'Xnsubscribe'))).every((one) => !one.endsWith('pass'))).toBe(true);
});

test('a single mail is signed too', async () => {
  const house = openTestHouse();
  await tendKeys(house, { ...neither, force: true, dns: names.dns });
  await publishAll();
  const email = 'ada@example.org';
  await recordRequest(db, { email, interests: [], wording: 'Subscribe', address: null, at: sendAt });
  await planNotice(db, { kind: 'confirm', email, at: sendAt });
  await sendNotices(house, never);
  expect(await resultsOf(server.taken.at(-1)!.raw)).toEqual(['ed25519-sha256 pass', 'rsa-sha256 pass']);
});

test('a key signs only once its record was seen, and new keys wait for theirs beside the old', async () => {
  const { house, clock } = testHouse(db, { SMTP_URL: server.url, MAIL_FROM: `news@${domain}` });
  const tend = (renew = false) => tendKeys(house, { ...neither, renew, dns: names.dns });
  const first = await tend();
  const rsa = (await listDkimKeys(db, domain)).find(({ algorithm }) => algorithm === 'rsa');
  expect(first.join('\n')).toContain(`courant-20261121-rsa._domainkey.${domain}. IN TXT "v=DKIM1; k=rsa; p=`);
  // No string of a record is longer than 255 bytes.
  for (const [, string] of zoneLine(rsa!).matchAll(/"([^"]*)"/g)) expect(string!.length).toBeLessThanOrEqual(255);
  expect((await tend()).join('\n')).toBe(first.join('\n'));
  records.set(recordName(rsa!), ['v=DKIM1; k=rsa; p=AAAA']);
  expect((await tend()).join('\n')).toBe(first.join('\n'));
  records.set(recordName(rsa!), [recordText(rsa!).replace('; k=rsa', ' ;k = rsa')]);
  expect((await tend()).filter((line) => line.includes('from now on'))).toHaveLength(1);
  clock.now = new Date('2027-01-05T00:00:00Z');
  await tend(true);
  const keys = await listDkimKeys(db, domain);
  expect(keys).toHaveLength(4);
  expect(keys.filter(({ publishedAt }) => publishedAt).map(({ selector }) => selector)).toEqual(['courant-20261121-rsa']); // prettier-ignore
});

test('the doctor says which records are missing or wrong, and what to do', async () => {
  const { dns } = names;
  const house = openTestHouse();
  const dkim = async () => describeDkim(dns, { domain, keys: await listDkimKeys(db, domain) });
  await expect(describeSpf(dns, domain)).rejects.toThrow('Publish TXT "v=spf1');
  await expect(describeDmarc(dns, `news.${domain}`)).rejects.toThrow('at _dmarc.news.example.org');
  await expect(dkim()).rejects.toThrow('Run "courant dkim"');
  records.set(domain, ['v=spf1 include:mail.example -all', 'other=1']);
  records.set(`_dmarc.${domain}`, ['v=DMARC1; p=none']);
  expect(await describeSpf(dns, domain)).toContain('-all');
  expect(await describeDmarc(dns, `news.${domain}`)).toBe('_dmarc.example.org: v=DMARC1; p=none');
  records.set(domain, ['v=spf1 -all', 'v=spf1 ~all']);
  await expect(describeSpf(dns, domain)).rejects.toThrow('with more than one none counts');
  records.set(domain, ['v=spf1 +all']);
  await expect(describeSpf(dns, domain)).rejects.toThrow('lets everybody send');
  await tendKeys(house, { ...neither, dns });
  await expect(dkim()).rejects.toThrow('no key signs yet');
  await publishAll();
  await tendKeys(house, { ...neither, dns });
  expect(await dkim()).toContain('signed by courant-20261121-');
  for (const name of [...records.keys()].filter((one) => one.includes('-rsa.'))) records.delete(name);
  await expect(dkim()).rejects.toThrow('nobody can verify it');
});
