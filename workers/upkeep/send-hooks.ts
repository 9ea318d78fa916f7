// What happened -> the webhook of another system, signed by Standard Webhooks, tried again for three days.
import type { House } from '../../core/house.ts';
import { signStandard } from '../../core/crypto/standard-webhook.ts';
import { planHooks, type OutgoingHook } from '../../core/store/outgoing-hooks.ts';
import { deliverHooks, type Request } from './deliver-hooks.ts';

/** Sends what is due. */
export async function sendHooks(house: House, stop: AbortSignal): Promise<void> {
  const { config, db, log, now } = house;
  const { WEBHOOK_URL: url, WEBHOOK_SECRET: secret } = config;
  if (url === undefined) return;
  if (secret === undefined) return log.warn({ event: 'hooks.unsigned', message: 'WEBHOOK_URL needs WEBHOOK_SECRET.' });
  await planHooks(db, now());
  await deliverHooks(house, { to: 'webhook', write: (hook) => sign(hook, { url, secret, now: now() }) }, stop);
}

/** The same for every try, so that who gets it twice can tell. */
function sign(
  { id: number, type, data, at }: OutgoingHook,
  { url, secret, now }: { url: string; secret: string; now: Date },
): Request {
  // prettier-ignore
  const body = JSON.stringify({ type, timestamp: at.toISOString(), data });
  const id = `msg_${number}`;
  const time = String(Math.floor(now.getTime() / 1000));
  return { url, body, headers: { 'content-type': 'application/json', 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signStandard({ id, time, body }, secret) } }; // prettier-ignore
}
