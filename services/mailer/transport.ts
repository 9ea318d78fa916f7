// The only file that knows nodemailer: conversations with the mail server, or the outbox where there is none.
import { join } from 'node:path';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Config } from '../../core/config.ts';
import { messageOf, PermanentError } from '../../core/errors.ts';
import type { Attempt } from '../../core/store/mail-attempts.ts';
import { gatedMessage } from './gated-message.ts';
import { writeToOutbox } from './outbox.ts';
import { isLoopback } from '../hosts.ts';
import { attemptOf, type ServerReply, type Stage } from './reply-meaning.ts';

export interface OutgoingMail {
  /** The ledger row, such as `delivery-12`. */
  row: string;
  from: string;
  to: string;
  raw: Buffer;
  /** It has bytes above 127. */
  is8bit?: boolean;
  /** Its lines end in CRLF, and none starts with a dot. */
  isPlain?: boolean;
  /** Called when nobody reads `raw` any more. */
  release?: () => void;
}

/** What a mail is written for. */
export interface Carrier {
  /** Whether bytes above 127 may go as they are (RFC 6152). */
  takes8bit: boolean;
}

/** One conversation with the mail server; it carries one mail after another. */
export interface Connection extends Carrier {
  isOpen(): boolean;
  /**
   * Tries once. `begin` is called after the server's 354: the last bytes follow only when it resolves to true, so that
   * what it writes down is there before the mail can have arrived.
   */
  send(mail: OutgoingMail, begin: () => Promise<boolean>): Promise<Attempt>;
  close(): void;
}

export interface Transport {
  /** How many conversations at most. */
  most: number;
  /** Connects and signs in; throws NotConnected. */
  open(): Promise<Connection>;
}

/** Why there is no conversation; `isForAPerson` when waiting does not help. */
export class NotConnected extends Error {
  readonly isForAPerson: boolean;
  constructor(message: string, { isForAPerson, cause }: { isForAPerson: boolean; cause: unknown }) {
    super(message, { cause });
    this.name = 'NotConnected';
    this.isForAPerson = isForAPerson;
  }
}

type MailConfig = Pick<Config, 'SMTP_URL' | 'DATA_DIR' | 'MAIL_CONNECTIONS' | 'MAIL_TIMEOUT_SECONDS' | 'MAIL_TLS'>;

/** Returns what opens conversations; nothing is connected yet. */
export function openTransport(config: MailConfig): Transport {
  const { SMTP_URL, DATA_DIR, MAIL_CONNECTIONS: most } = config;
  if (SMTP_URL) return { most, open: () => openConnection(config, SMTP_URL) };
  const directory = join(DATA_DIR, 'outbox');
  const connection: Connection = {
    takes8bit: true,
    isOpen: () => true,
    send: async (mail, begin) =>
      (await begin())
        ? writeToOutbox(directory, mail).finally(() => mail.release?.())
        : { outcome: 'unsent', reply: 'not begun' },
    close: () => undefined,
  };
  return { most, open: async () => connection };
}

/** Says where mails go; with a mail server, connects and signs in first, and throws PermanentError when that fails. */
export async function verifyTransport(config: MailConfig): Promise<string> {
  if (!config.SMTP_URL) return `no SMTP_URL: mails are written to ${join(config.DATA_DIR, 'outbox')}`;
  const { host } = new URL(config.SMTP_URL);
  try {
    const connection = await openConnection({ ...config, MAIL_TIMEOUT_SECONDS: 20 }, config.SMTP_URL);
    connection.close();
    return `${host} answers`;
  } catch (cause) {
    throw new PermanentError(`${host} cannot be used: ${messageOf(cause)}. Check that it runs and correct SMTP_URL.`, {
      cause,
    });
  }
}

/** Longest waits of RFC 5321, section 4.5.3.2, in seconds: for a reply to commands, for the message, for the last reply. */
const ceilings = { connect: 300, commands: 300, message: 180, end: 600 } as const;

/**
 * TLS as a mail server that relays does it (RFC 7435): taken where it is offered, whoever the server is. A password goes
 * only where a certificate says who reads it.
 */
