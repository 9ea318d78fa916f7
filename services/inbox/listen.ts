// The SMTP listener: mails to known addresses are taken, by recipient; off unless INBOX_PORT says where.
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { messageOf, PermanentError } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';

/** What SMTP says of a mail: 250, or a refusal with its code (RFC 5321, 4.2). */
export interface SmtpReply {
  code: number;
  words: string;
}

/** Where a mail comes from, as the conversation says. */
export interface MailOrigin {
  /** Of the envelope; empty for mails that nobody may answer (RFC 5321, section 4.5.5). */
  sender: string;
  ip: string;
  helo: string;
}

/** Who takes mails for some recipients. Asked at RCPT, and again with the mail once all of it is here. */
export interface Recipient {
  /** Whether mails to this address are taken; undefined when the address is another's. */
  knows(address: string): Promise<boolean | undefined>;
  /** Keeps the mail before it answers: a sender that hears 250 forgets it. */
  take(mail: { address: string; raw: Buffer; origin: MailOrigin }): Promise<SmtpReply>;
}

/** A newsletter with its pictures attached; longer ones are refused before they are sent (RFC 1870). */
const mostBytes = 5_000_000;
const mostConnections = 20;
const mostRecipients = 5;
const noMailbox: SmtpReply = { code: 550, words: '5.1.1 No such mailbox' };
const idleMs = 60_000;

/** Starts listening; `port` tells where, for 0. */
export async function listenForMail(
  house: House,
  recipients: readonly Recipient[],
): Promise<{ port: number; stop(): Promise<void> }> {
  const { INBOX_PORT: port = 0, INBOX_HOST: host } = house.config;
  const server = new SMTPServer({
    name: house.config.INBOX_DOMAIN,
    banner: 'Courant',
    size: mostBytes,
    maxClients: mostConnections,
    socketTimeout: idleMs,
    authOptional: true,
    // Mails are not secret here; a certificate is the business of whoever stands in front.
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onRcptTo: ({ address }, session, done) =>
      void tell(house, done, () => checkRecipient({ recipients, address, session })),
    onData: (stream, session, done) =>
      void tell(house, done, async () => takeForAll({ house, recipients, session, raw: await collect(stream) })),
  });
  // A client that hangs up is no trouble of ours.
  server.on('error', (error) => house.log.debug({ event: 'inbox.connection', message: messageOf(error) }));
  await new Promise<void>((resolve, reject) => {
    const refuse = (error: Error): void => reject(new PermanentError(`Cannot take mails on ${host}:${port} (${error.message}). Set INBOX_HOST and INBOX_PORT to what this machine allows, or leave INBOX_PORT empty.`, { cause: error })); // prettier-ignore
    server.server.once('error', refuse);
    server.listen(port, host, () => {
      server.server.off('error', refuse);
      resolve();
    });
  });
  const address = server.server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function checkRecipient({
  recipients,
  address,
  session,
}: {
  recipients: readonly Recipient[];
  address: string;
  session: SMTPServerSession;
}): Promise<SmtpReply | undefined> {
  if (session.envelope.rcptTo.length >= mostRecipients) return { code: 452, words: '4.5.3 Too many recipients' };
  return (await recipientOf(recipients, address)) ? undefined : noMailbox;
}

async function recipientOf(recipients: readonly Recipient[], address: string): Promise<Recipient | undefined> {
  for (const one of recipients) if (await one.knows(address)) return one;
  return undefined;
}

/** One answer stands for all recipients: the first refusal, else 250. A mail taken for one before another refuses comes again, and is known then. */
async function takeForAll({
  house,
  recipients,
  session,
  raw,
}: {
  house: House;
  recipients: readonly Recipient[];
  session: SMTPServerSession;
  raw: Buffer;
}): Promise<SmtpReply | undefined> {
  if (raw.length > mostBytes) return { code: 552, words: `5.3.4 More than ${mostBytes} bytes` };
  const { mailFrom, rcptTo } = session.envelope;
  const origin = { sender: mailFrom ? mailFrom.address : '', ip: session.remoteAddress, helo: session.hostNameAppearsAs || '' }; // prettier-ignore
  for (const { address } of rcptTo) {
    const recipient = await recipientOf(recipients, address);
    const answer = recipient ? await recipient.take({ address, raw, origin }) : noMailbox;
    house.log.info({ event: 'inbox.mail', code: answer.code, bytes: raw.length });
    if (answer.code !== 250) return answer;
  }
  return undefined;
}

/** Up to a byte more than may be: what follows is let through and dropped. */
async function collect(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (length <= mostBytes) chunks.push(chunk);
    length += chunk.length;
  }
  return Buffer.concat(chunks);
}

/** Nothing means 250. A refusal is told as it is; anything else is ours, and the sender tries again. */
async function tell(
  house: House,
  done: (error?: Error | null) => void,
  work: () => Promise<SmtpReply | undefined>,
): Promise<void> {
  let answer: SmtpReply | undefined;
  try {
    answer = await work();
  } catch (error) {
    house.log.error({ event: 'inbox.failed', message: messageOf(error) });
    answer = { code: 451, words: '4.3.0 Not now; try again' };
  }
  done(answer && Object.assign(new Error(answer.words), { responseCode: answer.code }));
}
