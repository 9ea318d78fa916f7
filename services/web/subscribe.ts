// Double opt-in: the form asks, a mail asks again, a button in the page behind its link confirms.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { askToSubscribe } from '../../core/readers/ask-to-subscribe.ts';
import { confirmReader, requestedAmount, requestedInterests } from '../../core/store/subscriptions.ts';
import { seldom } from '../guard-pages.ts';
import { mailField } from '../mail-field.ts';
import { PageError } from '../page-error.ts';
import { readInput } from '../read-input.ts';
import type { Room } from '../room.ts';
import { lengthField, stepField, stepWords, zoneField } from './amount.ts';
import { interestWords } from './interest-words.ts';
import { isOutboxOpen } from './outbox.ts';
import { readerOf } from './reader-of.ts';

const form = z.object({
  email: mailField({
    missing: 'Type your e-mail address.',
    wrong: 'This does not look like an e-mail address. It should read like name@example.org.',
  }),
  interests: interestWords,
  length: lengthField.optional(),
  everyIssues: stepField.optional(),
  // A browser proposes it; one that no clock here knows is as good as none.
  timezone: zoneField.optional().catch(undefined),
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
  const embedders = new Set(
    house.config.EMBED_ORIGINS.split(',')
      .map((origin) => origin.trim())
      .filter(Boolean),
  );
  const mayEmbed = (origin: string | undefined): boolean => origin !== undefined && embedders.has(origin);

  app.post('/subscribe', { config: seldom }, async (request, reply) => {
    // Readers get no cookie, so no token either: the browser itself says when a form came from another site.
    if (request.headers['sec-fetch-site'] === 'cross-site' && !mayEmbed(request.headers.origin)) {
      throw new PageError(403, 'This form came from another site.', 'Open our own page and subscribe there.');
    }
    const { email, interests, website, length, everyIssues, timezone } = readInput(form, request.body);
    if (website === '') {
      await askToSubscribe(house, {
        email,
        interests,
        wishes: { ...(length && { length }), ...(everyIssues && { everyIssues }), ...(timezone && { timezone }) },
        wording: askWording,
        address: request.ip,
      });
    }
    // The same work and the same words for every address: the form must not tell who reads this.
    return reply.redirect('/subscribe/asked', 303);
  });

  app.get('/subscribe/asked', (request, reply) =>
    show(reply, 'asked', { title: 'Look into your inbox', isOutboxOpen: isOutboxOpen(house.config, request) }),
  );

  app.get('/confirm/:token', async (request, reply) => {
    const reader = await readerOf(db, request);
    const interests = await requestedInterests(db, { readerId: reader.id, now: now() });
    const { length = null, everyIssues = null } = await requestedAmount(db, { readerId: reader.id, now: now() });
    const amount = [...(everyIssues ? [stepWords[everyIssues]] : []), ...(length ? [`${length} stories`] : [])].join(
      ', ',
    );
    return show(reply, 'confirm', { title: 'Confirm', isPersonal: true, reader, interests, amount, confirmWording });
  });

  app.post('/confirm/:token', async (request, reply) => {
    const reader = await readerOf(db, request);
    const consent = { readerId: reader.id, wording: confirmWording, address: request.ip, at: now() };
    const isNew = await confirmReader(db, consent);
    const { status, isSuppressed } = await readerOf(db, request);
    if (isSuppressed || (status !== 'active' && status !== 'paused')) {
      throw new PageError(409, 'This could not be confirmed: the link is too old, or mail to this address is not wanted.', 'Subscribe once more, or with another address.'); // prettier-ignore
    }
    return reply.redirect(`/preferences/${reader.token}?said=${isNew ? 'confirmed' : 'added'}`, 303);
  });
}