async function openConnection(config: MailConfig, url: string): Promise<Connection> {
  const { protocol, hostname, port, username, password } = new URL(url);
  const auth = username ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) } : undefined;
  // Whoever stands between could leave the offer of TLS out, and read the password; on this machine nobody does.
  const isRequired = config.MAIL_TLS === 'required' || (auth !== undefined && !isLoopback(hostname));
  const timeoutMs = Math.min(ceilings.connect, config.MAIL_TIMEOUT_SECONDS) * 1000;
  const options = {
    host: hostname.replaceAll('[', '').replaceAll(']', ''),
    ...(port && { port: Number(port) }),
    secure: protocol === 'smtps:',
    requireTLS: isRequired,
    opportunisticTLS: !isRequired && !auth,
    tls: { rejectUnauthorized: isRequired || auth !== undefined },
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: (ceilings.end + 60) * 1000,
    logger: false,
  };
  let smtp = new SMTPConnection(options);
  try {
    await connect(smtp);
  } catch (error) {
    // A broken handshake where TLS was only an offer: in the clear, as before there was an offer.
    if (isRequired || auth || options.secure || !(smtp as { upgrading?: boolean }).upgrading) throw notConnected(error);
    smtp = new SMTPConnection({ ...options, ignoreTLS: true });
    await connect(smtp).catch((again: unknown) => Promise.reject(notConnected(again)));
  }
  if (auth) await signIn(smtp, auth);
  return connectionOn(smtp, config.MAIL_TIMEOUT_SECONDS);
}

function connect(smtp: SMTPConnection): Promise<void> {
  return new Promise((resolve, reject) => {
    smtp.on('error', reject);
    smtp.once('end', () => reject(new Error('the server closed the connection')));
    smtp.connect((error) => (error ? reject(error) : resolve()));
  });
}

function signIn(smtp: SMTPConnection, auth: { user: string; pass: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    smtp.on('error', (error) => reject(notConnected(error)));
    smtp.once('end', () => reject(notConnected(new Error('the server closed the connection'))));
    smtp.login(auth, (error) => {
      if (!error) return resolve();
      reject(notConnected(error));
      smtp.close();
    });
  });
}

/** A server that only has enough connections, or wants fewer a minute, says so with 5xx too. */
const forNowWords = ['connections', 'concurren', 'sessions', 'too many', 'too fast', 'too quick', 'too frequen', ' rate', 'throttl', 'limit', 'overload', 'busy', 'try again', 'try later']; // prettier-ignore

function notConnected(error: unknown): NotConnected {
  const { response, responseCode, code } = error as SMTPConnection.SMTPError;
  const reply = response ?? messageOf(error);
  // 454 is a login that cannot be looked at now (RFC 4954, section 6).
  const isLogin = code === 'EAUTH' && (responseCode === undefined || responseCode >= 500);
  if (code === 'ENOAUTH' || isLogin) {
    const words = `The mail server refuses the login (${reply}); correct SMTP_URL.`;
    return new NotConnected(words, { isForAPerson: true, cause: error });
  }
  const isForNow = forNowWords.some((word) => reply.toLowerCase().includes(word));
  // 554 instead of a greeting (RFC 5321, section 3.1), 521 (RFC 7504), no STARTTLS where it is required: it will say so tomorrow too.
  const isFinal = isReply(responseCode) && responseCode >= 500 && !isForNow;
  const words = isFinal
    ? `The mail server takes no mail from here (${reply}); nothing was lost, the mails wait.`
    : `The mail server cannot be used now (${reply}); nothing was lost, the mails wait.`;
  return new NotConnected(words, { isForAPerson: isFinal, cause: error });
}

