// What happened -> the webhook of another system, signed by Standard Webhooks, tried again for three days.
import { allowedAddresses } from '../../core/config.ts';
import { messageOf } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { guardedFetch } from '../../core/http.ts';
import { signStandard } from '../../core/crypto/standard-webhook.ts';
import { giveHooksBack, planHooks, settleHook, takeHooks, type OutgoingHook } from '../../core/store/outgoing-hooks.ts';

const takenAtOnce = 20;
const timeoutMs = 15_000;

/** Sends what is due, oldest first, until one is refused: then the other side is likely down, and the others wait. */
export async function sendHooks(house: House, stop: AbortSignal): Promise<void> {
  const { config, db, log, now } = house;
  const { WEBHOOK_URL: url, WEBHOOK_SECRET: secret } = config;
  if (url === undefined) return;
  if (secret === undefined) return log.warn({ event: 'hooks.unsigned', message: 'WEBHOOK_URL needs WEBHOOK_SECRET.' });
  await planHooks(db, now());
  while (!stop.aborted) {
    const taken = await takeHooks(db, { now: now(), limit: takenAtOnce });
    if (taken.length === 0) return;
    for (const [at, hook] of taken.toSorted((a, b) => a.id - b.id).entries()) {
      const { outcome, answer } = await send(house, { hook, url, secret });
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
  { hook: { id, type, data, at }, url, secret }: { hook: OutgoingHook; url: string; secret: string },
): Promise<{ outcome: 'sent' | 'refused' | 'gone'; answer: string }> {
  const body = JSON.stringify({ type, timestamp: at.toISOString(), data });
  // The same for every try, so that who gets it twice can tell.
  const name = `msg_${id}`;
  const time = String(Math.floor(now().getTime() / 1000));
  const headers = { 'content-type': 'application/json', 'webhook-id': name, 'webhook-timestamp': time, 'webhook-signature': signStandard({ id: name, time, body }, secret) }; // prettier-ignore
  try {
    const answer = await guardedFetch(url, { post: { body, headers }, expectedStatuses: [201, 202, 204, 410], timeoutMs, maxBytes: 100_000, allow: allowedAddresses(config.ALLOW_ADDRESSES), now }); // prettier-ignore
    const status = answer.notModified ? 304 : answer.status;
    return { outcome: status === 410 ? 'gone' : 'sent', answer: String(status) };
  } catch (error) {
    return { outcome: 'refused', answer: messageOf(error) };
  }
}
