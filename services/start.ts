// Opens the rooms of a mode: pages on one port, the mailer beside them.
import { Resolver } from 'node:dns/promises';
import type { FastifyInstance } from 'fastify';
import { PermanentError } from '../core/errors.ts';
import type { House } from '../core/house.ts';
import { buildApp, type RoomName } from './app.ts';
import { listenForMail } from './inbox/listen.ts';
import { mailsToUs } from './inbox/mails-to-us.ts';
import { newsletterRecipient } from './inbox/newsletters.ts';
import { reportRecipient } from './inbox/reports.ts';
import { mailerHandlers } from './mailer/handlers.ts';
import { hasOutbox } from './web/outbox.ts';

/** A sender waits meanwhile, in all at most some ten questions long. */
const dnsPatience = { timeout: 2_000, tries: 2 };

export const modes = ['all', 'web', 'admin', 'mailer'] as const;
export type Mode = (typeof modes)[number];

const pagesOf: Record<Mode, RoomName[]> = { all: ['web', 'admin'], web: ['web'], admin: ['admin'], mailer: [] };

/** Starts what `mode` names; `stop` finishes requests and mails under way. */
export async function startServices(house: House, mode: Mode): Promise<{ stop(): Promise<void> }> {
  const app = pagesOf[mode].length > 0 ? await listen(house, pagesOf[mode]) : undefined;
  const mailer = mode === 'all' || mode === 'mailer' ? await house.queue.work(mailerHandlers(house)) : undefined;
  const inbox =
    mailer && house.config.INBOX_PORT !== undefined
      ? await listenForMail(house, [
          newsletterRecipient(house),
          await reportRecipient(house),
          await mailsToUs(house, new Resolver(dnsPatience)),
        ])
      : undefined;
  return {
    async stop() {
      await inbox?.stop();
      await app?.close();
      await mailer?.stop();
    },
  };
}

async function listen(house: House, rooms: RoomName[]): Promise<FastifyInstance> {
  const { HOST: host, PORT: port } = house.config;
  const app = await buildApp(house, { rooms: hasOutbox(house.config) ? [...rooms, 'outbox'] : rooms });
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw cannotListen(error, host, port);
  }
  return app;
}

function cannotListen(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new PermanentError(
      `Port ${port} on ${host} is in use by another program. Stop it, or set PORT to a free one.`,
      { cause: error },
    );
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new PermanentError(
      `Cannot listen on ${host}:${port} (${code}). Set HOST and PORT to what this machine allows.`,
      { cause: error },
    );
  }
  return error;
}