function connectionOn(smtp: SMTPConnection, timeoutSeconds: number): Connection {
  let isOpen = true;
  const end = (): void => {
    isOpen = false;
  };
  smtp.on('error', end);
  smtp.once('end', end);
  return {
    // nodemailer tells it only with the first mail that was sent.
    takes8bit: (Reflect.get(smtp, '_supportedExtensions') as string[]).includes('8BITMIME'),
    isOpen: () => isOpen,
    async send(mail, begin) {
      const reply = await converse(smtp, { mail, begin, timeoutSeconds });
      // After a broken conversation, or what was no reply, nobody knows what the next reply belongs to; 421 closes.
      // A sender whose recipient was refused stays until RSET: another MAIL would be a nested one.
      const isLost = reply.code === null || reply.code === 421;
      if (isLost || (reply.stage !== 'end' && !(await isReset(smtp)))) {
        end();
        smtp.close();
      }
      // What broke off may still read from the buffer.
      if (!isLost) mail.release?.();
      if ('notBegun' in reply) return { outcome: 'unsent', reply: reply.text };
      return attemptOf(reply);
    },
    close() {
      if (isOpen) smtp.quit();
      end();
      // A server that does not answer QUIT keeps nothing of ours.
      setTimeout(() => smtp.close(), 1_000).unref();
    },
  };
}

/** Within a few seconds, or the conversation is not worth going on with. */
const resetMs = 5_000;

function isReset(smtp: SMTPConnection): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), resetMs);
    const settle = (isDone: boolean): void => {
      clearTimeout(timer);
      smtp.removeListener('end', onEnd);
      resolve(isDone);
    };
    const onEnd = (): void => settle(false);
    smtp.once('end', onEnd);
    smtp.reset((error) => settle(!error));
  });
}

interface Conversation {
  mail: OutgoingMail;
  begin: () => Promise<boolean>;
  timeoutSeconds: number;
}

function converse(
  smtp: SMTPConnection,
  { mail: { from, to, raw, is8bit = false, isPlain = false }, begin, timeoutSeconds }: Conversation,
): Promise<ServerReply & { notBegun?: true }> {
  return new Promise((resolve) => {
    const progress = { wasRead: false, isEnded: false };
    let timer: NodeJS.Timeout | undefined;
    const settle = (reply: ServerReply & { notBegun?: true }): void => {
      clearTimeout(timer);
      smtp.removeListener('end', onClosed);
      resolve(reply);
      // A reply in the middle of a message leaves a conversation that nobody can go on with.
      if (progress.wasRead && !progress.isEnded) smtp.close();
    };
    /** Of a pipelined envelope the last reply never comes when a 421 to an earlier command was the server's last word. */
    const onClosed = (): void => {
      const last = smtp.lastServerResponse;
      if (!last || !last.startsWith('421')) return broken('the server closed the connection');
      settle({ stage: progress.isEnded ? 'end' : 'recipient', code: 421, text: last });
    };
    const broken = (text: string): void =>
      settle({ stage: progress.isEnded ? 'end' : progress.wasRead ? 'data' : 'recipient', code: null, text });
    const wait = (ceiling: number, what: string): void => {
      clearTimeout(timer);
      const seconds = Math.min(ceiling, timeoutSeconds);
      timer = setTimeout(() => {
        broken(`no reply to ${what} within ${seconds} s`);
        smtp.close();
      }, seconds * 1000);
    };
    const message = gatedMessage(raw, {
      isPlain,
      begin,
      onRead: () => ((progress.wasRead = true), wait(ceilings.message, 'the message')),
      onEnd: () => ((progress.isEnded = true), wait(ceilings.end, 'the end of the message')),
      onRefused: (text) => settle({ stage: 'data', code: null, text, notBegun: true }),
    });
    smtp.once('end', onClosed);
    wait(ceilings.commands, 'the envelope');
    smtp.send({ from, to, use8BitMime: is8bit, size: raw.length }, message, (error, info) => {
      if (!error) return settle({ stage: 'end', code: 250, text: info.response });
      const { response, responseCode } = error;
      if (!response || !isReply(responseCode)) return broken(response ?? messageOf(error));
      settle({ stage: stageOf(error, progress.wasRead), code: responseCode, text: response });
    });
  });
}

/** A code that says no; what nodemailer read out of garbage, or a 2xx where none belongs, is none. */
function isReply(code: number | undefined): code is number {
  return code !== undefined && code >= 400 && code < 600;
}

function stageOf({ command }: SMTPConnection.SMTPError, wasRead: boolean): Stage {
  if (wasRead) return 'end';
  if (command === 'MAIL FROM') return 'sender';
  return command === 'DATA' ? 'data' : 'recipient';
}
