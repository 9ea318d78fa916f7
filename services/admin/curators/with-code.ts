// A code that a curator typed -> what it was typed for, done in one transaction with its use, or why it is not taken.
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { checkCode, factorKeys, type CodeVerdict, type FactorKeys } from '../../../core/crypto/second-factor.ts';
import type { Queryable } from '../../../core/db.ts';
import type { House } from '../../../core/house.ts';
import type { Curator } from '../../../core/store/curators.ts';
import { planNotice } from '../../../core/store/notices.ts';
import { readInput } from '../../read-input.ts';
import { note } from '../desk.ts';
import { deskTime } from '../desk-time.ts';
import { browserWords } from './browser-words.ts';

const codeForm = z.object({ code: z.string({ error: 'Type a code.' }).trim().min(1, 'Type a code.').max(40) });

interface Typed {
  request: FastifyRequest;
  curator: Curator;
  /** What the audit calls what is done. */
  action: string;
}

/** Does it when the code of the form is right. Whoever locked it gets a mail: it may not have been the curator. */
export async function withCode<Done>(
  house: House,
  { request, curator, action }: Typed,
  act: (tx: Queryable, keys: FactorKeys) => Promise<Done>,
): Promise<{ done: Done } | { wrong: string; status: 400 | 429 }> {
  const { db, now, queue, config } = house;
  const { code } = readInput(codeForm, request.body);
  const keys = await factorKeys(house);
  const [at, subject] = [now(), `curator ${curator.id}`];
  // Committed whatever it says: a wrong code counts.
  const outcome = await db.transaction(async (tx): Promise<{ done: Done } | { verdict: CodeVerdict }> => {
    const verdict = await checkCode(keys, tx, { curatorId: curator.id, typed: code, now: at });
    if (verdict.is === 'right') {
      const done = await act(tx, keys);
      await note(tx, curator, { action, subject, at });
      return { done };
    }
    await note(tx, curator, { action: 'type a wrong code', subject, at });
    if (verdict.is === 'locked' && verdict.isNew) {
      const detail = { until: untilWords(verdict.until, config.TIMEZONE), askedBy: browserWords(request.headers['user-agent']) }; // prettier-ignore
      await planNotice(tx, { kind: 'code-locked', email: curator.email, detail, at });
    }
    return { verdict };
  });
  if ('done' in outcome) return outcome;
  const { verdict } = outcome;
  if (verdict.is === 'locked' && verdict.isNew) await queue.enqueue('notices.send', {});
  return { wrong: codeWords(verdict, config.TIMEZONE), status: verdict.is === 'locked' ? 429 : 400 };
}

function codeWords(verdict: CodeVerdict, timezone: string): string {
  if (verdict.is === 'locked') return lockedWords(verdict.until, timezone);
  if (verdict.is === 'none') return 'There is no second factor any more. Ask for a new sign-in link.';
  return 'This code is not right, or was used already. Each is good once, for half a minute.';
}

/** What is said while no code is taken. */
export function lockedWords(until: Date, timezone: string): string {
  return `Too many codes were wrong. Try again after ${untilWords(until, timezone)}, or ask an owner of the desk to let you try before.`;
}

function untilWords(until: Date, timezone: string): string {
  // The minute after, since seconds are not said.
  return `${deskTime(new Date(until.getTime() + 59_000), timezone)} (${timezone})`;
}
