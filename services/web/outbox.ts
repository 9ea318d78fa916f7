// `/outbox`: the mails that were written to DATA_DIR/outbox, to be read without a mail server; one process, one machine.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { join } from 'node:path';
import { z } from 'zod';
import { sendFramed } from '../guard-pages.ts';
import { notFound } from '../page-error.ts';
import type { Room } from '../room.ts';
import { listMails, readMail, type OutboxMail } from './outbox-mails.ts';

const params = z.object({ name: z.string().regex(/^[\w@.-]{1,200}\.eml$/) });

/** Registers the list and, for each mail, its page and the HTML in the page's frame. */
export function outboxRoom(app: FastifyInstance, { house, show }: Room): void {
  const directory = join(house.config.DATA_DIR, 'outbox');

  app.get('/outbox', async (_request, reply) =>
    show(reply, 'outbox', {
      title: 'Outbox',
      isPersonal: true,
      mails: await listMails(directory, house.config.TIMEZONE),
    }),
  );

  app.get('/outbox/:name', async (request, reply) => {
    const mail = await mailOf(request);
    return show(reply, 'outbox-mail', { title: mail.subject, isPersonal: true, isWide: true, mail });
  });

  app.get('/outbox/:name/html', async (request, reply) => sendFramed(reply, (await mailOf(request)).html));

  async function mailOf(request: FastifyRequest): Promise<OutboxMail> {
    const parsed = params.safeParse(request.params);
    const mail = parsed.success ? await readMail(directory, parsed.data.name) : undefined;
    if (!mail) throw notFound('There is no such mail in the outbox.');
    return mail;
  }
}
