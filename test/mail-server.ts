// A real SMTP server on loopback that keeps what it took and can be told to misbehave for some recipients.
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

interface TakenMail {
  to: string;
  raw: Buffer;
}

/** Refuses a recipient with this code, or waits this long before it takes the mail, or hangs up after the last byte. */
export type Manners = (recipient: string) => { code?: number; waitMs?: number; hangUp?: boolean };

export type MailServer = Awaited<ReturnType<typeof startMailServer>>;

/** Starts the server; `taken` grows as mails come in. */
export async function startMailServer(manners: Manners = () => ({}), options: SMTPServerOptions = {}) {
  const taken: TakenMail[] = [];
  const waiting: (() => void)[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onRcptTo({ address }, _session, done) {
      const { code } = manners(address);
      done(code ? Object.assign(new Error(`no ${code}`), { responseCode: code }) : null);
    },
    onData(stream, session, done) {
      const to = session.envelope.rcptTo[0]!.address;
      const { waitMs = 0, hangUp = false } = manners(to);
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        taken.push({ to, raw: Buffer.concat(chunks) });
        for (const wake of waiting) wake();
        if (hangUp) server.connections.forEach((connection) => connection.close());
        else setTimeout(done, waitMs);
      });
    },
    ...options,
  });
  // A mailer that is killed resets its connections.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    taken,
    /** Resolves when this many mails were taken. */
    async untilTaken(count: number): Promise<void> {
      while (taken.length < count) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
