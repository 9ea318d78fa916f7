// A change on a reader's own page -> the page again, which says what changed and offers the way back.
import type { FastifyReply } from 'fastify';
import { z } from 'zod';

/** What the page says after a change, by the word in its address. */
const saidWords = {
  confirmed: 'Welcome. The next issue comes to you.',
  added: 'Added. The next issue takes it into account.',
  weighed: 'Noted. The next issue is ranked with these weights.',
  removed: 'Removed.',
  given: 'Noted. The next issue takes it into account.',
  taken: 'Taken back.',
  brought: 'Taken. The next letter is ranked with it.',
  ruled: 'Added. The rule holds from the next issue on.',
  voiced: 'Noted. It holds from the next issue on.',
  feed: 'Your private feed has a new address. Give it to your feed reader.',
  unfed: 'The private feed is gone; its address leads nowhere.',
  amount: 'Saved. It holds from the next issue on.',
  paused: 'Paused. No mail comes until you resume.',
  pausedUntil: 'Paused. Mail comes again by itself on the day you chose.',
  renewed: 'The links in every mail so far have ended. This page has a new address; keep it.',
  resumed: 'Welcome back. The next issue comes to you.',
  moving: 'Two mails are on their way, one to each address. Letters move when both are confirmed, within a week.',
} as const;
type Said = keyof typeof saidWords;

const saidQuery = z.object({ said: z.enum(Object.keys(saidWords) as Said[]).optional().catch(undefined) }); // prettier-ignore

/** What the address says was done; null where it says nothing of it. */
export function saidOf(given: unknown): string | null {
  const asked = saidQuery.parse(given ?? {}).said;
  return asked ? saidWords[asked] : null;
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
