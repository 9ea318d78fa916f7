// Double opt-in: the form asks, a mail asks again, a button in the page behind its link confirms.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { planNotice } from '../../core/store/notices.ts';
import { askReader, confirmReader, type Reader } from '../../core/store/readers.ts';
import { loadSettings } from '../../core/store/settings.ts';
import { composeNotice } from '../compose-notice.ts';
import { seldom } from '../guard-pages.ts';
import { PageError } from '../page-error.ts';
import { readInput } from '../read-input.ts';
import type { Room } from '../room.ts';
import { interestWords } from './interest-words.ts';
import { readerOf } from './reader-of.ts';

const form = z.object({
  email: z
    .string({ error: 'Type your e-mail address.' })
    .trim()
    .toLowerCase()
    .max(254, 'This is too long for an e-mail address.')
    .pipe(z.email('This does not look like an e-mail address. It should read like name@example.org.')),
  interests: interestWords,
  // A person does not see this field; what fills it in is a program.
  website: z.string().default(''),
});

/** What stands above the button, kept with the consent. */
const askWording = 'Send me the weekly issue by e-mail. I can unsubscribe with one click in every mail.';
const confirmWording = 'Yes, send me the weekly issue';

/** Registers the form, its answer, and the page behind the mailed link. */
export function subscribeRoom(app: FastifyInstance, room: Room): void {
  const { house, show } = room;
  const { db, now } = house;

  app.get('/subscribe', (_request, reply) =>
    show(reply, 'subscribe', { title: 'Subscribe', here: 'subscribe', keepSeconds: 60 }),
  );

  app.post('/subscribe', { config: seldom }, async (request, reply) => {
    // Readers get no cookie, so no token either: the browser itself says when a form came from another site.
    if (request.headers['sec-fetch-site'] === 'cross-site') {
      throw new PageError(403, 'This form came from another site.', 'Open our own page and subscribe there.');
    }
    const { email, interests, website } = readInput(form, request.body);
    if (website === '') {
      const ask = { email, interests, wording: askWording, address: request.ip, at: now() };
      const { reader, write } = await askReader(db, ask);
      if (write) await writeTo(room, reader);
    }
    // The same words whether or not the address is known: the form must not tell who reads this.
    return reply.redirect('/subscribe/asked', 303);
  });

  app.get('/subscribe/asked', (_request, reply) => show(reply, 'asked', { title: 'Look into your inbox' }));

  app.get('/confirm/:token', async (request, reply) => {
    const reader = await readerOf(db, request);
    return show(reply, 'confirm', { title: 'Confirm', isPersonal: true, reader, confirmWording });
  });

  app.post('/confirm/:token', async (request, reply) => {
    const reader = await readerOf(db, request);
    await confirmReader(db, { readerId: reader.id, wording: confirmWording, address: request.ip, at: now() });
    return reply.redirect(`/preferences/${reader.token}?said=confirmed`, 303);
  });
}

async function writeTo({ house, links, templates }: Room, reader: Reader): Promise<void> {
  const { publication = 'Courant' } = await loadSettings(house.db);
  const isKnown = reader.status === 'active' || reader.status === 'paused';
  const notice = await composeNotice(templates, isKnown ? knownText(publication) : askText(publication));
  await planNotice(house.db, { kind: 'confirm', email: reader.email, ...notice });
  await house.queue.ring('notices.send', {});

  function askText(name: string) {
    return {
      publication: name,
      home: links.home,
      subject: `Confirm your subscription to ${name}`,
      lines: [
        `Somebody, probably you, asked for ${name} at this address: one mail a week with the stories that matter to you.`,
        'It starts when you confirm.',
      ],
      action: { label: 'Confirm the subscription', href: links.confirm(reader.token) },
      note: 'If it was not you, do nothing: without the confirmation no mail follows.',
    };
  }

  function knownText(name: string) {
    return {
      publication: name,
      home: links.home,
      subject: `You already get ${name}`,
      lines: [`Somebody, probably you, asked for ${name} at this address, which gets it already.`],
      action: { label: 'Your preferences', href: links.preferences(reader.token) },
      note: 'If it was not you, do nothing: nothing changed.',
    };
  }
}
