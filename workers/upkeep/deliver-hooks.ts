// Planned hooks -> posts to one receiver, oldest first; what is refused is tried again later.
import { allowedAddresses } from '../../core/config.ts';
import { messageOf } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { guardedFetch } from '../../core/http.ts';
import { giveHooksBack, settleHook, takeHooks, type HookReceiver, type OutgoingHook } from '../../core/store/outgoing-hooks.ts'; // prettier-ignore

const takenAtOnce = 20;
const timeoutMs = 15_000;

export interface Request {
  url: string;
  body: string;
  headers: Record<string, string>;
}

/** Sends what is due until one is refused: then the other side is likely down, and the others wait. */
export async function deliverHooks(
  house: House,
  { to, write }: { to: HookReceiver; write: (hook: OutgoingHook) => Request },
  stop: AbortSignal,
): Promise<void> {
  const { db, log, now } = house;
  while (!stop.aborted) {
    const taken = await takeHooks(db, { to, now: now(), limit: takenAtOnce });
    if (taken.length === 0) return;
    for (const [at, hook] of taken.toSorted((a, b) => a.id - b.id).entries()) {
      const { outcome, answer } = await send(house, write(hook));
      await settleHook(db, { id: hook.id, attempts: hook.attempts, outcome, answer, now: now() });
      if (outcome === 'sent' && !stop.aborted) continue;
      if (outcome !== 'sent') log.warn({ event: 'hooks.refused', id: hook.id, attempts: hook.attempts + 1, answer });
      const ids = taken.slice(at + 1).map(({ id }) => id);
      return giveHooksBack(db, { ids, now: now() });
    }
  }
}

async function send(
  { config, now }: House,
  { url, body, headers }: Request,
): Promise<{ outcome: 'sent' | 'refused' | 'gone'; answer: string }> {
  try {
    const answer = await guardedFetch(url, { post: { body, headers }, expectedStatuses: [201, 202, 204, 410], timeoutMs, maxBytes: 100_000, allow: allowedAddresses(config.ALLOW_ADDRESSES), now }); // prettier-ignore
    const status = answer.notModified ? 304 : answer.status;
    return { outcome: status === 410 ? 'gone' : 'sent', answer: String(status) };
  } catch (error) {
    return { outcome: 'refused', answer: messageOf(error) };
  }
}
