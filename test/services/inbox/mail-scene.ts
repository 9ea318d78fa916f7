// A reader who writes to us: a real SMTP conversation with the listener, a real DNS server that has the key of their provider, and what is mailed back.
import { generateKeyPairSync } from 'node:crypto';
import { dkimSign } from 'mailauth/lib/dkim/sign.js';
import { createTransport } from 'nodemailer';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { keyFor } from '../../../core/crypto/secret-key.ts';
import type { Database } from '../../../core/db.ts';
import type { House } from '../../../core/house.ts';
import { returnAddresses, returnPurpose } from '../../../core/mail/return-address.ts';
import { addReaders, readerByEmail } from '../../../core/store/readers.ts';
import { listenForMail } from '../../../services/inbox/listen.ts';
import { mailsToUs } from '../../../services/inbox/mails-to-us.ts';
import { reportRecipient } from '../../../services/inbox/reports.ts';
import { sendNotices } from '../../../services/mailer/send-notices.ts';
import { testDatabase } from '../../database.ts';
import { startDns } from '../../dns-server.ts';
import { startMailServer, type MailServer } from '../../mail-server.ts';
import { sendAt, testHouse } from '../mailer/sending-fixture.ts';
import { rawOf } from './written-mails.ts';

export const never = new AbortController().signal;
export const ada = 'ada@reader.example';
export const subscribe = 'subscribe@inbox.example';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048, privateKeyEncoding: { type: 'pkcs8', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'der' } }); // prettier-ignore
export const keyRecord = `v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`;
/** Of DNS, by name. */
export const records = new Map<string, string[]>();

/** Of the test that runs. */
export const at = {} as {
  dns: Awaited<ReturnType<typeof startDns>>;
  server: MailServer;
  db: Database;
  house: House;
  clock: { now: Date };
  inbox: Awaited<ReturnType<typeof listenForMail>>;
};

/** Opens it anew for each test of a file. */
export function openMailScene(): void {
  beforeAll(async () => {
    at.dns = await startDns(records);
    at.server = await startMailServer();
  });
  afterAll(async () => {
    await at.inbox.stop();
    await at.server.stop();
    await at.dns.stop();
  });
  beforeEach(async () => {
    await at.inbox?.stop();
    at.db = await testDatabase();
    at.server.taken.length = 0;
    records.clear();
    records.set('m._domainkey.reader.example', [keyRecord]);
    Object.assign(at, testHouse(at.db, { SMTP_URL: at.server.url, MAIL_FROM: 'Courant <news@example.org>', INBOX_PORT: '0', INBOX_DOMAIN: 'inbox.example', MAIL_SUBSCRIBE: subscribe })); // prettier-ignore
    at.inbox = await listenForMail(at.house, [await reportRecipient(at.house), await mailsToUs(at.house, at.dns.dns)]);
  });
}

/** Hands a mail over; returns the code of the last answer. */
export async function post(raw: string, { to, from = ada }: { to: string; from?: string }): Promise<number> {
  const transport = createTransport({ host: '127.0.0.1', port: at.inbox.port, ignoreTLS: true });
  try {
    await transport.sendMail({ envelope: { from, to }, raw });
    return 250;
  } catch (error) {
    return (error as { responseCode: number }).responseCode;
  } finally {
    transport.close();
  }
}

/** As the reader's own provider signs it. */
export async function signed(raw: string, more = {}): Promise<string> {
  // Without a time mailauth asks the clock twice, and what is signed as the second turns is wrong.
  const { signatures } = await dkimSign(Buffer.from(raw), { signTime: sendAt, signatureData: [{ signingDomain: 'reader.example', selector: 'm', privateKey, ...more }] }); // prettier-ignore
  return `${signatures}${raw}`;
}

interface Said {
  subject?: string;
  text?: string;
  from?: string;
  id?: string;
  headers?: string[];
}
export const mail = (
  to: string,
  { subject = 'Re: Courant No 12', text = '', from = `Ada <${ada}>`, id, headers }: Said,
): string => rawOf({ text, headers: headers ?? [] }, { from, to, subject, ...(id !== undefined && { id }) });

/** What was mailed since, as a mail program reads it. */
export async function mailed(): Promise<
  { to: string; subject: string; text: string; header: (name: string) => string | undefined }[]
> {
  at.server.taken.length = 0;
  await sendNotices(at.house, never);
  return Promise.all(
    at.server.taken.map(async ({ to, raw }) => {
      const { subject = '', text = '', headers } = await PostalMime.parse(raw);
      return { to, subject, text, header: (name: string) => headers.find(({ key }) => key === name)?.value };
    }),
  );
}

export async function addAda(): Promise<{ id: number; to: string }> {
  await addReaders(at.db, {
    readers: [{ email: ada, interests: ['speech'], length: 12 }],
    wording: 'test',
    at: sendAt,
  });
  const { id } = (await readerByEmail(at.db, ada))!;
  const to = returnAddresses(await keyFor(at.house, returnPurpose), 'inbox.example')({ kind: 'reply', id });
  return { id, to };
}
export const statusOf = async () => (await readerByEmail(at.db, ada))?.status;
export const laterBy = (hours: number) => (at.clock.now = new Date(at.clock.now.getTime() + hours * 3_600_000));
