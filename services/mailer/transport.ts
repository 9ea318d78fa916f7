// The only file that knows nodemailer: hands a raw message to the mail server, or to the outbox where there is none.
import { join } from 'node:path';
import nodemailer from 'nodemailer';
import type { Config } from '../../core/config.ts';
import { messageOf, PermanentError, TemporaryError } from '../../core/errors.ts';
import type { Attempt } from '../../core/store/mail-attempts.ts';
import { writeToOutbox } from './outbox.ts';

export interface OutgoingMail {
  /** The ledger row, such as `delivery-12`. */
  row: string;
  from: string;
  to: string;
  raw: Buffer;
}

export interface Transport {
  /**
   * Tries once. What the server says about this mail is the result; trouble that would meet every mail
   * (no connection, login or sender refused) is thrown, and no server heard of this one.
   */
  send(mail: OutgoingMail): Promise<Attempt>;
  close(): void;
}

/** Opens a transport that connects with its first mail. */
export function openTransport({ SMTP_URL, DATA_DIR }: Pick<Config, 'SMTP_URL' | 'DATA_DIR'>): Transport {
  if (SMTP_URL) return smtpTransport(SMTP_URL);
  const directory = join(DATA_DIR, 'outbox');
  return { send: (mail) => writeToOutbox(directory, mail), close: () => undefined };
}

/** Says where mails go; with a mail server, connects and signs in first, and throws PermanentError when that fails. */
export async function verifyTransport({ SMTP_URL, DATA_DIR }: Pick<Config, 'SMTP_URL' | 'DATA_DIR'>): Promise<string> {
  if (!SMTP_URL) return `no SMTP_URL: mails are written to ${join(DATA_DIR, 'outbox')}`;
  const { host } = new URL(SMTP_URL);
  const transport = nodemailer.createTransport({ url: SMTP_URL, connectionTimeout: 20_000, greetingTimeout: 20_000 });
  try {
    await transport.verify();
    return `${host} answers`;
  } catch (cause) {
    throw new PermanentError(`${host} cannot be used: ${messageOf(cause)}. Check that it runs and correct SMTP_URL.`, {
      cause,
    });
  } finally {
    transport.close();
  }
}

function smtpTransport(url: string): Transport {
  const pool = nodemailer.createTransport({
    pool: true,
    url,
    maxConnections: 10,
    // Below the lease: a mail whose server stays silent must be settled while it is still ours.
    socketTimeout: 5 * 60_000,
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const streams = new WeakMap<Buffer, { readableDidRead: boolean }>();
  // A lost connection means "not sent" before the first byte of the message and "perhaps sent" after it, and the error
  // alone does not say which; the stream does. (The pool itself sends again only what nobody read.)
  pool.use('stream', (mail, done) => {
    const { message, data } = mail;
    const createReadStream = message.createReadStream.bind(message);
    message.createReadStream = (...options) => {
      const stream = createReadStream(...options);
      streams.set(data.raw as Buffer, stream);
      return stream;
    };
    done();
  });
  return {
    async send({ from, to, raw }) {
      try {
        const { response } = await pool.sendMail({ envelope: { from, to }, raw });
        return { outcome: 'submitted', reply: response };
      } catch (error) {
        return attemptOf(error as SmtpError, streams.get(raw)?.readableDidRead ?? false);
      }
    },
    close: () => pool.close(),
  };
}

interface SmtpError extends Error {
  code?: string;
  command?: string;
  response?: string;
  responseCode?: number;
}

function attemptOf(error: SmtpError, wasRead: boolean): Attempt {
  const reply = error.response ?? messageOf(error);
  const { code, command = '', responseCode } = error;
  if (code === 'EAUTH')
    throw new PermanentError(`The mail server refuses the login (${reply}); correct SMTP_URL.`, { cause: error });
  if (command === 'MAIL FROM' && responseCode && responseCode >= 500) {
    throw new PermanentError(
      `The mail server refuses the sender (${reply}); correct the sender on the settings page of the desk (/desk/settings), or MAIL_FROM where it is set.`,
      { cause: error },
    );
  }
  if (responseCode && responseCode !== 421 && ['RCPT TO', 'DATA', 'MAIL FROM'].includes(command)) {
    return { outcome: responseCode >= 500 ? 'refused' : 'deferred', reply };
  }
  if (code === 'EENVELOPE' && !responseCode) return { outcome: 'refused', reply };
  if (wasRead && responseCode !== 421) return { outcome: 'unknown', reply };
  throw new TemporaryError(`The mail server cannot be used now (${reply}); nothing was lost, the mails wait.`, {
    cause: error,
  });
}
