// A change on a reader's own page -> the page again, which says what changed and offers the way back.
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Words } from '../../core/words.ts';

/** What the page says after a change, by the word in its address; each has its sentence in the catalogues. */
const saidNames = ['confirmed', 'awaited', 'added', 'weighed', 'removed', 'given', 'taken', 'brought', 'ruled', 'voiced', 'voicedUnknown', 'grouped', 'groupEnded', 'unlisted', 'listed', 'feed', 'unfed', 'amount', 'paused', 'pausedUntil', 'renewed', 'resumed', 'moving'] as const; // prettier-ignore
type Said = (typeof saidNames)[number];

const saidQuery = z.object({ said: z.enum(saidNames).optional().catch(undefined) }); // prettier-ignore

/** What the address says was done; null where it says nothing of it. */
export function saidOf(given: unknown, words: Words): string | null {
  const asked = saidQuery.parse(given ?? {}).said;
  return asked ? words.say(`said.${asked}`) : null;
}

interface Change {
  token: string;
  said: Said;
  /** What brings it back: see `undo-form.ts`. */
  undo?: [string, string][];
}

/** Shows the reader's page again. */
export function backToPage(reply: FastifyReply, { token, said, undo = [] }: Change): FastifyReply {
  const query = new URLSearchParams([['said', said], ...undo]);
  return reply.redirect(`/preferences/${token}?${query.toString()}`, 303);
}
