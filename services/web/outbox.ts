// The mails that were written to DATA_DIR/outbox, to be read without a mail server: at `/outbox` by whoever sits at this machine, at `/desk/outbox` by editors.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { join } from 'node:path';
import { z } from 'zod';
import type { Config } from '../../core/config.ts';
import { sendFramed } from '../guard-pages.ts';
import { isLoopback, isThisMachineOnly } from '../hosts.ts';
import { notFound } from '../page-error.ts';
import type { Room } from '../room.ts';
import { listMails, readMail, shownMail, type OutboxMail } from './outbox-mails.ts';

const params = z.object({ name: z.string().regex(shownMail) });

/** Whether there is an outbox to show: everything runs in one process, and no mail server takes the mails. */
export function hasOutbox({ SMTP_URL, DATABASE_URL }: Config): boolean {
  return !SMTP_URL && !DATABASE_URL;
}

/** Where the outbox is read, in a sentence for whoever starts Courant. */
export function describeOutbox(config: Config): string {
  const { HOST, PUBLIC_URL, DESK_URL } = config;
  if (isThisMachineOnly(config)) return `${PUBLIC_URL}/outbox, open to everybody on this machine`;
  return `${DESK_URL}/desk/outbox, behind the sign-in, since HOST (${HOST}), PUBLIC_URL or a proxy lets other machines in`;
}

/** Registers `/outbox`; where others can reach it, it only leads to the desk. */
export function outboxRoom(app: FastifyInstance, room: Room): void {
  const { config } = room.house;
  const isOpen = isThisMachineOnly(config);
  app.addHook('onRequest', async (request) => {
    // A tool of whoever runs this, as the desk is.
    request.pageLang = 'en';
  });
  app.addHook('onRequest', async (request, reply) =>
    isOpen && isFromHere(request) ? undefined : reply.redirect(`${config.DESK_URL}/desk/outbox`, 303),
  );
  showOutbox(app, room, '/outbox');
}

/** Whether this visitor may read the outbox without signing in. */
export function isOutboxOpen(config: Config, request: FastifyRequest): boolean {
  return hasOutbox(config) && isThisMachineOnly(config) && isFromHere(request);
}

/** A tunnel or a proxy that nobody told us of says by its headers that it speaks for somebody else. */
function isFromHere({ headers, raw }: FastifyRequest): boolean {
  const isPassedOn = Object.keys(headers).some((name) => /^(x-forwarded-.*|forwarded|via|x-real-ip)$/.test(name));
  return !isPassedOn && isLoopback(raw.socket.remoteAddress ?? '');
}

/** The list and, for each mail, its page and the HTML in the page's frame; whoever registers it says who may see it. */
export function showOutbox(app: FastifyInstance, { house, show }: Room, base: string): void {
  const directory = join(house.config.DATA_DIR, 'outbox');

  app.get(base, async (_request, reply) =>
    show(reply, 'outbox', {
      title: 'Outbox',
      isPersonal: true,
      base,
      mails: await listMails(directory, house.config.TIMEZONE),
    }),
  );

  app.get(`${base}/:name`, async (request, reply) => {
    const mail = await mailOf(request);
    return show(reply, 'outbox-mail', { title: mail.subject, isPersonal: true, isWide: true, base, mail });
  });

  app.get(`${base}/:name/html`, async (request, reply) => sendFramed(reply, (await mailOf(request)).html));

  async function mailOf(request: FastifyRequest): Promise<OutboxMail> {
    const parsed = params.safeParse(request.params);
    const mail = parsed.success ? await readMail(directory, parsed.data.name) : undefined;
    if (!mail) throw notFound('There is no such mail in the outbox.');
    return mail;
  }
}
