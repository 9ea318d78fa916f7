// `/preferences/:token/address` and `/address/:token`: letters go to another address once both agreed.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { recordAsk } from '../../core/store/asks.ts';
import { confirmAddressChange, addressChangeByToken } from '../../core/store/address-changes.ts';
import { seldom } from '../guard-pages.ts';
import { mailField } from '../mail-field.ts';
import { notFound, PageError } from '../page-error.ts';
import { readInput } from '../read-input.ts';
import { asText } from '../message.ts';
import type { Room } from '../room.ts';
import { readerOf } from './reader-of.ts';
import { backToPage } from './said.ts';

const form = z.object({
  email: mailField({
    missing: asText('move.missing'),
    wrong: asText('subscribe.wrongEmail'),
  }),
});
const params = z.object({ token: z.string().regex(/^[\w-]{20,64}$/) });

/** Registers the form and the page behind the mailed links; opening one agrees to nothing. */
export function changeAddressRoom(app: FastifyInstance, { house, show, words: wordsOf }: Room): void {
  const { db, now, queue } = house;

  app.post('/preferences/:token/address', { config: seldom }, async (request, reply) => {
    const reader = await readerOf(db, request);
    const { email } = readInput(form, request.body);
    if (email === reader.email) throw new PageError(400, { key: 'move.same' }, { key: 'move.sameTodo' });
    // The same work for every address: whether somebody else reads this there is told to nobody.
    await recordAsk(db, { kind: 'move', email, detail: { readerId: reader.id }, address: request.ip, at: now() });
    await queue.enqueue('notices.send', {});
    return backToPage(reply, { token: reader.token, said: 'moving' });
  });

  function tokenOf(given: unknown): string {
    const parsed = params.safeParse(given);
    if (!parsed.success) throw nothing();
    return parsed.data.token;
  }

  app.get('/address/:token', async (request, reply) => {
    const token = tokenOf(request.params);
    const move = await addressChangeByToken(db, { token, now: now() });
    if (!move) throw nothing();
    return show(reply, 'move', {
      title: wordsOf(request).say('move.title'),
      isPersonal: true,
      move,
      token,
      came: null,
    });
  });

  app.post('/address/:token', { config: seldom }, async (request, reply) => {
    const token = tokenOf(request.params);
    const move = await addressChangeByToken(db, { token, now: now() });
    const wording = wordsOf(request).say('move.wording');
    const came = await confirmAddressChange(db, { token, wording, address: request.ip, at: now() });
    if (!move || came === 'gone') throw nothing();
    if (came === 'taken') {
      throw new PageError(409, { key: 'move.taken', values: { email: move.email } }, { key: 'move.takenTodo' });
    }
    return show(reply, 'move', { title: wordsOf(request).say('move.title'), isPersonal: true, move, token, came });
  });
}

function nothing(): PageError {
  return notFound({ key: 'move.ended' });
}
