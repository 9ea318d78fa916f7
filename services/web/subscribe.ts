// Double opt-in: the form asks, a mail asks again, a button in the page behind its link confirms.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { askToSubscribe } from '../../core/readers/ask-to-subscribe.ts';
import { confirmReader, requestedAmount, requestedInterests } from '../../core/store/subscriptions.ts';
import { isToWelcome } from '../../core/store/welcomes.ts';
import { formVersion } from '../form-version.ts';
import { seldom } from '../guard-pages.ts';
import { mailField } from '../mail-field.ts';
import { PageError } from '../page-error.ts';
import { isStorable, readInput } from '../read-input.ts';
import type { Room } from '../room.ts';
import { asText } from '../message.ts';
import { langField, lengthField, stepField, stepWords, zoneField } from './amount.ts';
import { interestWords } from './interest-words.ts';
import { isOutboxOpen } from './outbox.ts';
import type { ShowSubscribe } from './subscribe-page.ts';
import { readerOf } from './reader-of.ts';

const form = z.object({
  email: mailField({
    missing: asText('subscribe.missingEmail'),
    wrong: asText('subscribe.wrongEmail'),
  }),
  interests: interestWords,
  length: lengthField.optional(),
  everyIssues: stepField.optional(),
  lang: langField.optional().catch(undefined),
  // A browser proposes it; one that no clock here knows is as good as none.
  timezone: zoneField.optional().catch(undefined),
  // A person does not see this field; what fills it in is a program.
  website: z.string().default(''),
});

/** Registers the form, its answer, and the page behind the mailed link. */
export function subscribeRoom(app: FastifyInstance, room: Room, showSubscribe: ShowSubscribe): void {
  const { house, show, words: wordsOf } = room;
  const subscribeForm = formVersion('subscribe-form');
  const embedders = new Set(
    house.config.EMBED_ORIGINS.split(',')
      .map((origin) => origin.trim())
      .filter(Boolean),
  );
  const mayEmbed = (origin: string | undefined): boolean => origin !== undefined && embedders.has(origin);

  /** A script of such a site that sends the form by itself may read what came of it (CORS). */
  const tellSite = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (embedders.size === 0) return;
    const vary = reply.getHeader('vary');
    void reply.header('vary', vary === undefined ? 'Origin' : `${String(vary)}, Origin`);
    if (mayEmbed(request.headers.origin)) void reply.header('access-control-allow-origin', request.headers.origin);
  };

  app.post('/subscribe', { config: seldom, onSend: tellSite }, async (request, reply) => {
    // Readers get no cookie, so no token either: the browser itself says when a form came from another site.
    if (request.headers['sec-fetch-site'] === 'cross-site' && !mayEmbed(request.headers.origin)) {
      throw new PageError(403, { key: 'subscribe.otherSite' }, { key: 'subscribe.otherSiteTodo' });
    }
    const read = readOr(request.body);
    if (read instanceof PageError) {
      // What no keyboard types is not written back.
      if (!isStorable(request.body)) throw read;
      return showSubscribe(reply, { error: read, typed: request.body });
    }
    const { email, interests, website, length, everyIssues, timezone, lang } = read;
    if (website === '') {
      await askToSubscribe(house, {
        email,
        interests,
        wishes: { ...(length && { length }), ...(everyIssues && { everyIssues }), ...(timezone && { timezone }), ...(lang && { lang }) }, // prettier-ignore
        // What stands above the button, kept with the consent.
        wording: wordsOf(request).say('subscribe.wording'),
        form: subscribeForm,
        address: request.ip,
      });
    }
    // The same work and the same words for every address: the form must not tell who reads this.
    return reply.redirect(`/subscribe/asked${lang ? `?lang=${lang}` : ''}`, 303);
  });

  app.get('/subscribe/asked', { onSend: tellSite }, (request, reply) =>
    show(reply, 'asked', {
      title: wordsOf(request).say('subscribe.asked'),
      isOutboxOpen: isOutboxOpen(house.config, request),
    }),
  );
  confirmRoom(app, room);
}

/** What was typed, or what is wrong with it. */
function readOr(sent: unknown): z.infer<typeof form> | PageError {
  try {
    return readInput(form, sent);
  } catch (error) {
    if (error instanceof PageError) return error;
    throw error;
  }
}

/** The page behind the mailed link, and its button. */
function confirmRoom(app: FastifyInstance, { house, show, words: wordsOf }: Room): void {
  const { db, now } = house;
  const confirmForm = formVersion('confirm');

  app.get('/confirm/:token', async (request, reply) => {
    const reader = await readerOf(db, request);
    const interests = await requestedInterests(db, { readerId: reader.id, now: now() });
    const { length = null, everyIssues = null } = await requestedAmount(db, { readerId: reader.id, now: now() });
    const words = wordsOf(request);
    const amount = [
      ...(everyIssues ? [stepWords(everyIssues, words)] : []),
      ...(length ? [words.say('issue.stories', { n: length })] : []),
    ].join(', ');
    return show(reply, 'confirm', {
      title: words.say('confirm.title'),
      isPersonal: true,
      reader,
      interests: interests.join(', '),
      amount,
    });
  });

  app.post('/confirm/:token', async (request, reply) => {
    const reader = await readerOf(db, request);
    const consent = {
      readerId: reader.id,
      wording: wordsOf(request).say('confirm.button'),
      form: confirmForm,
      address: request.ip,
      at: now(),
    };
    const isNew = await confirmReader(db, consent);
    const { status, isSuppressed } = await readerOf(db, request);
    if (isSuppressed || (status !== 'active' && status !== 'paused')) {
      throw new PageError(409, { key: 'confirm.failed' }, { key: 'confirm.failedTodo' });
    }
    if (!isNew) return reply.redirect(`/preferences/${reader.token}?said=added`, 303);
    const said = (await isToWelcome(db, { readerId: reader.id, now: now() })) ? 'confirmed' : 'awaited';
    return reply.redirect(`/preferences/${reader.token}?said=${said}`, 303);
  });
}
